"""A file sent by static/js/uploads.js from the page of an item."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.numbers import KEY, number_in
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.attachments import attach_arrived
from certification.applications.forms import AttachForm
from certification.applications.models import Application
from certification.applications.views.lookup import own_application
from certification.evidence.actions import Fate
from certification.evidence.checks import TryAgain
from certification.evidence.uploads.views import arriving, fate_of
from employers.models import Workplace


@require_POST
def evidence_upload_finish(request: HttpRequest, folio: str, item: str) -> HttpResponse:
    application, user = own_application(request, folio), person(request)
    if application.standard.document.item(item) is None:
        raise Http404
    pending, workplace = arriving(request, application.employer), _workplace(request, application)
    form = AttachForm(request.POST, user=user, application=application, item=item, workplace=workplace)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    said = {"issued_on": form.cleaned_data["issued_on"], "workplace": form.serves}
    try:
        fate = attach_arrived(application, item, pending, **said, actor=user, at=timezone.now())
    except ActionRefused as refusal:
        remedy = _("El archivo te espera en tus documentos.")
        fate = Fate(pending.name, refusal=TryAgain(pending.name, refusal, remedy))
    return fate_of(request, fate)


def _workplace(request: HttpRequest, application: Application) -> Workplace | None:
    """The one workplace whose page it is; None for the page of all."""
    key = request.GET.get("centro", "")
    if not key:
        return None
    return get_object_or_404(application.workplaces, pk=number_in(key, KEY))
