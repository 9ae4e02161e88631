"""Attaching evidence to an item, describing it, taking it off, and reading it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.numbers import KEY, number_in
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications import attachments
from certification.applications.access.actions import record_look, record_rest
from certification.applications.access.enums import Look
from certification.applications.forms import AttachForm
from certification.applications.models import Application, EvidenceUse
from certification.applications.permissions import is_member
from certification.applications.plan.lookup import new_address
from certification.applications.sent import use_as_shown
from certification.applications.views.lookup import visible_application
from certification.evidence.serving import serve_revision
from employers.models import Workplace


def attach_chosen(
    request: HttpRequest, application: Application, item: str, workplace: Workplace | None = None
) -> AttachForm | None:
    """Attach what was chosen for ``item`` on a page that was sent; return the form when it has a fault to show.

    ``workplace`` is that of the page: what is attached there serves it alone, unless it is said to serve all.
    """
    if not is_asked(request, item):
        return None
    known: dict[str, Any] = {"application": application, "item": item, "workplace": workplace}
    form = AttachForm(request.POST, request.FILES, user=person(request), **known)
    if not form.is_valid():
        return form
    if form.has_choice:
        try:
            _attach(request, application, item, form)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
    elif _is_pressed(request, item):
        form.add_error("uploads", _("Elige al menos un archivo, o un documento que ya tienes."))
    return None if form.is_valid() else form


def _attach(request: HttpRequest, application: Application, item: str, form: AttachForm) -> None:
    data = form.cleaned_data
    said: dict[str, Any] = {"workplace": form.serves, "actor": person(request), "at": timezone.now()}
    attachments.attach_documents(application, item, data["documents"], **said)
    if data["link"]:
        attachments.attach_link(application, item, data["link"], seen_on=data["seen_on"], **said)
    said["issued_on"] = data["issued_on"]
    _say_fates(request, attachments.attach_uploads(application, item, data["uploads"], **said))


def _is_pressed(request: HttpRequest, item: str) -> bool:
    return request.POST.get("then") == f"attach:{item}"


def is_asked(request: HttpRequest, item: str) -> bool:
    """Whether evidence is to be attached. Most presses only save what was typed: then there is nothing to look up."""
    if _is_pressed(request, item):
        return True
    prefix = f"evidence-{item}-"
    return any(name.startswith(prefix) for name in request.FILES) or any(
        name.startswith(prefix) and value for name, value in request.POST.items()
    )


def after_saving(request: HttpRequest, application: Application, otherwise: str) -> str:
    """Do what the pressed button says of a document or a plan, once the page is saved; return the address to go to."""
    verb, _colon, key = request.POST.get("then", "").partition(":")
    if verb == "plan" and application.standard.document.item(key):
        return new_address(application, key)
    pk = number_in(key, KEY)
    if verb not in {"detach", "describe"} or pk is None:
        return otherwise
    use = application.evidence_uses.filter(pk=pk).first()
    if use is None:
        _say_it_is_gone(request, pk)
    elif verb == "describe":
        return reverse("evidence_use_edit", args=[application.folio, use.pk])
    else:
        _take_off(request, use)
    return otherwise


def _say_it_is_gone(request: HttpRequest, use: int) -> None:
    """Pressed twice, or taken off in another tab: it is as the person wanted. Raises Http404 for another file's use."""
    if EvidenceUse.objects.filter(pk=use).exists():
        raise Http404
    messages.info(request, _("Ese documento ya no se usa aquí."))


def _take_off(request: HttpRequest, use: EvidenceUse) -> None:
    try:
        attachments.detach(use, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Ya no se usa aquí. Sigue en tus documentos."))


def is_about_one(request: HttpRequest) -> bool:
    """Whether the pressed button takes off or describes one document, and saves only what was typed beside it."""
    return request.POST.get("then", "").startswith(("detach:", "describe:"))


def _say_fates(request: HttpRequest, fates: list[attachments.Fate]) -> None:
    """Each file has its own fate: a bad one is told apart and harms no other."""
    kept = [fate for fate in fates if fate.revision]
    if kept:
        text = ngettext("Guardamos %(n)s archivo.", "Guardamos %(n)s archivos.", len(kept))
        messages.success(request, text % {"n": len(kept)})
    refused = [fate.refusal for fate in fates if fate.refusal]
    if refused:
        text = ngettext("No guardamos %(n)s archivo:", "No guardamos %(n)s archivos:", len(refused))
        messages.error(request, text % {"n": len(refused)})
    for refusal in refused:
        way_out = _(" O guarda una copia limpia en tus documentos y úsala aquí.") if refusal.kept else ""
        messages.error(request, f"{refusal}{way_out}")


@require_safe
def evidence_file(request: HttpRequest, folio: str, pk: int) -> HttpResponseBase:
    """Serve the file of a use to whoever may see the application; each download by the programme is recorded.

    The programme opens what was sent, masked where it is, and finds nothing that was attached since.
    """
    application, user = visible_application(request, folio), person(request)
    uses = EvidenceUse.objects.select_related("application", "revision", "document")
    use = get_object_or_404(uses, pk=pk, application=application)
    if is_member(user, application):
        return serve_revision(use.revision, request=request)
    sent = use_as_shown(application, use)
    if sent is None:
        raise Http404
    response = serve_revision(sent.revision, request=request)  # first: what cannot be opened was not seen
    if request.method == "GET":  # nothing of the file leaves with HEAD
        note = record_rest if "Range" in request.headers else record_look
        note(sent, how=Look.DOWNLOAD, actor=user, at=timezone.now())
    return response
