"""Keeping what was typed on a page of the draft: the same for a press of «Guardar» and for what saves itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils import timezone

from accounts.numbers import number_in
from accounts.open_pages import open_page
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.conflicts import Conflict, both_texts
from certification.applications.draft_forms import DraftForm
from certification.applications.models import Application
from certification.applications.saving import EditConflictError, Seen, save_item, saved_by_page


@dataclass
class Kept:
    """What became of the forms of a page."""

    saved: list[DraftForm] = field(default_factory=list)
    refused: list[DraftForm] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    moves_points: bool = False


def keep(request: HttpRequest, application: Application, forms: Sequence[DraftForm]) -> Kept:
    """Save what was touched, each on its own: one with a fault, a refusal or a conflict keeps its text and harms none.

    Each form tells its page, from then on, the version it goes on from. Raises PermissionDenied for who may not write.
    """
    kept = Kept()
    item, _is, chosen = request.POST.get("mine", "").partition("=")  # «Guardar lo mío» of a conflict
    version = number_in(chosen)
    for form in forms:
        if form.item == item and version is not None:
            form.write_over(version)
        form.full_clean()
    typed = [form for form in forms if form.content()]
    undone = _undone(request, application, [form for form in typed if not form.is_touched()])
    for form in typed:
        if form in undone or form.is_touched():
            _keep_one(request, application, form, kept, moves_points=form in undone or form.moves_points())
    return kept


def _undone(request: HttpRequest, application: Application, untouched: Sequence[DraftForm]) -> list[DraftForm]:
    """Those that were touched, saved without the page being told, and taken back to what it knows of."""
    if not untouched:
        return []
    one, items = untouched[0], [form.item for form in untouched]  # a page has forms of one kind
    stored = saved_by_page(
        application, one.kind, items, page=open_page(request).name, actor=person(request), **one.place
    )
    return [form for form in untouched if form.item in stored and form.undoes(stored[form.item])]


def _keep_one(
    request: HttpRequest, application: Application, form: DraftForm, kept: Kept, *, moves_points: bool
) -> None:
    page = open_page(request)
    seen = Seen(form.seen_version, page=page.name, step=page.step)
    try:
        version = save_item(
            application,
            form.kind,
            form.item,
            form.content(),
            seen=seen,
            actor=person(request),
            at=timezone.now(),
            **form.place,
        )
    except EditConflictError as conflict:
        kept.conflicts.append(both_texts(form, conflict.stored))
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        kept.refused.append(form)
    else:
        form.show_saved(version)
        kept.saved.append(form)
        kept.moves_points |= moves_points
