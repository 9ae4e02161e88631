"""One item of a file: evidence at one side, claim and verdict at the other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept_posts import take_kept_post
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.access.actions import LEAST_REASON, record_look, record_rest
from certification.applications.access.enums import Look
from certification.applications.enums import State
from certification.applications.models import Application, EvidenceUse
from certification.applications.permissions import is_reviewer
from certification.evidence.serving import is_large, serve_page
from certification.review import actions, sheets
from certification.review import casefile as casefiles
from certification.review.casefile import CaseFile, Line
from certification.review.forms import VerdictForm
from certification.review.sheets import Sheet
from certification.review.views.lookup import REFUSED, line_of, require, sent_use, staff_file


@require_http_methods(["GET", "HEAD", "POST"])
def review_item(request: HttpRequest, folio: str, item: str) -> HttpResponse:
    application = staff_file(request, folio)
    casefile = casefiles.load(application)
    line = line_of(casefile, item)
    if request.method != "POST":
        return _page(request, casefile, line, VerdictForm(take_kept_post(request), line=line))
    require(request, application, "observe")
    form = VerdictForm(request.POST, line=line)
    if not form.is_valid():
        return _page(request, casefile, line, form, status=REFUSED)
    try:
        _save(request, application, line, form)
    except actions.VerdictConflict as conflict:
        return _page(request, casefile, line, form.after(conflict), conflict=conflict, status=409)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, casefile, line, form, status=REFUSED)
    return _onwards(request, casefile, line)


def _save(request: HttpRequest, application: Application, line: Line, form: VerdictForm) -> None:
    data = form.cleaned_data
    actions.save_verdict(
        application,
        line.item,
        claims=form.claims(),
        pointer=data["pointer"],
        rule=data["rule"],
        reason=data["reason"],
        seen_version=data["version"],
        actor=person(request),
        at=timezone.now(),
    )


def _onwards(request: HttpRequest, casefile: CaseFile, line: Line) -> HttpResponse:
    """To the next item that waits, or back to the file when all are done."""
    following = casefile.next_pending(line.code)
    messages.success(request, _("%(code)s guardado.") % {"code": line.code})
    if following is None:
        return redirect("review_detail", casefile.application.folio)
    return redirect("review_item", casefile.application.folio, following.code)


def page_refusing_original(
    request: HttpRequest, application: Application, use: EvidenceUse, *, reason: str, fault: str
) -> HttpResponse:
    """The page of the item with that document open, what was written, and beside it why the original stays shut."""
    casefile = casefiles.load(application)
    line = line_of(casefile, use.item)
    refused = {"reason": reason, "fault": fault, "letter": sheets.letter_of(line, use)}
    return _page(request, casefile, line, VerdictForm(line=line), refused_original=refused, status=REFUSED)


def _page(
    request: HttpRequest,
    casefile: CaseFile,
    line: Line,
    form: VerdictForm,
    *,
    conflict: actions.VerdictConflict | None = None,
    refused_original: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    application = casefile.application
    before, after = casefile.neighbours(line.code)
    letter = refused_original["letter"] if refused_original else request.GET.get("doc", "")
    opened = sheets.of(line, letter, request.GET.get("pag", ""))
    _note_opening(request, opened.current)
    context: dict[str, Any] = {
        "application": application,
        "casefile": casefile,
        "line": line,
        "form": form,
        "conflict": conflict,
        "before": before,
        "after": after,
        "place": casefile.lines.index(line) + 1,
        "sheets": opened,
        "least_reason": LEAST_REASON,
        "refused_original": refused_original,
        "can_save": is_reviewer(person(request), application) and application.state == State.IN_REVIEW,
    }
    return render(request, "certification/review/review_item.html", context, status=status)


def _note_opening(request: HttpRequest, sheet: Sheet | None) -> None:
    """The page shows a document: that is an opening, and turning its pages or sending the form goes on with it."""
    if sheet is None or not sheet.is_shown or request.method == "HEAD":
        return
    note = record_look if request.method == "GET" and "pag" not in request.GET else record_rest
    note(sheet.use, how=Look.VIEW, actor=person(request), at=timezone.now())


@require_safe
def evidence_page(request: HttpRequest, folio: str, pk: int, page: int) -> HttpResponse:
    """The picture of a page, inside the review: a part of the opening that the page of the item recorded."""
    use = sent_use(staff_file(request, folio), pk)
    response = serve_page(use.revision, page, is_large=is_large(request))  # first: what cannot be opened was not seen
    record_rest(use, how=Look.VIEW, actor=person(request), at=timezone.now())
    return response
