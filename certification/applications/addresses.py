"""Where each part of an application is answered: the page, and the field on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from certification.applications.models import Application, EvidenceUse
from certification.standards.document import Criterion, Measure, Requirement, StandardDocument
from employers.models import Workplace

ANY = "-"  # stands for a criterion: its codes have nothing that an address would have to escape


@dataclass(frozen=True)
class Addresses:
    """The addresses of one application, each page looked up once: a list of 200 criteria asks for 200."""

    folio: str
    document: StandardDocument

    @classmethod
    def of(cls, application: Application) -> Addresses:
        return cls(application.folio, application.standard.document)

    def item(self, code: str) -> str:
        """Where a criterion, a requirement or a measure is answered."""
        part = self.document.item(code)
        if isinstance(part, Requirement):
            return f"{self._participation}#{code}"
        if isinstance(part, Measure):
            return f"{self._measures}#{code}"
        return self._criterion + f"{code}/"

    def field(self, code: str, name: str) -> str:
        """The field on that page: ``name`` as its form calls it, «uploads» for the files."""
        page = self._page(code)
        if name == "uploads":
            return f"{page}#id_evidence-{code}-uploads"
        is_row = isinstance(self.document.item(code), Requirement | Measure)  # forms.RowForm: the code is its prefix
        return f"{page}#id_{code}-{name}" if is_row else f"{page}#id_{name}"

    def evidence(self, code: str) -> str:
        """The evidence of an item on that page."""
        return f"{self._page(code)}#evidencia-{code}"

    def use(self, use: EvidenceUse) -> str:
        """Where a use of evidence is: the page of its item, that of its workplace where it serves one alone."""
        if use.workplace is None or not isinstance(self.document.item(use.item), Criterion):
            return self.item(use.item)
        return self.local(use.item, use.workplace)

    def local(self, code: str, workplace: Workplace) -> str:
        """Where one workplace answers a criterion otherwise."""
        return reverse("local_answer_edit", args=[self.folio, code, workplace.pk])

    def _page(self, code: str) -> str:
        return self.item(code).partition("#")[0]

    @cached_property
    def _criterion(self) -> str:
        return reverse("criterion_edit", args=[self.folio, ANY]).removesuffix(f"{ANY}/")

    @cached_property
    def _participation(self) -> str:
        return reverse("participation_edit", args=[self.folio])

    @cached_property
    def _measures(self) -> str:
        return reverse("measures_edit", args=[self.folio])


def item_address(application: Application, code: str) -> str:
    """Address of the page where an item of an application is answered."""
    return Addresses.of(application).item(code)


def local_address(application: Application, code: str, workplace: Workplace) -> str:
    """Address of the page where one workplace answers a criterion."""
    return Addresses.of(application).local(code, workplace)
