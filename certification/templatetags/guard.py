"""Personal data that were found in a file, in words, and who opened the sealed original: {% load guard %}."""

from __future__ import annotations

from collections import defaultdict

from django import template
from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.applications.access.actions import ORIGINAL_OPENED
from certification.applications.access.rows import Row, looks_at, page_of_rows
from certification.evidence.models import Document, Revision
from certification.evidence.personal_data import PersonalData

register = template.Library()
OPENINGS = 20  # further ones are on the page of who saw it
SHOWN = 8  # numbers of pages; a list of all says no more


@register.simple_tag
def original_openings(document: Document) -> list[Row]:
    """Who of the programme opened a sealed original of a document, and why; the last ones first."""
    opened = looks_at(document.employer, document).filter(action=ORIGINAL_OPENED)
    return page_of_rows(opened[:OPENINGS], document)


@register.simple_tag
def undecided_choices(documents: QuerySet[Document]) -> list[Document]:
    """Which of the documents that can be chosen ask for a decision on personal data; one query."""
    return list(documents.undecided())  # type: ignore[attr-defined]


@register.filter
def data_found(revision: Revision) -> list[str]:
    """«2 CURP en la página 3»: a line for each kind of what was found."""
    pages: dict[str, list[int]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for one in revision.personal_data:
        pages[one["kind"]].append(one["page"])
        counts[one["kind"]] += one["count"]
    return [
        _("%(what)s %(where)s") % {"what": _counted(kind, count), "where": _where(revision, pages[kind])}
        for kind, count in counts.items()
    ]


def _counted(kind: str, count: int) -> str:
    names = {
        PersonalData.CURP: ngettext("%(n)d CURP", "%(n)d CURP", count),
        PersonalData.RFC: ngettext("%(n)d RFC de una persona", "%(n)d RFC de personas", count),
        PersonalData.NSS: ngettext("%(n)d número de seguridad social", "%(n)d números de seguridad social", count),
        PersonalData.CLABE: ngettext("%(n)d CLABE de una cuenta", "%(n)d CLABE de cuentas", count),
        PersonalData.CARD: ngettext("%(n)d número de tarjeta", "%(n)d números de tarjeta", count),
    }
    return names[PersonalData(kind)] % {"n": count}


def _where(revision: Revision, pages: list[int]) -> str:
    numbers = [str(page) for page in pages[:SHOWN]]
    if len(pages) > SHOWN:
        numbers[-1] = _("otras %(n)d") % {"n": len(pages) - SHOWN + 1}
    media_type = revision.media_type
    if "spreadsheet" in media_type:
        words = ngettext("en la hoja %(which)s", "en las hojas %(which)s", len(pages))
    elif "presentation" in media_type:
        words = ngettext("en la diapositiva %(which)s", "en las diapositivas %(which)s", len(pages))
    elif media_type == "application/pdf":
        words = ngettext("en la página %(which)s", "en las páginas %(which)s", len(pages))
    else:
        return _("en el documento")
    return words % {"which": get_text_list(numbers, _("y"))}
