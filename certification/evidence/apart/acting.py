"""What in a PDF acts or carries other files: the check refuses it, and cleaning takes it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

MAX_NODES = 1_000_000  # arrays and dictionaries; a scanned book of 2,000 pages has a tenth
ACTING = {"/JavaScript", "/Launch", "/ImportData", "/GoToE", "/GoToR", "/SubmitForm"}
RICH = {"/RichMedia", "/FileAttachment", "/3D", "/Movie"}
WATCHED = {"/S", "/JS", "/XFA", "/Subtype", "/EmbeddedFiles", "/EF"}


class TooComplexError(ValueError):
    """More is in the file than anybody looks through."""


def watched_nodes(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary and stream that may act. Searching the bytes would miss compressed object streams."""
    left = MAX_NODES
    for indirect in pdf.objects:
        stack: list[Any] = [indirect]
        while stack:
            node = stack.pop()
            left -= 1
            if left == 0:
                raise TooComplexError
            if isinstance(node, pikepdf.Array):
                stack.extend(child for child in node if _is_inside(child))
            elif isinstance(node, (pikepdf.Dictionary, pikepdf.Stream)):
                stack.extend(child for _key, child in node.items() if _is_inside(child))
                if WATCHED & node.keys():
                    yield node


def _is_inside(child: Any) -> bool:
    """Whether the child is written inside its parent. Other objects come by themselves, so rings do no harm."""
    # In this order for speed: most children are numbers, and telling a name from an array is the slowest.
    return (
        isinstance(child, pikepdf.Object)
        and not child.is_indirect
        and isinstance(child, (pikepdf.Array, pikepdf.Dictionary))
    )


def is_action(node: Any) -> bool:
    return _name(node, "/S") in ACTING or "/JS" in node.keys()  # noqa: SIM118 - a PDF object, no dict


def is_rich(node: Any) -> bool:
    """A note on a page that holds a film, a model or a file."""
    return _name(node, "/Subtype") in RICH


def carries_files(node: Any) -> bool:
    return "/EmbeddedFiles" in node.keys() or bool(embedded_in(node))  # noqa: SIM118


def embedded_in(node: Any) -> list[Any]:
    """The files that a file specification holds (ISO 32000-1, 7.11.4)."""
    embedded = node.get("/EF")
    return [one for _key, one in embedded.items()] if isinstance(embedded, pikepdf.Dictionary) else []


def _name(node: Any, key: str) -> str:
    value = node.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""
