"""Fields that several forms have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_PEOPLE = 999_999
CHOOSE = ("", _("Elige una opción"))


def count_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.IntegerField:
    """A number of people. Anything that is not a count is refused in words."""
    return forms.IntegerField(
        label=label,
        required=required,
        help_text=help_text,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Escribe cuántas personas son. Si no hay, escribe 0."),
            "invalid": _("Escribe un número entero, sólo con cifras."),
            "min_value": _("Escribe 0 o un número mayor."),
            "max_value": _("Escribe un número de seis cifras o menos."),
        },
    )
