"""Why what is said of a document may not change for now. The rooms above say so: this one does not know them."""

from __future__ import annotations

from collections.abc import Callable

from accounts.refusals import ActionRefused
from certification.evidence.models import Document

# Answers a sentence, or None where nothing holds the document.
Guard = Callable[[Document], str | None]
_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Ask ``guard`` before each change from now on. Called once, when the program starts."""
    if guard not in _guards:
        _guards.append(guard)


def why_held(document: Document) -> str:
    """Return the first reason why the data of the document stay as they are; "" where they may change."""
    return next((sentence for guard in _guards if (sentence := guard(document))), "")


def refuse_if_held(document: Document) -> None:
    """Raise ActionRefused with the reason why the data of the document stay as they are."""
    sentence = why_held(document)
    if sentence:
        raise ActionRefused(sentence)
