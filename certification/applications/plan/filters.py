"""How a plan is searched. Feed it with actions that the person may see."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from certification.applications.plan.enums import ActionState
from certification.applications.plan.models import ImprovementAction, ImprovementActionQuerySet

ALL = "todas"
STATES = [
    ("", _("Abiertas")),
    (ActionState.DONE, _("Hechas")),
    (ActionState.DROPPED, _("Descartadas")),
    (ALL, _("Todas")),
]


class PlanFilter(django_filters.FilterSet):
    """By standard, by who does it, overdue only, and state; open ones unless another state is asked for."""

    norma = django_filters.ChoiceFilter(field_name="standard_code", label=_("Norma"), empty_label=_("Todas"))
    quien = django_filters.ChoiceFilter(method="of_owner", label=_("Quién"), empty_label=_("Todas las personas"))
    estado = django_filters.ChoiceFilter(
        method="in_state", choices=STATES[1:], label=_("Estado"), empty_label=STATES[0][1]
    )
    vencidas = django_filters.BooleanFilter(
        method="only_overdue", label=_("Sólo las vencidas"), widget=forms.CheckboxInput
    )

    class Meta:
        model = ImprovementAction
        fields: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, standards: dict[str, str], owners: list[tuple[str, str]], today: dt.date, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.today = today
        self.filters["norma"].extra["choices"] = list(standards.items())
        self.filters["quien"].extra["choices"] = owners

    def of_owner(self, found: ImprovementActionQuerySet, _name: str, value: str) -> ImprovementActionQuerySet:
        """«u12» is the person with that key, «n:Ana» whoever is only named."""
        if value.startswith("u"):
            return found.filter(owner=int(value[1:]))
        return found.filter(owner=None, owner_name=value[2:])

    def in_state(self, found: ImprovementActionQuerySet, _name: str, value: str) -> ImprovementActionQuerySet:
        return found if value == ALL else found.filter(state=value)

    def only_overdue(self, found: ImprovementActionQuerySet, _name: str, value: bool) -> ImprovementActionQuerySet:
        return found.overdue(self.today) if value else found

    def filter_queryset(self, queryset: ImprovementActionQuerySet) -> ImprovementActionQuerySet:
        found: ImprovementActionQuerySet = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("estado") else found.open()


def owner_choices(actions: ImprovementActionQuerySet) -> list[tuple[str, str]]:
    """Whoever has an action in the plan, in the order of their names."""
    users = actions.exclude(owner=None).values_list("owner", "owner__full_name", "owner__email").distinct()
    names = actions.exclude(owner_name="").values_list("owner_name", flat=True).distinct()
    found = [(f"u{key}", name or email) for key, name, email in users.order_by()]
    found += [(f"n:{name}", name) for name in names.order_by()]
    return sorted(found, key=lambda one: one[1].casefold())
