"""The sheet that comes back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.evidence.forms import OneFileField

EXTENSION = ".xlsx"


class SheetInput(forms.FileInput):
    def __init__(self) -> None:
        super().__init__({"accept": EXTENSION})


class SheetForm(forms.Form):
    sheet = OneFileField(
        label=_("Sube la hoja que llenaste"),
        help_text=_("El archivo .xlsx que descargaste de esta solicitud. Antes de aplicar nada verás cada cambio."),
        widget=SheetInput,
    )
