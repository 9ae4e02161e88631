"""Why what is said of a document may not change for now. The rooms above say so: this one does not know them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.refusals import ActionRefused
from certification.evidence.models import Document

# Answers a sentence, or None where nothing holds the document.
Guard = Callable[[Document], str | None]
_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Ask ``guard`` before each change from now on. Called once, when the program starts."""
    if guard not in _guards:
        _guards.append(guard)


def lock(documents: Iterable[int] | QuerySet[Any]) -> None:
    """Let whoever changes what is said of these documents, or sends or carries them, do so one at a time.

    ``documents``: their keys. Inside a transaction; after the application and the employer, where they are locked too.
    """
    rows = Document.objects.select_for_update(no_key=True).filter(pk__in=documents)
    list(rows.order_by("pk").values_list("pk"))


def why_held(document: Document) -> str:
    """Return the first reason why the data of the document stay as they are; "" where they may change."""
    return next((sentence for guard in _guards if (sentence := guard(document))), "")


def refuse_if_held(document: Document) -> None:
    """Raise ActionRefused with the reason why the data of the document stay as they are."""
    sentence = why_held(document)
    if sentence:
        raise ActionRefused(sentence)
