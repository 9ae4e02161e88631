"""Texts of a standard in the reader's language, marked where they are not: {% load standards %}."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from certification.standards.document import StandardDocument
from certification.standards.enums import OutcomeWhen
from certification.standards.evidence_lines import EvidenceLine, evidence_lines
from certification.standards.languages import Words, list_of, reader_language, title_of, words_of

register = template.Library()


@register.filter
def said(part: Any, name: str = "title") -> str | SafeString:
    """{{ criterion|said:"guidance" }}: English if the page is and the document has it; else Spanish, marked as such."""
    return _marked(words_of(part, name))


@register.filter
def said_plainly(part: Any, name: str = "title") -> str:
    """The same without a mark, for attributes and the title of the window, which can hold none."""
    return str(words_of(part, name))


@register.filter
def said_list(part: Any, name: str) -> list[str | SafeString]:
    """{% for text in mark_use|said_list:"rules" %}."""
    return [_marked(words) for words in list_of(part, name)]


@register.filter
def said_joined(part: Any, name: str) -> SafeString:
    """The texts of a list with commas between them, or semicolons where a text has a comma of its own."""
    between = "; " if any("," in str(words) for words in list_of(part, name)) else ", "
    return format_html_join(between, "{}", ((text,) for text in said_list(part, name)))


@register.filter
def titled(document: StandardDocument, code: str) -> str | SafeString:
    """{{ document|titled:result.code }}: the title of a requirement, criterion or measure."""
    return _marked(title_of(document, code))


@register.filter
def levelled(document: StandardDocument, code: str) -> str | SafeString:
    """{{ document|levelled:certificate.level }}: the title of a level."""
    return said(document.level(code))


@register.filter
def in_words(words: Words) -> str | SafeString:
    return _marked(words)


@register.filter
def situations(when: Iterable[OutcomeWhen]) -> str:
    """«falla un criterio crítico o no se llega al mínimo de puntos»."""
    return _(" o ").join(str(one.label) for one in when)


@register.filter
def evidence_of(part: Any, document: StandardDocument) -> list[EvidenceLine]:
    """{% for line in criterion|evidence_of:document %}."""
    return evidence_lines(part, document)


def _marked(words: Words) -> str | SafeString:
    if words.language == reader_language():
        return str(words)
    return format_html('<span lang="{}">{}</span>', words.language, words)
