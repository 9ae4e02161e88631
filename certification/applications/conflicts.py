"""Two people wrote the same: both texts, side by side, for the second one to choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from certification.applications.draft_forms import DraftForm
from certification.applications.saving import Saved


@dataclass(frozen=True)
class Conflict:
    """``rows`` are what is asked, what is stored, and what the person who reads this typed."""

    item: str
    stored: Saved
    rows: list[tuple[str, str, str]]


def both_texts(form: DraftForm, stored: Saved) -> Conflict:
    """Raises AttributeError for a form that was not cleaned. What has a fault, and so is not saved, is not shown."""
    kept: dict[str, Any] = {name: getattr(stored, name) for name in form.empty}
    theirs, mine = form.in_words(kept), form.in_words({**kept, **form.content()})
    rows = [(name, theirs.get(name, ""), mine.get(name, "")) for name in {**theirs, **mine}]
    return Conflict(form.item, stored, [row for row in rows if row[1] or row[2]])
