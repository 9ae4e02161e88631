"""The rows of the sheets: what each cell says, which of them may be typed into, and what is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from certification.applications.models import CriterionAnswer, LocalAnswer
from certification.applications.saving import Saved
from certification.applications.spreadsheet.layout import BY_KIND, CLAIM_WORDS, NO, YES, gone
from certification.applications.spreadsheet.stated import Line, Place, Stated, lines_of
from certification.applications.spreadsheet.values import CLAIM, Kind, value_of
from certification.standards.enums import Claim
from certification.standards.parts import Criterion, Measure, Requirement

Given = str | int | dt.date | None
PREPARED = 300  # empty rows to say of a workplace what the employer does not say of all


@dataclass(frozen=True)
class Row:
    """``values`` are those of the sheet's columns. ``open`` are the parts that may be typed; ``record`` is what is
    stored, given with the first of its rows alone.
    """

    kind: Kind
    code: str
    values: tuple[Given, ...]
    open: frozenset[str] = frozenset()
    choices: tuple[Claim, ...] = ()
    record: Saved | None = None
    place: Place | None = None


def gone_rows(stated: Stated) -> Iterator[Row]:
    """What is stored of codes that this version of the standard no longer has: there to be read."""
    document = stated.document
    stored = (
        (Kind.REQUIREMENT, stated.requirements),
        (Kind.ANSWER, stated.answers),
        (Kind.MEASURE, stated.measures),
    )
    for kind, records in stored:
        for code, record in records.items():
            if document.item(code) is None:
                yield from _gone_rows(kind, code, record)


def _gone_rows(kind: Kind, code: str, record: Saved, place: Place | None = None) -> Iterator[Row]:
    for line in (code, *sorted(_claimed(record) - {code})):
        yield _gone_row(kind, line, record, place, is_head=line == code)


def _gone_lines(kind: Kind, record: Saved | None, lines: list[Line], place: Place | None = None) -> Iterator[Row]:
    """What is claimed of sub-items that the criterion no longer has."""
    if record is not None:
        for code in sorted(_claimed(record) - {line.code for line in lines}):
            yield _gone_row(kind, code, record, place, is_head=False)


def _claimed(record: Saved) -> set[str]:
    return set(record.claims) if isinstance(record, CriterionAnswer) else set()


def _gone_row(kind: Kind, line: str, record: Saved, place: Place | None, *, is_head: bool) -> Row:
    sheet = BY_KIND[kind]
    values: list[Given] = [None] * len(sheet.columns)
    values[sheet.code_at], values[sheet.code_at + 1] = line, gone()
    if place and sheet.place_at is not None:
        values[sheet.place_at] = place.label
    for at, column in enumerate(sheet.columns):
        if column.part and (is_head or column.part == CLAIM):
            values[at] = _shown(record, column.part + line if column.part == CLAIM else column.part)
    if is_head:
        values[-2:] = _saved(record)
    return Row(kind, line, tuple(values), record=record if is_head else None, place=place)


def _shown(record: Saved, part: str) -> Given:
    """Any part in words."""
    if part.startswith(CLAIM):
        return _claim(record, part.removeprefix(CLAIM))
    value = value_of(record, part)
    return _yes_no(value) if isinstance(value, bool) else value


def requirement_rows(stated: Stated) -> Iterator[Row]:
    for part in stated.document.participation_requirements:
        record = stated.requirements.get(part.code)
        day = record.issued_on if record else None
        said = (_yes_no(record and record.is_present), day, value_of(record, "reference"))
        values = (part.code, part.title, part.enough, part.issuer, *said, *_tail(stated, part, record))
        opened = _opened(stated, part.code, "is_present", "issued_on", "reference")
        yield Row(Kind.REQUIREMENT, part.code, values, opened, record=record)


def measure_rows(stated: Stated) -> Iterator[Row]:
    for part in stated.document.measures:
        record, is_declared = stated.measures.get(part.code), part.metric.kind == "boolean"
        how = _("Se declara") if is_declared else _("Se calcula con las cifras")
        said = (_yes_no(record.is_claimed if record else None), value_of(record, "note"))
        values = (part.code, part.title, part.enough, how, *said, *_tail(stated, part, record))
        opened = _opened(stated, part.code, "is_claimed", "note") if is_declared else frozenset()
        yield Row(Kind.MEASURE, part.code, values, opened, record=record)


def criterion_rows(stated: Stated) -> Iterator[Row]:
    for section in stated.document.sections:
        for criterion in section.criteria:
            lines = lines_of(criterion)
            for line in lines:
                yield _criterion_row(stated, line, section.title)
            yield from _gone_lines(Kind.ANSWER, stated.answers.get(criterion.code), lines)


def _criterion_row(stated: Stated, line: Line, section: str) -> Row:
    record = stated.answers.get(line.criterion.code)
    note = value_of(record, "note") if line.is_head else None
    said = (line.code, line.title, line.criterion.enough if line.is_head else None, _points(line))
    tail = _tail(stated, line.criterion, record) if line.is_head else (None,) * 7
    values = (*said, _claim(record, line.code), note, section, *tail)
    opened = _opened(stated, line.criterion.code, *_typed(line))
    return Row(Kind.ANSWER, line.code, values, opened, line.choices, record if line.is_head else None)


def local_rows(stated: Stated, place: Place, answer: LocalAnswer) -> Iterator[Row]:
    """A row for each line of the criterion."""
    if answer.criterion not in {criterion.code for criterion in stated.document.criteria}:
        yield from _gone_rows(Kind.LOCAL, answer.criterion, answer, place)
        return
    lines = lines_of(stated.document.criterion(answer.criterion))
    for line in lines:
        general, is_head = stated.answers.get(answer.criterion), line.is_head
        said = (place.label, line.code, line.title, _claim(general, line.code), _claim(answer, line.code))
        kept = (value_of(answer, "note"), _yes_no(answer.is_in_force), *_saved(answer)) if is_head else (None,) * 4
        opened = _opened(stated, answer.criterion, *_typed(line), *(("is_in_force",) if is_head else ()))
        yield Row(Kind.LOCAL, line.code, (*said, *kept), opened, line.choices, answer if is_head else None, place)
    yield from _gone_lines(Kind.LOCAL, answer, lines, place)


def empty_local_rows(stated: Stated) -> Iterator[Row]:
    """Where a difference is written that the portal does not know yet; none for an application of one workplace."""
    if len(stated.places) < 2 or stated.open_items == frozenset():
        return
    opened = frozenset({"place", "code", CLAIM, "note", "is_in_force"})
    for _number in range(PREPARED):
        yield Row(Kind.LOCAL, "", (None,) * 9, opened, tuple(Claim))


def _typed(line: Line) -> tuple[str, ...]:
    return ((CLAIM,) if line.choices else ()) + (("note",) if line.is_head else ())


def _opened(stated: Stated, code: str, *parts: str) -> frozenset[str]:
    return frozenset(parts) if stated.is_open(code) else frozenset()


def _tail(stated: Stated, part: Requirement | Criterion | Measure, record: Saved | None) -> tuple[Given, ...]:
    about: tuple[Given, ...] = (part.guidance, part.why, part.example)
    code = part.code
    return (*about, stated.owners.get(code, ""), stated.evidence.get(code, 0), *_saved(record))


def _saved(record: Saved | None) -> tuple[Given, Given]:
    if record is None:
        return None, None
    return timezone.localtime(record.updated_at).strftime("%Y-%m-%d %H:%M"), str(record.updated_by)


def _claim(record: Saved | None, code: str) -> str:
    claim = value_of(record, CLAIM + code)
    return str(CLAIM_WORDS.get(claim, claim))  # type: ignore[call-overload]


def _yes_no(value: Any) -> str | None:
    return None if value is None else str(YES if value else NO)


def _points(line: Line) -> str | None:
    """With «°» where the number is not confirmed, as everywhere."""
    if line.is_head:
        return _marked(line.criterion.max_points, line.criterion.points_confirmed)
    part = next(one for one in line.criterion.sub_items if one.code == line.code)
    return _marked(part.points, part.confirmed) if part.points is not None else None


def _marked(points: Decimal, confirmed: object) -> str:
    return f"{points.normalize():f}{'' if confirmed is True else '°'}"
