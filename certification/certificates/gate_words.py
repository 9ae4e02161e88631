"""What a certificate says of its gates, in the reader's language.

The certified data are Spanish and never change. What they say is told in another language where it is known word
for word: the sentences of ``certified``, and the titles of measures that the document has in English. What is not
known is told as it was certified.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from certification.standards.document import StandardDocument
from certification.standards.languages import ENGLISH, SPANISH, reader_language, words_of

OF = re.compile(r"([0-9]+) de ([0-9]+)")
LEAST = re.compile(r"El mínimo es ([0-9.]+°?)")


class GateWords(NamedTuple):
    """``language`` is that of ``text``: a page in English says so of a text that stayed Spanish."""

    title: str
    text: str
    figure: str
    language: str


def gate_words(data: Mapping[str, Any], document: StandardDocument) -> list[GateWords]:
    """The gates of certified data (``certified.certify``), for people; ``document`` is the one that was followed."""
    if reader_language() == SPANISH:
        return [GateWords(gate["title"], gate["text"], gate["figure"], SPANISH) for gate in data["gates"]]
    return [_in_english(gate, document) for gate in data["gates"]]


def _in_english(gate: Mapping[str, str], document: StandardDocument) -> GateWords:
    title, text, figure = gate["title"], gate["text"], gate["figure"]
    if counted := OF.fullmatch(figure):
        figure = _("%(met)s de %(total)s") % {"met": counted[1], "total": counted[2]}
    said = _sentences().get(text) or _least(text) or _measures(text, document)
    return GateWords(_titles().get(title, title), said or text, figure, ENGLISH if said else SPANISH)


def _titles() -> dict[str, str]:
    return {
        "Participación": _("Participación"),
        "Criterios críticos": _("Criterios críticos"),
        "Puntos": _("Puntos"),
        "Medidas": _("Medidas"),
    }


def _sentences() -> dict[str, str]:
    return {
        "Documentos vigentes al inicio": _("Documentos vigentes al inicio"),
        "Se cumplen todos": _("Se cumplen todos"),
        "Ninguna": _("Ninguna"),
    }


def _least(text: str) -> str:
    least = LEAST.fullmatch(text)
    return _("El mínimo es %(least)s") % {"least": least[1]} if least else ""


def _measures(text: str, document: StandardDocument) -> str:
    """The measures that were met, in the order of the document; nothing unless they are all that the text names."""
    words = [words_of(measure) for measure in document.measures if measure.title in text]
    is_whole = ", ".join(one.spanish for one in words) == text and all(one.english for one in words)
    return ", ".join(map(str, words)) if words and is_whole else ""
