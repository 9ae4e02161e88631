"""Keeping what a sheet would change, applying what its owner ticks of it, and forgetting the rest."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from certification.applications.local_answers import return_to_general, save_local_answer
from certification.applications.models import Application, CriterionAnswer
from certification.applications.saving import EditConflictError, Seen, save_item
from certification.applications.spreadsheet.changes import Portal
from certification.applications.spreadsheet.models import SheetUpload
from certification.applications.spreadsheet.reading import Change, Read
from certification.applications.spreadsheet.values import CLAIM, EMPTY, MODELS, PARTS, Item, Kind
from certification.applications.workflow import lock, wait_for
from certification.evidence.checks import clean_name
from employers.models import Workplace

SHOWN = 800  # changes on a page, which are confirmed together; the next ones follow
KEPT = dt.timedelta(days=30)


@dataclass
class Outcome:
    """How many cells were applied, how many somebody else had saved meanwhile, and why others could not be."""

    applied: int = 0
    conflicts: int = 0
    refusals: set[str] = field(default_factory=set)


def changes_of(upload: SheetUpload) -> list[Change]:
    return [Change(*one) for one in upload.changes]


@transaction.atomic
def keep_upload(application: Application, name: str, read: Read, *, actor: User, at: dt.datetime) -> SheetUpload:
    """Keep what was read until it is confirmed; a sheet that the person had not confirmed yet gives way to it.

    Raises ActionRefused when the application changed, or was deleted, since it was read.
    """
    lock(application)
    _close(SheetUpload.objects.filter(application=application, uploaded_by=actor), at)
    return SheetUpload.objects.create(
        application=application,
        name=clean_name(name),
        exported_at=read.exported_at,
        changes=[list(change) for change in read.changes],
        uploaded_at=at,
        uploaded_by=actor,
    )


@transaction.atomic
def apply_changes(
    upload: SheetUpload,
    application: Application,
    *,
    version: int,
    ticked: Mapping[int, int],
    actor: User,
    at: dt.datetime,
) -> Outcome:
    """Save the ticked ones of the first ``SHOWN`` changes, in one transaction, and let go of those that were not.

    ``ticked`` gives, for the number of a change, the version that its page showed: what somebody saved since is not
    overwritten, and stays to be confirmed. ``version`` is the upload's. Raises ActionRefused when it was confirmed or
    cancelled already, and when the application moved to another version of the standard, which closes it.
    """
    wait_for(application)  # before the upload, as moving it does; that it changed is told of each row that is saved
    _claim(upload, version)
    changes = changes_of(upload)
    shown, rest = changes[:SHOWN], changes[SHOWN:]
    prefetch_related_objects([application], "workplaces")  # asked once, and not for each row
    places = Workplace.objects.in_bulk({change.workplace for change in shown} - {0})
    applying = _Applying(application, Portal(application, shown), places, actor, at)
    waiting: list[Change] = []
    for item, group in _by_item(shown, ticked).items():
        waiting += [] if applying.apply(item, group) else [change for change, _seen in group]
    upload.changes = [list(change) for change in (*waiting, *rest)]
    upload.closed_at = None if upload.changes else at
    upload.save(update_fields=["changes", "closed_at"])
    return applying.outcome


def _claim(upload: SheetUpload, version: int) -> None:
    """Of two who confirm the same sheet, the second is refused."""
    claimed = SheetUpload.objects.filter(pk=upload.pk, version=version, closed_at=None)
    if not claimed.update(version=F("version") + 1):
        told = _(
            "Esta hoja ya se había confirmado o descartado, o la solicitud cambió de versión. Ahora no se aplicó nada."
        )
        raise ActionRefused(told)
    upload.refresh_from_db()


def _by_item(shown: Sequence[Change], ticked: Mapping[int, int]) -> dict[Item, list[tuple[Change, int]]]:
    groups: dict[Item, list[tuple[Change, int]]] = defaultdict(list)
    for number, change in enumerate(shown):
        if number in ticked:
            groups[change.item].append((change, ticked[number]))
    return groups


@dataclass
class _Applying:
    """One confirmation: whose, when, onto what, and what came of it."""

    application: Application
    portal: Portal
    places: dict[int, Workplace]
    actor: User
    at: dt.datetime
    outcome: Outcome = field(default_factory=Outcome)

    def apply(self, item: Item, group: list[tuple[Change, int]]) -> bool:
        """Save what is ticked of one row of the database, on top of the version that the page showed."""
        version = self.portal.version(item)
        if any(seen != version for _change, seen in group):
            self.outcome.conflicts += len(group)
            return False
        try:
            with transaction.atomic():
                self._save(item, [change for change, _seen in group])
        except EditConflictError:
            self.outcome.conflicts += len(group)
        except ActionRefused as refusal:
            self.outcome.refusals.add(str(refusal))
        else:
            self.outcome.applied += len(group)
            return True
        return False

    def _save(self, item: Item, changes: list[Change]) -> None:
        content, seen = _content(self.portal, item, changes), Seen(self.portal.version(item))
        said: dict[str, Any] = {"actor": self.actor, "at": self.at}
        if item.kind != Kind.LOCAL:
            save_item(self.application, MODELS[item.kind], item.code, content, seen=seen, **said)
            return
        workplace = self.places[item.workplace]
        if content.pop("is_in_force", True):
            save_local_answer(self.application, workplace, item.code, seen=seen, **content, **said)
        else:
            return_to_general(self.application, workplace, item.code, seen_version=seen.version, **said)


def _content(portal: Portal, item: Item, changes: list[Change]) -> dict[str, Any]:
    """Every field of the row with the changes in it: what the sheet does not say stays as it is."""
    base = portal.base(item)
    parts = [part for part in PARTS[item.kind] if part != "is_in_force"]
    content: dict[str, Any] = {part: getattr(base, part) if base else EMPTY[part] for part in parts}
    if item.kind in {Kind.ANSWER, Kind.LOCAL}:
        content["claims"] = dict(base.claims) if isinstance(base, CriterionAnswer) else {}
    for change in changes:
        if change.part.startswith(CLAIM):
            content["claims"][change.part.removeprefix(CLAIM)] = change.value
        elif change.part == "issued_on":
            content["issued_on"] = dt.date.fromisoformat(str(change.value)) if change.value else None
        else:
            content[change.part] = change.value
    if "claims" in content:
        content["claims"] = {code: claim for code, claim in content["claims"].items() if claim}
    return content


def cancel_upload(upload: SheetUpload, *, at: dt.datetime) -> None:
    """Let go of it: nothing of it was, or will be, applied. Twice is no fault."""
    _close(SheetUpload.objects.filter(pk=upload.pk), at)


def close_uploads(application: Application, *, at: dt.datetime) -> None:
    """Let go of everybody's: what they say was read under a version of the standard that no longer holds."""
    _close(SheetUpload.objects.filter(application=application), at)


def _close(uploads: QuerySet[SheetUpload], at: dt.datetime) -> None:
    uploads.filter(closed_at=None).update(closed_at=at, changes=[], version=F("version") + 1)


def sweep_uploads(*, at: dt.datetime) -> int:
    """Remove what was confirmed or cancelled, and what nobody confirmed in thirty days; return how many."""
    gone = SheetUpload.objects.filter(Q(closed_at__isnull=False) | Q(uploaded_at__lt=at - KEPT))
    count, _by_model = gone.delete()
    return count
