"""A rectangle of a page, in per cent: drawn by static/js/regions.js, or typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.evidence.regions.models import WHOLE

SIDES = ("left", "top", "width", "height")


class PercentField(forms.DecimalField):
    def __init__(self, *, least: str = "0", **options: Any) -> None:
        super().__init__(min_value=Decimal(least), max_value=100, decimal_places=2, widget=PercentInput, **options)


class PercentInput(forms.NumberInput):
    def __init__(self) -> None:
        super().__init__({"step": "0.01", "class": "short", "inputmode": "decimal"})


class RegionForm(forms.Form):
    page = forms.IntegerField(
        label=gettext_lazy("Página"), min_value=1, max_value=9_999, widget=forms.NumberInput({"class": "short"})
    )
    left = PercentField(label=gettext_lazy("Desde la izquierda (%)"))
    top = PercentField(label=gettext_lazy("Desde arriba (%)"))
    width = PercentField(label=gettext_lazy("Ancho (%)"), least="0.01")
    height = PercentField(label=gettext_lazy("Alto (%)"), least="0.01")

    def clean(self) -> dict[str, Any]:
        """In hundredths of a per cent."""
        said = super().clean() or {}
        for name in SIDES:
            if name in said:
                said[name] = int(said[name] * WHOLE / 100)
        for start, side in (("left", "width"), ("top", "height")):
            if start in said and side in said and said[start] + said[side] > WHOLE:
                self.add_error(side, ValidationError(_("La marca se sale de la página. Pon un número menor.")))
        return said
