"""Which document and page of an item lie open on the reviewer's desk."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase

from certification.applications.models import EvidenceUse
from certification.evidence.previews import NoPreviewError, page_count, page_sizes, pages_without
from certification.evidence.sealing import masked_copies
from certification.evidence.viewer.pointers import pages_of
from certification.review.casefile import Line
from certification.review.news import new_uses


@dataclass(frozen=True)
class Sheet:
    """A document of the item. ``letter`` names it on the page and in a pointer: «B, p. 14»."""

    letter: str
    use: EvidenceUse
    pages: int  # with a picture; 0 where the file has to be opened
    is_new: bool  # added or changed in the employer's last answer

    @property
    def is_shown(self) -> bool:
        """Whether the page of the item shows something of the file itself."""
        return bool(self.use.pk and self.pages and self.use.revision.is_clean)

    @property
    def first_page(self) -> int:
        """Where it is opened: at the first page that the employer points at."""
        return next(iter(self.pointed), min(1, self.pages))

    @property
    def pointed(self) -> list[int]:
        """The pages that the employer points at, as far as its words tell."""
        return pages_of(self.use.pointer, self.pages)


@dataclass(frozen=True)
class Open:
    """All documents of the item, and the one that is open at a page."""

    sheets: tuple[Sheet, ...]
    current: Sheet | None
    page: int

    @cached_property
    def size(self) -> tuple[int, int] | None:
        """Width and height of the picture, so that it keeps its place; None where nobody knows."""
        if self.current is None or not self.current.is_shown:
            return None
        try:
            return page_sizes(self.current.use.revision)[self.page - 1]
        except (NoPreviewError, IndexError):
            return None

    @cached_property
    def is_missing(self) -> bool:
        """Whether the page cannot be drawn; ask for ``size`` first: then it is known whether the file opens at all."""
        return self.current is None or self.page in pages_without(self.current.use.revision, [self.page])

    @property
    def before(self) -> int:
        return self.page - 1 if self.page > 1 else 0

    @property
    def after(self) -> int:
        return self.page + 1 if self.current and self.page < self.current.pages else 0


def of(line: Line, letter: str, page: str) -> Open:
    """What an address asks for, or the first new document, or the first, at its page.

    An address that makes no sense is no error.
    """
    if not line.uses:
        return Open((), None, 0)
    uses = enumerate(zip(_as_shown(line.uses), new_uses(line), strict=True))
    sheets = tuple(Sheet(_letter(n), use, page_count(use.revision), is_new) for n, (use, is_new) in uses)
    asked_for = [sheet for sheet in sheets if sheet.letter == letter]
    current = [*asked_for, *(sheet for sheet in sheets if sheet.is_new), *sheets][0]
    asked = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else current.first_page
    return Open(sheets, current, max(min(asked, current.pages), min(1, current.pages)))


def _as_shown(uses: list[EvidenceUse]) -> list[EvidenceUse]:
    """The uses with masked copies in the place of sealed originals."""
    masked = masked_copies(use.revision for use in uses)
    shown = [copy.copy(use) for use in uses]
    for use in shown:
        use.revision = masked.get(use.revision.pk, use.revision)
    return shown


def letter_of(line: Line, use: EvidenceUse) -> str:
    """The letter of one of the item's documents; "" for another."""
    return next((_letter(number) for number, one in enumerate(line.uses) if one.pk == use.pk), "")


def _letter(number: int) -> str:
    """A to Z, then AA, AB…"""
    return ascii_uppercase[number] if number < 26 else _letter(number // 26 - 1) + ascii_uppercase[number % 26]
