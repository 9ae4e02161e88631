"""One file at a time, asked for by static/js/uploads.js: each answer is what became of that file.

The list of what was left half-way works without it, by the same addresses.
"""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.numbers import KEY, number_in
from accounts.people import person
from certification.evidence.actions import Fate
from certification.evidence.checks import TryAgain, UploadRefused
from certification.evidence.models import Document
from certification.evidence.store import is_remote
from certification.evidence.uploads import actions, incoming
from certification.evidence.uploads.forms import BeginForm, FinishForm
from certification.evidence.uploads.models import PendingUpload
from certification.evidence.views.lookup import own_document, own_employer
from employers.models import Employer


@require_POST
def upload_begin(request: HttpRequest, employer: int) -> HttpResponse:
    """Say where to send a file, and from which byte on."""
    return _begun(request, own_employer(request, employer))


@require_POST
def revision_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for the next version of a document."""
    document = own_document(request, pk)
    return _begun(request, document.employer, document)


def _begun(request: HttpRequest, employer: Employer, document: Document | None = None) -> HttpResponse:
    form, user = BeginForm(request.POST), person(request)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    try:
        pending = actions.begin_upload(employer, **form.cleaned_data, document=document, actor=user, at=timezone.now())
    except UploadRefused as refusal:
        return fate_of(request, Fate(refusal.name, refusal=refusal))
    address, headers = incoming.address_for(pending)
    answer = {
        "upload": pending.pk,
        "address": address,
        "headers": headers,
        "offset": 0 if is_remote() else incoming.arrived(pending),
        "part": incoming.PART,
    }
    return JsonResponse(answer, status=HTTPStatus.CREATED)


@require_http_methods(["PUT"])
def upload_content(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a part of a file onto the local store; the header Upload-Offset says where in the file it begins."""
    pending, offset = _unfinished(request, pk), number_in(request.headers.get("Upload-Offset", "0"), KEY)
    if is_remote():
        raise Http404
    if offset is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    try:
        there = actions.receive_upload(pending, request, offset=offset, actor=person(request))
    except incoming.OutOfStepError as fault:
        return JsonResponse({"offset": fault.arrived}, status=HTTPStatus.CONFLICT)
    except TryAgain as refusal:
        return fate_of(request, Fate(refusal.name, refusal=refusal))
    return JsonResponse({"offset": there})


@require_POST
def upload_finish(request: HttpRequest, employer: int) -> HttpResponse:
    found, form = own_employer(request, employer), FinishForm(request.POST)
    pending = arriving(request, found)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    fate = actions.finish_upload(pending, **form.cleaned_data, actor=person(request), at=timezone.now())
    if pending.document and fate.revision:
        return _new_version(request, pending.document, fate)
    if "HX-Request" in request.headers:
        return fate_of(request, fate)
    if fate.refusal:
        messages.error(request, str(fate.refusal))
    else:
        messages.success(request, _("Guardamos «%(name)s».") % {"name": fate.name})
    return redirect("document_list", found.pk)


def _new_version(request: HttpRequest, document: Document, fate: Fate) -> HttpResponse:
    """What the form of its page answers; the script, which cannot see where it is sent, is told in a header."""
    messages.success(request, _("Guardamos la versión nueva. Las anteriores siguen aquí."))
    if "HX-Request" not in request.headers:
        return redirect("document_detail", document.pk)
    response = fate_of(request, fate)
    response["HX-Redirect"] = reverse("document_detail", args=[document.pk])
    return response


@require_POST
def upload_drop(request: HttpRequest, pk: int) -> HttpResponse:
    pending = _unfinished(request, pk)
    actions.drop_upload(pending, actor=person(request))
    messages.success(request, _("Quitamos lo que había llegado de «%(name)s».") % {"name": pending.name})
    return redirect("document_list", pending.employer_id)


def arriving(request: HttpRequest, employer: Employer) -> PendingUpload:
    """The file of the employer that a finishing request names; finished already, it gives the same answer again."""
    key = number_in(request.POST.get("upload", ""), KEY)
    visible = PendingUpload.objects.visible_to(person(request)).select_related(
        "employer", "document__employer", "revision__document"
    )
    return get_object_or_404(visible, pk=key, employer=employer)


def _unfinished(request: HttpRequest, pk: int) -> PendingUpload:
    visible = PendingUpload.objects.visible_to(person(request)).unfinished()
    return get_object_or_404(visible.select_related("employer"), pk=pk)


def fate_of(request: HttpRequest, fate: Fate) -> HttpResponse:
    """A fragment: what became of one file. 503 where the same may be tried again, 422 where it is refused."""
    status = HTTPStatus.OK
    if fate.refusal:
        again = isinstance(fate.refusal, TryAgain)
        status = HTTPStatus.SERVICE_UNAVAILABLE if again else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "certification/evidence/_fate.html", {"fate": fate}, status=status)
