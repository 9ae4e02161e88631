"""Read the text of a file: run as a program of its own, so that a file that breaks it breaks nothing else.

``python -m certification.evidence.apart.extract FILE MEDIA_TYPE``; standard output gets JSON:
``{"texts": [a text for each page], "is_whole": whether nothing was left out}``.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from certification.evidence.apart.limits import limit

MEMORY = 2**30
SECONDS = 40
MOST_PARTS = 2_000
MOST_CHARACTERS = 2_000_000
OPEN_XML = "application/vnd.openxmlformats-officedocument."

Reader = Callable[[IO[bytes], int], Iterator[str]]


def pdf_texts(file: IO[bytes], _most: int) -> Iterator[str]:
    import pypdfium2

    from certification.evidence.apart.characters import page_text

    with pypdfium2.PdfDocument(file) as document:
        document.init_forms()
        for index in range(len(document)):
            yield page_text(document, index)


def plain_texts(file: IO[bytes], most: int) -> Iterator[str]:
    # Four bytes at most make a character; one that is cut at the end is left out.
    yield file.read(4 * most + 4).decode("utf-8-sig", errors="ignore")


def reader_of(media_type: str) -> Reader:
    """What reads files of a type. Imported here: each is slow to load, and one is used."""
    if media_type == "application/pdf":
        return pdf_texts
    if media_type.startswith("text/"):
        return plain_texts
    from certification.evidence.apart import office

    if media_type.startswith(OPEN_XML):
        kind = media_type.removeprefix(OPEN_XML).partition(".")[0]
        return {
            "wordprocessingml": office.word_texts,
            "spreadsheetml": office.sheet_texts,
            "presentationml": office.slide_texts,
        }[kind]
    return office.open_texts


def bounded(texts: Iterator[str]) -> tuple[list[str], bool]:
    """Take texts until one of the limits; say whether that was all."""
    kept: list[str] = []
    left = MOST_CHARACTERS
    for text in texts:
        if len(kept) == MOST_PARTS or left <= 0:
            return kept, False
        kept.append(text[:left])
        left -= len(text)
    return kept, left >= 0


def main(path: str, media_type: str) -> None:
    limit(memory=MEMORY, seconds=SECONDS)
    with Path(path).open("rb") as file:
        texts, is_whole = bounded(reader_of(media_type)(file, MOST_CHARACTERS + 1))
    json.dump({"texts": texts, "is_whole": is_whole}, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
