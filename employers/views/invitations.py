"""The page behind the link of an invitation: it works for a person without an account, too."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.after_login import remember_page, take_page
from accounts.people import person
from accounts.refusals import ActionRefused
from employers import actions
from employers.actions.invitations import digest, refusal
from employers.enums import InvitationState
from employers.models import Invitation


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = Invitation.objects.filter(token_sha256=digest(token)).select_related("employer", "invited_by").first()
    if invitation is None:
        return render(request, "employers/invitation_unknown.html", status=404)
    if not request.user.is_authenticated:
        return _ask_to_log_in(request, invitation)
    refused = ""
    if request.method == "POST":
        try:
            actions.accept_invitation(invitation=invitation, actor=person(request), at=timezone.now())
        except ActionRefused as problem:
            refused = str(problem)
        else:
            take_page(request)
            messages.success(request, _("Ya formas parte de «%(name)s».") % {"name": invitation.employer})
            return redirect("employer_detail", invitation.employer_id)
    return _page(request, invitation, refused)


def _ask_to_log_in(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if invitation.is_open(timezone.now()):
        # Confirming the address of a new account takes the person away from here; this brings them back.
        remember_page(request)
    return _page(request, invitation, "")


def _page(request: HttpRequest, invitation: Invitation, refused: str) -> HttpResponse:
    state = invitation.state(timezone.now())
    is_open = state == InvitationState.OPEN
    membership = invitation.employer.membership_of(request.user)
    context = {
        "invitation": invitation,
        "employer": invitation.employer,
        "is_open": is_open,
        "membership": membership,
        "refused": refused or ("" if is_open else refusal(state)),
        "other_address": request.user.is_authenticated and request.user.email.lower() != invitation.email,
    }
    return render(request, "employers/invitation_accept.html", context, status=200 if is_open or membership else 410)
