"""Finding the file that a person of the programme may work on; what is not theirs is 404."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.people import person
from certification.applications.folios import normalise
from certification.applications.models import Application, EvidenceUse
from certification.applications.sent import use_as_shown
from certification.applications.workflow import TRANSITIONS
from certification.review.casefile import CaseFile, Line
from certification.review.desk import files_of
from certification.review.enums import Desk

REFUSED = 422  # a form that was understood and refused


def staff_file(request: HttpRequest, folio: str) -> Application:
    """A file that the programme lets the person see; never one of an employer the person works for."""
    seen = files_of(person(request), Desk.ALL).select_related("standard", "employer", "body", "reviewer")
    found: Application = get_object_or_404(seen, folio=normalise(folio))
    return found


def sent_use(application: Application, pk: int) -> EvidenceUse:
    """A use of evidence with the file that the programme may open: the one that was sent, or its masked copy."""
    uses = EvidenceUse.objects.select_related("application", "revision__document")
    use = use_as_shown(application, get_object_or_404(uses, pk=pk, application=application))
    if use is None:
        raise Http404
    return use


def line_of(casefile: CaseFile, code: str) -> Line:
    line = casefile.line(code)
    if line is None:
        raise Http404
    return line


def require(request: HttpRequest, application: Application, action: str) -> None:
    """403 for whom the table does not allow the action, whatever the state is."""
    if not TRANSITIONS[action].allowed(person(request), application):
        raise PermissionDenied
