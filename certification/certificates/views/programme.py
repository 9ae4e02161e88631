"""What the programme does with certificates: publish a decision; suspend, reinstate or cancel."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import confirming
from accounts.enums import Role
from accounts.forms import PasswordAgain
from accounts.kept_posts import posted
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.enums import State
from certification.applications.folios import normalise
from certification.applications.forms import ReasonForm
from certification.applications.models import Application
from certification.applications.workflow import TRANSITIONS
from certification.certificates import actions
from certification.certificates.history import history_of
from certification.certificates.models import Certificate
from certification.certificates.workflow import MOVES, available_moves
from certification.review.enums import Outcome
from certification.review.views.lookup import REFUSED
from certification.standards.languages import words_of

DONE = {
    "suspend": gettext_lazy("Quedó suspendido, y así se lee ya en el padrón."),
    "reinstate": gettext_lazy("Está vigente otra vez, y así se lee ya en el padrón."),
    "cancel": gettext_lazy("Quedó cancelado, y así se lee ya en el padrón."),
}


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, folio: str) -> HttpResponse:
    """Make a decision public: issue the certificate, or tell that it is not granted. Confirmed with the password."""
    applications = Application.objects.visible_to(person(request)).select_related("standard", "employer", "body")
    application = get_object_or_404(applications, folio=normalise(folio))
    decision = getattr(application, "decision", None)
    verb = "publish_award" if decision is not None and decision.outcome == Outcome.AWARD else "publish_decline"
    if decision is None or not TRANSITIONS[verb].allowed(person(request), application):
        raise PermissionDenied
    form = PasswordAgain(posted(request), asks_password=confirming.asks_password(request))
    if form.is_valid() and form.is_confirmed(request):
        return _publish(request, application, verb)
    context = {
        "application": application,
        "decision": decision,
        "level": _level_title(application, decision.level),
        "is_decided": application.state == State.DECIDED,
        "form": form,
        **confirming.words_of_page(request, asks="password" in form.fields),
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "certification/certificates/publish.html", context, status=status)


def _publish(request: HttpRequest, application: Application, verb: str) -> HttpResponse:
    at = timezone.now()
    try:
        if verb == "publish_award":
            certificate = actions.publish_award(application, actor=person(request), at=at)
            folio = certificate.folio
            messages.success(request, _("El certificado %(folio)s está firmado y en el padrón.") % {"folio": folio})
            return redirect("certificate_detail", folio=folio)
        actions.publish_decline(application, actor=person(request), at=at)
        messages.success(request, _("El resultado es público para la empresa, que ya tiene el aviso por correo."))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("review_detail", folio=application.folio)


def _level_title(application: Application, code: str) -> str:
    return str(words_of(application.standard.document.level(code))) if code else ""


@require_safe
def certificate_status(request: HttpRequest, folio: str) -> HttpResponse:
    """Suspend, reinstate or cancel: for programme managers."""
    if not person(request).has_role(Role.MANAGER):
        raise PermissionDenied
    certificate = _certificate(folio)
    return _status_page(request, certificate)


@require_POST
def change_status(request: HttpRequest, folio: str, action: str) -> HttpResponse:
    if action not in MOVES:
        raise Http404
    certificate, form = _certificate(folio), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.change_status(certificate, action, reason=reason, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return _status_page(request, certificate, status=409)
    messages.success(request, DONE[action])
    return redirect("certificate_status", folio=certificate.folio)


def _certificate(folio: str) -> Certificate:
    certificates = Certificate.objects.select_related("application__standard", "application__employer", "body")
    return get_object_or_404(certificates.prefetch_related("status_changes"), folio=normalise(folio))


def _status_page(request: HttpRequest, certificate: Certificate, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "certificate": certificate,
        "status": certificate.public_status(today),
        "history": history_of(certificate, today),
        "moves": available_moves(certificate, person(request)),
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "certification/certificates/certificate_status.html", context, status=status)
