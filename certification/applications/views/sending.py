"""Checking, sending, the receipt, withdrawing and resuming."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import confirming
from accounts.kept_posts import posted
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications import actions, declaring, dossier, hub, readiness
from certification.applications.forms import ReasonForm
from certification.applications.models import Application
from certification.applications.permissions import is_signatory
from certification.applications.receipts.forms import SignForm
from certification.applications.receipts.models import Receipt
from certification.applications.receipts.signer import signer_known
from certification.applications.status import status_of
from certification.applications.views.lookup import own_application
from certification.applications.workflow import available_actions
from certification.papers.storing import StoreUnavailable, pdf_response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def application_submit(request: HttpRequest, folio: str) -> HttpResponse:
    application, user = own_application(request, folio), person(request)
    asks_password, known = declaring.asks_password(request), signer_known(user, application.employer)
    form = SignForm(posted(request), asks_password=asks_password, initial=known)
    if form.is_valid():
        declared, sign = form.declaration(), declaring.signer(request)
        try:
            actions.submit(application, declaration=declared, sign=sign, actor=user, at=timezone.now())
        except declaring.SignatureRefused as refusal:
            form.refuse(str(refusal))
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("La enviaste. Éste es tu acuse; también te avisamos por correo."))
            return redirect("receipt", application.folio)
    return render(request, "certification/applications/application_submit.html", _to_send(request, application, form))


def _to_send(request: HttpRequest, application: Application, form: SignForm) -> dict[str, Any]:
    user = person(request)
    loaded = dossier.current(application, timezone.localdate())
    findings = readiness.missing(loaded)
    return {
        "application": application,
        "status": status_of(application.state),
        "findings": readiness.grouped(findings),
        "errors": sum(1 for one in findings if one.blocks),
        "score": loaded.score,
        "gates": hub.gates_of(loaded),
        "is_signatory": is_signatory(user, application),
        "can_send": bool({"submit", "answer"} & set(available_actions(application, user))),
        "form": form,
        **confirming.words_of_page(request, asks="password" in form.fields),
    }


@require_safe
def receipt(request: HttpRequest, folio: str) -> HttpResponse:
    application = own_application(request, folio)
    submissions = application.submissions.select_related("submitted_by", "receipt").order_by("-round")
    if not submissions:
        return redirect("application_submit", application.folio)
    context = {"application": application, "submission": submissions[0], "submissions": submissions}
    return render(request, "certification/applications/receipt.html", context)


@require_safe
def receipt_pdf(request: HttpRequest, folio: str, number: int) -> FileResponse:
    """The signed receipt of one sending, to those who work for its employer."""
    application = own_application(request, folio)
    found = get_object_or_404(Receipt, submission__application=application, submission__round=number)
    try:
        response = pdf_response(found.pdf, filename=f"acuse-{application.folio}-{number}.pdf")
    except StoreUnavailable as error:
        raise Http404(_("El archivo del acuse no está disponible en este momento.")) from error
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def snapshot_file(request: HttpRequest, folio: str, number: int) -> HttpResponse:
    """The very bytes that were frozen, so that anyone can compute their SHA-256."""
    application = own_application(request, folio)
    submission = get_object_or_404(application.submissions, round=number)
    response = HttpResponse(submission.snapshot.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{application.folio}-{number}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def application_withdraw(request: HttpRequest, folio: str) -> HttpResponse:
    application = own_application(request, folio)
    form = ReasonForm(request.POST)
    try:
        if not form.is_valid():
            raise ActionRefused(" ".join(map(str, form.errors["reason"])))
        actions.withdraw(application, reason=form.cleaned_data["reason"], actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Retiraste la solicitud. Tus respuestas y archivos se conservan."))
    return redirect("application_detail", application.folio)


@require_POST
def application_resume(request: HttpRequest, folio: str) -> HttpResponse:
    application = own_application(request, folio)
    try:
        actions.resume(application, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La reanudaste donde la dejaste."))
    return redirect("application_detail", application.folio)
