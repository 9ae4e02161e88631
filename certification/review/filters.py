"""Filters of the work lists, over what the person may see."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from accounts.models import ReviewBody
from certification.applications.enums import State
from certification.applications.folios import normalise
from certification.applications.models import DECIDER_STATES, PRIVATE_STATES, Application
from certification.review.desk import FIRST_STATE
from certification.review.enums import Desk
from certification.standards.languages import words_of
from certification.standards.models import Standard

ANY = "todas"
SENT_STATES = [(state.value, state.label) for state in State if state != State.DRAFT]


class StandardField(ModelChoiceField):
    """Standards by their title in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return str(words_of(obj.document))


class StandardFilter(django_filters.ModelChoiceFilter):
    field_class = StandardField


class DeskFilter(django_filters.FilterSet):
    estado = django_filters.ChoiceFilter(label=_("Estado"), choices=SENT_STATES, method="by_state", empty_label=None)
    norma = StandardFilter(
        label=_("Norma"),
        queryset=Standard.objects.in_force().defer("content"),
        to_field_name="slug",
        method="by_standard",
        empty_label=_("Todas"),
    )
    organismo = django_filters.ModelChoiceFilter(
        label=_("Unidad u organismo"), field_name="body", queryset=ReviewBody.objects.all(), empty_label=_("Todos")
    )
    atrasadas = django_filters.BooleanFilter(label=_("Sólo atrasados"), method="overdue", widget=forms.CheckboxInput)
    q = django_filters.CharFilter(
        label=_("Folio o empresa"), method="by_text", widget=forms.TextInput(attrs={"type": "search"})
    )

    class Meta:
        model = Application
        fields = ()

    def __init__(self, data: Any = None, *args: Any, desk: Desk, **kwargs: Any) -> None:
        data = data.copy() if data is not None else {}
        if not data.get("estado"):
            data["estado"] = ANY if data.get("q") else FIRST_STATE[desk].value
        super().__init__(data, *args, **kwargs)
        states = DECIDER_STATES if desk == Desk.DECIDE else [state for state in State if state not in PRIVATE_STATES]
        choices = [(ANY, _("Todos"))] + [(state.value, state.label) for state in states]
        self.filters["estado"].extra["choices"] = choices
        if desk != Desk.ALL:
            del self.filters["organismo"]

    @property
    def state(self) -> str:
        """The one state that is listed, or empty for all."""
        value = self.form.cleaned_data.get("estado", "") if self.form.is_valid() else ""
        return "" if value == ANY else value

    def by_state(self, queryset: QuerySet[Application], _name: str, value: str) -> QuerySet[Application]:
        return queryset if value == ANY else queryset.filter(state=value)

    def by_standard(self, queryset: QuerySet[Application], _name: str, value: Standard) -> QuerySet[Application]:
        """Of a standard in any of its versions: they have one name, and the files of all wait in the same list."""
        return queryset.filter(standard__in=Standard.objects.filter(code=value.code))

    def overdue(self, queryset: QuerySet[Application], _name: str, value: bool) -> QuerySet[Application]:
        return queryset.filter(due_on__lt=timezone.localdate()) if value else queryset

    def by_text(self, queryset: QuerySet[Application], _name: str, value: str) -> QuerySet[Application]:
        employer = Q(employer__legal_name__icontains=value) | Q(employer__trade_name__icontains=value)
        return queryset.filter(Q(folio__startswith=normalise(value)) | employer)
