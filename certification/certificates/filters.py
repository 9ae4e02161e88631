"""How the register is searched. A value that is none filters nothing, and the page says so."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.applications.folios import is_well_formed, normalise
from certification.certificates.enums import PublicStatus
from certification.certificates.models import Certificate, CertificateQuerySet, CertificateSite
from certification.certificates.names import named
from employers import catalogues
from employers.enums import Sector

ANY = _("Todos")
FIRST_YEAR = 2015  # of the oldest scheme in the register


def _states() -> list[tuple[str, str]]:
    return [(state.key, state.name) for state in catalogues.states().values()]


def _sizes() -> list[tuple[str, str]]:
    return [(size.code, size.title) for size in catalogues.strata().values()]


def _years() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(timezone.localdate().year, FIRST_YEAR - 1, -1)]


def _standards() -> list[tuple[str, str]]:
    from certification.standards.models import Standard

    return list(Standard.objects.in_force().values_list("slug", "title"))


LEVELS = (
    ("oro", _("Oro")),
    ("plata", _("Plata")),
    ("bronce", _("Bronce")),
    ("simple", _("Certificado")),
    ("otorgado", _("Distintivo otorgado")),
)


class CertificateFilter(filters.FilterSet):
    """Over the whole register; each filter is a choice, the text is words of a name or a whole folio."""

    q = filters.CharFilter(label=_("Titular o folio"), method="named", widget=forms.TextInput({"type": "search"}))
    estado = filters.ChoiceFilter(
        label=_("Estado"), empty_label=ANY, choices=PublicStatus.choices, method="with_status"
    )
    norma = filters.ChoiceFilter(
        label=_("Norma o distintivo"), empty_label=ANY, choices=_standards, field_name="standard_slug"
    )
    nivel = filters.ChoiceFilter(label=_("Nivel"), empty_label=ANY, choices=LEVELS, field_name="level")
    entidad = filters.ChoiceFilter(label=_("Entidad"), empty_label=ANY, choices=_states, method="in_state")
    sector = filters.ChoiceFilter(label=_("Sector"), empty_label=ANY, choices=Sector.choices)
    tam = filters.ChoiceFilter(label=_("Tamaño"), empty_label=ANY, choices=_sizes, field_name="size")
    anio = filters.ChoiceFilter(label=_("Año de emisión"), empty_label=ANY, choices=_years, method="issued_in")

    class Meta:
        model = Certificate
        fields: tuple[str, ...] = ()

    def named(self, found: CertificateQuerySet, _name: str, text: str) -> CertificateQuerySet:
        folio = normalise(text)
        # One or the other: with OR the database can use no index for either.
        return found.filter(folio=folio) if is_well_formed(folio) else named(found, text)

    def with_status(self, found: CertificateQuerySet, _name: str, value: str) -> CertificateQuerySet:
        return found.with_status(PublicStatus(value), timezone.localdate())

    def in_state(self, found: CertificateQuerySet, _name: str, key: str) -> CertificateQuerySet:
        """Any site in the state, not only the first one."""
        return found.filter(Exists(CertificateSite.objects.filter(certificate=OuterRef("pk"), state=key)))

    def issued_in(self, found: CertificateQuerySet, _name: str, year: str) -> CertificateQuerySet:
        return found.filter(issued_on__year=int(year))

    @property
    def chosen(self) -> dict[str, Any]:
        """What was really asked for, without the empty fields."""
        if not self.is_bound:
            return {}
        self.form.is_valid()  # fills cleaned_data with what is right, which is what filters
        return {name: value for name, value in self.form.cleaned_data.items() if value}
