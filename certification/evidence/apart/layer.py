"""The words of a page as a layer that nobody sees: what lies over a picture to be found and copied."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

ADVANCE = 500  # of each glyph, in thousandths of the size: its word is then stretched to where it stood
CODES = 255  # of one font; 0 is left out
BLOCK = 100  # lines that a table of characters may have at once (ISO 32000-1, 9.10.3)


@dataclass(frozen=True)
class Word:
    """Letters and where they stand, in points from the lower left corner; ``angle`` in radians, anticlockwise."""

    text: str
    x: float
    y: float
    size: float
    width: float
    angle: float = 0.0


class Letters:
    """Fonts without any shape, for whatever characters come: each gets a code, and says which character it is."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def place_of(self, character: str) -> tuple[int, int]:
        """The number of the font and the code in it."""
        font, code = divmod(self.codes.setdefault(character, len(self.codes)), CODES)
        return font, code + 1

    def fonts(self, pdf: pikepdf.Pdf) -> Dictionary:
        """The fonts as a page's resources name them."""
        shape = pdf.make_stream(f"{ADVANCE} 0 0 -200 {ADVANCE} 800 d1".encode("ascii"))
        known = list(self.codes)
        groups = [known[first : first + CODES] for first in range(0, len(known), CODES)]
        return Dictionary({f"/F{n}": _font(pdf, shape, group) for n, group in enumerate(groups)})

    def content(self, words: Iterable[Word]) -> bytes:
        """The operators that write the words without a trace."""
        return b"".join([b"BT 3 Tr\n", *(self._shown(word) for word in words), b"ET\n"])

    def _shown(self, word: Word) -> bytes:
        stretch = word.width / (len(word.text.rstrip()) * word.size * ADVANCE / 1000)
        cosine, sine = math.cos(word.angle), math.sin(word.angle)
        matrix = (cosine * stretch, sine * stretch, -sine, cosine, word.x, word.y)
        parts = [" ".join(f"{number:.3f}" for number in matrix) + " Tm"]
        for character in word.text:
            font, code = self.place_of(character)
            parts.append(f"/F{font} {word.size:.2f} Tf <{code:02x}> Tj")
        return (" ".join(parts) + "\n").encode("ascii")


def _font(pdf: pikepdf.Pdf, shape: pikepdf.Stream, characters: list[str]) -> pikepdf.Object:
    last = len(characters)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, -200, ADVANCE, 800]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary(g=shape),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *[Name.g] * last])),
            FirstChar=1,
            LastChar=last,
            Widths=Array([ADVANCE] * last),
            Resources=Dictionary(),
            ToUnicode=pdf.make_stream(_table(characters)),
        )
    )


def _table(characters: list[str]) -> bytes:
    rows = [f"<{code:02x}> <{one.encode('utf-16-be').hex()}>" for code, one in enumerate(characters, 1)]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CMapName /Letters def /CMapType 2 def",
        "1 begincodespacerange <00> <ff> endcodespacerange",
    ]
    for first in range(0, len(rows), BLOCK):
        block = rows[first : first + BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
