"""The people of an employer and their invitations, as who is in charge sees them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import person
from accounts.refusals import ActionRefused
from employers import actions
from employers.forms.people import InvitationForm, MemberForm
from employers.models import Invitation
from employers.permissions import can_manage_people
from employers.views.lookup import find_employer, typed


@require_safe
def member_list(request: HttpRequest, pk: int) -> HttpResponse:
    employer = find_employer(request, pk)
    now = timezone.now()
    manages = can_manage_people(person(request), employer)
    pending = employer.invitations.filter(accepted_at=None) if manages else Invitation.objects.none()
    context = {
        "employer": employer,
        "members": employer.memberships.current().select_related("user"),
        "invitations": [(invitation, invitation.state(now)) for invitation in pending.select_related("invited_by")],
        "can_manage_people": manages,
    }
    return render(request, "employers/member_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_edit(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    employer = find_employer(request, pk, can_manage_people)
    membership = get_object_or_404(employer.memberships.current().select_related("user"), pk=member_pk)
    initial = {"role": membership.role, "is_signatory": membership.is_signatory}
    form = MemberForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_member(membership=membership, actor=person(request), at=timezone.now(), **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Cambiaste el permiso de %(name)s.") % {"name": membership.user})
            return redirect("member_list", pk)
    return render(request, "employers/member_edit.html", {"employer": employer, "membership": membership, "form": form})


@require_POST
def member_remove(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    employer = find_employer(request, pk)
    membership = get_object_or_404(employer.memberships.select_related("user"), pk=member_pk)
    try:
        actions.remove_member(membership=membership, actor=person(request), at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("member_list", pk)
    if membership.user_id == request.user.pk:
        messages.success(request, _("Saliste de «%(name)s».") % {"name": employer})
        return redirect("workspace")
    messages.success(request, _("%(name)s ya no está en la empresa.") % {"name": membership.user})
    return redirect("member_list", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_create(request: HttpRequest, pk: int) -> HttpResponse:
    employer = find_employer(request, pk, can_manage_people)
    form = InvitationForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(employer=employer, actor=person(request), at=timezone.now(), **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("Enviamos la invitación a %(email)s.") % {"email": form.cleaned_data["email"]})
            return redirect("member_list", pk)
    return render(request, "employers/invitation_create.html", {"employer": employer, "form": form})


def _on_invitation(
    request: HttpRequest, pk: int, invitation_pk: int, *, act: Callable[..., object], done: str
) -> HttpResponse:
    """Do one thing to an invitation of the employer, and say what came of it."""
    employer = find_employer(request, pk, can_manage_people)
    invitation = get_object_or_404(employer.invitations, pk=invitation_pk)
    try:
        act(invitation=invitation, actor=person(request), at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("member_list", pk)


@require_POST
def invitation_resend(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    done = _("La enviamos de nuevo. El enlace anterior ya no sirve.")
    return _on_invitation(request, pk, invitation_pk, act=actions.resend_invitation, done=done)


@require_POST
def invitation_revoke(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    done = _("Anulaste la invitación. Su enlace ya no sirve.")
    return _on_invitation(request, pk, invitation_pk, act=actions.revoke_invitation, done=done)
