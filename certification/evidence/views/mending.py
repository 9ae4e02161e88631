"""What the employer has taken out of a file: what acts, or where a photograph was taken."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.evidence import deriving
from certification.evidence.models import Revision
from certification.evidence.views.lookup import own_revision


@require_POST
def revision_clean(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    done = _("Guardamos la copia limpia como versión nueva.")
    return _derived(request, own_revision(request, pk, number), deriving.save_cleaned, done)


@require_POST
def revision_without_place(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    done = _("Guardamos la fotografía sin el lugar como versión nueva.")
    return _derived(request, own_revision(request, pk, number), deriving.save_without_place, done)


def _derived(request: HttpRequest, revision: Revision, make: Callable[..., Revision], done: str) -> HttpResponse:
    try:
        make(revision, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("document_detail", revision.document_id)
