"""The texts of a document in the reader's language: English where the document has it, or else Spanish."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from certification.standards.document import StandardDocument
from certification.standards.parts import Worded

SPANISH, ENGLISH = "es", "en"


@dataclass(frozen=True)
class Words:
    """A text of a document in its languages; ``str()`` gives that of the reader."""

    spanish: str
    english: str = ""

    @property
    def language(self) -> str:
        """Of what ``str()`` gives: a page in English says so of a text in Spanish."""
        return ENGLISH if self.english and reader_language() == ENGLISH else SPANISH

    def __bool__(self) -> bool:
        return bool(self.spanish)

    def __str__(self) -> str:
        return self.english if self.language == ENGLISH else self.spanish


def reader_language() -> str:
    return ENGLISH if (get_language() or "").startswith(ENGLISH) else SPANISH


def words_of(part: Worded, name: str = "title") -> Words:
    """One text of a part, such as its title. Raises AttributeError where the part has no such text."""
    english = part.en.get(name)
    return Words(getattr(part, name), english if isinstance(english, str) else "")


def title_of(document: StandardDocument, code: str) -> Words:
    """The title of a requirement, criterion or measure. Raises KeyError where the document has none of that code."""
    part = document.item(code)
    if part is None:
        raise KeyError(code)
    return words_of(part)


def list_of(part: Worded, name: str) -> tuple[Words, ...]:
    """A list of texts of a part, such as its ``evidence``, each with the English that stands at its place."""
    spanish, english = getattr(part, name), part.en.get(name)
    if isinstance(english, tuple) and len(english) == len(spanish):
        return tuple(Words(*pair) for pair in zip(spanish, english, strict=True))
    return tuple(Words(text) for text in spanish)
