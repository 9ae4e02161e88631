"""A web page as evidence, on a page of its own and among the evidence of an item."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.evidence.enums import DocumentKind
from certification.evidence.forms import DateInput
from certification.evidence.links.addresses import LONGEST, public_address


class LinkField(forms.CharField):
    widget = forms.URLInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Dirección de la página"))
        options.setdefault(
            "help_text",
            gettext_lazy("Debe poder abrirla cualquiera, sin contraseña. No la guardamos ni la abrimos por ti."),
        )
        super().__init__(**{"max_length": LONGEST, **options})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return public_address(text) if text else ""


class SeenOnField(forms.DateField):
    widget = DateInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Día en que la viste"))
        options.setdefault("help_text", gettext_lazy("Si lo dejas vacío, hoy."))
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> dt.date:
        today = timezone.localdate()
        day = super().clean(value) or today
        if day > today:
            raise ValidationError(_("Ese día todavía no llega."))
        return day


class LinkForm(forms.Form):
    """A web page for the library."""

    link = LinkField()
    seen_on = SeenOnField()
    title = forms.CharField(label=gettext_lazy("Título"), max_length=200, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Tipo"), choices=DocumentKind, initial=DocumentKind.OTHER)
