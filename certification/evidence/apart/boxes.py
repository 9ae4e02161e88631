"""Where the characters of a page stand: in the picture of it, to cover them, and in points, to lay words over it."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from certification.evidence.apart.layer import Word

MARGIN = 0.12  # of the smaller side of a character, besides two pixels: what leans out of its box is covered too
USUAL_SIZE = 10.0

Box = tuple[int, int, int, int]
Point = tuple[float, float]


class Boxes:
    """The characters of one page; ``scale`` is pixels a point, ``height`` that of the page in points as it is shown."""

    def __init__(
        self, textpage: pypdfium2.PdfTextPage, convert: pypdfium2.PdfPosConv, scale: float, height: float
    ) -> None:
        self.textpage, self.convert, self.scale, self.height = textpage, convert, scale, height

    def box(self, place: int) -> Box | None:
        """What to cover so that nothing of a character is seen: left, top, right, bottom in pixels."""
        corners = [corner for loose in (True, False) for corner in self._corners(place, loose=loose)]
        if not corners:
            return None
        across, down = zip(*corners, strict=True)
        left, right, top, bottom = min(across), max(across), min(down), max(down)
        margin = 2 + round(MARGIN * min(right - left, bottom - top))
        return left - margin, top - margin, right + margin, bottom + margin

    def words(self, text: str, hidden: set[int]) -> Iterator[Word]:
        """The words of the page but for the hidden characters, each where it stands."""
        start: int | None = None
        for place in range(len(text) + 1):
            is_part = place < len(text) and place not in hidden and bool(text[place].strip("\x02 \t\r\n"))
            if is_part and start is None:
                start = place
            elif not is_part and start is not None:
                yield self._word(text[start:place], start)
                start = None

    def _word(self, text: str, start: int) -> Word:
        first, last = self._origin(start), self._origin(start + len(text) - 1)
        across, up = last[0] - first[0], last[1] - first[1]
        steps, size = math.hypot(across, up), self._size(start)
        width = steps * len(text) / (len(text) - 1) if len(text) > 1 else size / 2
        # A space after each: whoever reads the layer need not guess from the gaps.
        return Word(f"{text} ", *first, size, max(width, 0.1), math.atan2(up, across) if steps else 0.0)

    def _corners(self, place: int, *, loose: bool) -> list[tuple[int, int]]:
        try:
            left, bottom, right, top = self.textpage.get_charbox(place, loose=loose)
        except pypdfium2.PdfiumError:
            return []  # PDFium added the character itself, as the space between two words
        return [self.convert.to_bitmap(x, y) for x in (left, right) for y in (bottom, top)]

    def _origin(self, place: int) -> Point:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.textpage, place, x, y)
        across, down = self.convert.to_bitmap(x.value, y.value)
        return across / self.scale, self.height - down / self.scale

    def _size(self, place: int) -> float:
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self.textpage, place, matrix):
            return USUAL_SIZE
        return pdfium.FPDFText_GetFontSize(self.textpage, place) * math.hypot(matrix.c, matrix.d) or USUAL_SIZE
