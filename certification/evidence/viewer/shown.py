"""What a page of the viewer shows of a file: a part at a time, so that a long file costs no more than a short one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from certification.evidence.models import Revision
from certification.evidence.previews import (
    NoPreviewError,
    Sheet,
    has_pictures,
    has_tables,
    page_count,
    page_sizes,
    pages_without,
    sheets_of,
)
from certification.evidence.text import Text as Read
from certification.evidence.text import has_text, kept_text
from certification.evidence.viewer.finding import MOST_HITS, Hit, find

PAGES, LINES = 20, 100  # of one part: pictures; paragraphs and rows
ZOOMS = (100, 150, 200)
MOST_QUERY = 100

Rows = list[list[str]]


@dataclass(frozen=True)
class Asked:
    """What the address of a viewer asks for."""

    page: int = 1
    zoom: int = ZOOMS[0]
    query: str = ""


def asked(said: Mapping[str, str], first: int = 1) -> Asked:
    """Read an address; ``first`` is the page where none is named. What makes no sense is no error."""
    zoom = _number(said.get("zoom", ""), ZOOMS[0])
    query = " ".join(said.get("q", "").replace("\0", "").split())[:MOST_QUERY]
    return Asked(max(_number(said.get("pag", ""), first), 1), zoom if zoom in ZOOMS else ZOOMS[0], query)


def jump(said: QueryDict) -> str:
    """Where «Ir a la página» leads: to the same address at that page, and down to it; "" where nobody asked."""
    if "ir" not in said:
        return ""
    query = said.copy()
    page = _number(query.pop("ir")[-1], 1)
    query["pag"] = str(page)
    return f"?{query.urlencode()}#p{page}"


def _number(said: str, otherwise: int) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else otherwise


@dataclass(frozen=True)
class Page:
    """The picture of a page, with the place that it takes. ``is_missing``: it cannot be drawn."""

    number: int
    address: str
    width: int
    height: int
    is_missing: bool = False


@dataclass(frozen=True)
class Part:
    """Some pages that are shown at once. ``number`` and ``last`` are pages of a PDF, parts of a text or tables."""

    number: int
    last: int
    count: int  # of the whole
    before: int = 0
    after: int = 0


@dataclass(frozen=True)
class Block:
    """A paragraph, or the rows of a table."""

    text: str = ""
    rows: Rows = field(default_factory=list)


@dataclass(frozen=True)
class Text:
    """A part of a text or of a sheet: paragraphs, and tables with their rows.

    ``start`` is the number of its first row, 0 where rows have none.
    """

    title: str
    blocks: list[Block]
    start: int
    is_whole: bool

    @property
    def words(self) -> str:
        """All that it says, to find words in it."""
        return " ".join((self.title, *(" ".join((one.text, *map(" ".join, one.rows))) for one in self.blocks)))


@dataclass(frozen=True)
class Shown:
    """What a template needs. Of ``pages`` and ``text`` at most one is there; neither is «sin vista previa»."""

    revision: Revision
    asked: Asked
    part: Part | None = None
    pages: list[Page] = field(default_factory=list)
    text: Text | None = None
    hits: list[Hit] = field(default_factory=list)
    can_find: bool = False
    was_read: bool = True  # False: the text of this file is read later, or cannot be

    zooms = ZOOMS
    most_hits = MOST_HITS

    @property
    def shown_hits(self) -> list[Hit]:
        return self.hits[:MOST_HITS]

    @property
    def is_video(self) -> bool:
        return self.revision.media_type.startswith("video/")

    @property
    def left_out(self) -> bool:
        """Whether the file has more pages than are drawn."""
        return bool(self.pages and self.revision.pages and self.revision.pages > page_count(self.revision))


def shown(revision: Revision, what: Asked, address: Callable[[int], str]) -> Shown:
    """Put together what a page of the viewer shows. ``address`` gives that of the picture of a page."""
    if has_pictures(revision):
        return _pictured(revision, what, address)
    read = None if has_tables(revision) or not has_text(revision) else kept_text(revision)
    try:
        texts = _texts(read) if read else _sheets(sheets_of(revision))
    except NoPreviewError:
        return Shown(revision, what, was_read=read is not None or not has_text(revision))
    hits = find([text.words for text in texts], what.query) if what.query else []
    part = _part(what.page, len(texts), 1)
    return Shown(revision, what, part=part, text=texts[part.number - 1], hits=hits, can_find=True)


def _pictured(revision: Revision, what: Asked, address: Callable[[int], str]) -> Shown:
    can_find = has_text(revision)
    read = kept_text(revision) if can_find and what.query else None
    hits = find(read.pages, what.query) if read else []
    found = Shown(revision, what, hits=hits, can_find=can_find, was_read=read is not None or not what.query)
    try:
        sizes = page_sizes(revision)
    except NoPreviewError:
        return found
    part = _part(what.page, min(page_count(revision), len(sizes)), PAGES)
    numbers = range(part.number, part.last + 1)
    missing = pages_without(revision, numbers)
    pages = [Page(number, address(number), *sizes[number - 1], number in missing) for number in numbers]
    return replace(found, part=part, pages=pages)


def _part(page: int, count: int, size: int) -> Part:
    """The part in which a page lies, or the last one."""
    first = (min(page, count) - 1) // size * size + 1
    last = min(first + size - 1, count)
    return Part(first, last, count, before=max(first - size, 0), after=last + 1 if last < count else 0)


def _texts(read: Read) -> list[Text]:
    """Slides, sheets and texts of types that are read as words alone."""
    return _sheets([Sheet("", list(text.splitlines()), is_whole=read.is_whole) for text in read.pages])


def _sheets(sheets: Iterable[Sheet]) -> list[Text]:
    return [part for sheet in sheets for part in _cut(sheet)]


def _cut(sheet: Sheet) -> list[Text]:
    """A sheet in parts that a page can show, of so many paragraphs and rows."""
    parts: list[list[Block]] = [[]]
    weight = 0
    for block in _blocks(sheet.blocks):
        size = len(block.rows) or 1
        if parts[-1] and weight + size > LINES:
            parts.append([])
            weight = 0
        parts[-1].append(block)
        weight += size
    is_table = len(sheet.blocks) == 1 and isinstance(sheet.blocks[0], list)
    last = len(parts) - 1
    return [
        Text(sheet.title, blocks, number * LINES + 1 if is_table else 0, sheet.is_whole or number < last)
        for number, blocks in enumerate(parts)
    ]


def _blocks(blocks: Iterable[str | Rows]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, str):
            yield Block(text=block)
        else:
            yield from (Block(rows=block[at : at + LINES]) for at in range(0, len(block), LINES))
