"""How a library is searched. Feed it with documents that the person may see.

The rooms above, which know where documents are used, widen it (``widen``): this one does not know them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.evidence.ages import NEWEST_DAY
from certification.evidence.enums import DocumentAge, DocumentKind, RevisionState
from certification.evidence.models import Document, Revision
from certification.evidence.search.index import has_words
from certification.standards.scoring import months_after
from employers.models import Employer

ORDERS = (
    ("title", _("Título, de la A a la Z")),
    ("newest", _("Fecha, la más reciente primero")),
    ("oldest", _("Fecha, la más antigua primero")),
)
SORTED: dict[str, tuple[Any, ...]] = {
    "title": ("title", "-pk"),
    "newest": (F("day").desc(nulls_last=True), "-pk"),
    "oldest": (F("day").asc(nulls_last=True), "-pk"),
}


class DocumentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Palabras del documento"))
    kind = django_filters.ChoiceFilter(choices=DocumentKind, label=_("Tipo"), empty_label=_("Todos"))
    age = django_filters.ChoiceFilter(
        method="of_age", choices=DocumentAge, label=_("Antigüedad"), empty_label=_("Cualquiera")
    )
    state = django_filters.ChoiceFilter(
        method="in_state", choices=RevisionState, label=_("Revisión del archivo"), empty_label=_("Cualquiera")
    )
    order = django_filters.ChoiceFilter(
        method="in_order", choices=ORDERS, label=_("Orden"), empty_label=_("Lo último que llegó")
    )

    class Meta:
        model = Document
        fields = ("q", "kind", "age", "state", "order")

    def __init__(self, data: Any, documents: QuerySet[Document], employer: Employer) -> None:
        super().__init__(data, documents)
        self.employer = employer

    @property
    def is_asked(self) -> bool:
        """Whether something narrows the list."""
        return any(value for name, value in self._asked() if name != "order")

    @property
    def is_narrowed(self) -> bool:
        """Whether something was asked besides words."""
        return any(value for name, value in self._asked() if name != "q")

    def _asked(self) -> list[tuple[str, Any]]:
        return list(self.form.cleaned_data.items()) if self.form.is_valid() else []

    def with_words(self, found: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        return found.filter(has_words(value))

    def of_age(self, found: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        dated, today = found.alias(day=NEWEST_DAY), timezone.localdate()
        if value == DocumentAge.UNDATED:
            return dated.filter(day=None)
        if value == DocumentAge.THIS_YEAR:
            return dated.filter(day__gte=dt.date(today.year, 1, 1))
        year_ago, half_ago = months_after(today, -12), months_after(today, -6)
        if value == DocumentAge.OLD:
            return dated.filter(day__lt=year_ago)
        return dated.filter(day__gte=year_ago, day__lt=half_ago)

    def in_state(self, found: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        return found.filter(Exists(Revision.objects.newest().filter(document=OuterRef("pk"), state=value)))

    def in_order(self, found: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        return found.alias(day=NEWEST_DAY).order_by(*SORTED[value])


_widest: list[type[DocumentFilter]] = [DocumentFilter]


def widen(wider: type[DocumentFilter]) -> None:
    """Search libraries by ``wider`` from now on. Called once, when the program starts."""
    _widest[:] = [wider]


def library_filter(data: Any, documents: QuerySet[Document], employer: Employer) -> DocumentFilter:
    """What was asked of a library."""
    return _widest[0](data, documents, employer)
