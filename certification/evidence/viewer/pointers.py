"""The pages that a pointer names: «págs. 3-4, 7» is 3, 4 and 7; «p. 14, párrafo 2» is 14 alone."""

from __future__ import annotations

import re

from certification.evidence.analyser import fold

PAGE_WORDS = {"p", "pp", "pag", "pags", "pagina", "paginas", "page", "pages", "hoja", "hojas", "lamina", "diapositiva"}
BETWEEN = {"y", "e", "a", "al", "hasta", "de", "del", "la", "las", "and", "to"}
RANGE = {"-", "–", "—", "a", "al", "hasta", "to"}
# «3:20» is a moment of a video, and «3.2» a numeral: neither is a page.
TOKEN = re.compile(r"\d+(?:[:.]\d+)+|\d+|[^\W\d_]+|[-–—]")
MOST_PAGES = 40


def pages_of(pointer: str, most: int) -> list[int]:
    """The pages from 1 to ``most`` that a pointer names, each once and in order.

    Numbers without any word before them are pages; after a word that means something else, they are not.
    """
    found: list[int] = []
    are_pages, is_range = True, False
    for token in TOKEN.findall(fold(pointer)):
        if token.isdecimal() and are_pages:
            number = int(token[:6])
            found += range(found[-1] + 1, min(number, most) + 1) if is_range and found else [number]
            is_range = False
        elif token in RANGE:
            is_range = True
        elif token.isalpha():
            are_pages = token in PAGE_WORDS or (are_pages and token in BETWEEN)
            is_range = is_range and token in BETWEEN
        else:
            is_range = False
    return sorted({page for page in found if 1 <= page <= most})[:MOST_PAGES]
