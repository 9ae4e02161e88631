"""The data of an employer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.conflicts import VersionField
from employers import catalogues, rfc
from employers.enums import Sector
from employers.forms.fields import CHOOSE
from employers.models import Employer


class EmployerForm(forms.ModelForm[Employer]):
    """Data of an employer. An unusual or generic RFC, and one that is registered already, are asked about once."""

    legal_name = forms.CharField(
        label=_("Razón social"), max_length=250, help_text=_("Como está en la constancia de situación fiscal.")
    )
    trade_name = forms.CharField(
        label=_("Nombre comercial"),
        max_length=150,
        required=False,
        help_text=_("Si la gente la conoce por otro nombre."),
    )
    rfc = forms.CharField(
        label=_("RFC"),
        max_length=20,
        help_text=_("12 caracteres si es empresa, 13 si es persona. Da igual si lleva guiones."),
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices, widget=forms.RadioSelect)
    scian = forms.ChoiceField(
        label=_("Actividad económica"), help_text=_("Sector del SCIAN México 2023: elige el de la actividad principal.")
    )
    version = VersionField()
    confirm_rfc = forms.BooleanField(
        label=_("Lo revisé: el RFC está bien escrito"),
        required=False,
        widget=forms.CheckboxInput(attrs={"aria-describedby": "rfc-doubt"}),
    )
    confirm_duplicate = forms.BooleanField(
        label=_("Quiero registrarla aparte"),
        required=False,
        widget=forms.CheckboxInput(attrs={"aria-describedby": "duplicate-doubt"}),
    )

    class Meta:
        model = Employer
        fields = ("legal_name", "trade_name", "rfc", "sector", "scian")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_unusual = self.is_generic = self.is_duplicate = False
        sectors = [(sector.code, f"{sector.code} · {sector.title}") for sector in catalogues.scian_sectors().values()]
        self.fields["scian"].choices = [CHOOSE, *sectors]  # type: ignore[attr-defined]
        self.fields["version"].initial = self.instance.version

    def clean_rfc(self) -> str:
        value = rfc.normalised(self.cleaned_data["rfc"])
        problem = rfc.problem(value)
        if problem:
            raise forms.ValidationError(problem)
        return value

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        number = data.get("rfc")
        if number and number != self.instance.rfc:
            self._ask(number, data)
        return data

    def _ask(self, number: str, data: dict[str, Any]) -> None:
        self.is_unusual, self.is_generic = rfc.is_unusual(number), rfc.is_generic(number)
        self.is_duplicate = not self.is_generic and (
            Employer.objects.filter(rfc=number).exclude(pk=self.instance.pk).exists()
        )
        if (self.is_unusual or self.is_generic) and not data.get("confirm_rfc"):
            self._doubt("confirm_rfc", gettext("Revisa el RFC. Si está bien escrito, marca la casilla y guarda."))
        if self.is_duplicate and not data.get("confirm_duplicate"):
            self._doubt("confirm_duplicate", gettext("Ese RFC ya está registrado. Di si quieres registrarla aparte."))

    def _doubt(self, name: str, sentence: str) -> None:
        """Ask once: the summary shows the sentence as a question, not as an error (look/errors.py)."""
        self.add_error(name, forms.ValidationError(sentence, code="doubt"))

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        names = ("legal_name", "trade_name", "sector", "scian")
        return {**{name: self.cleaned_data[name] for name in names}, "rfc_text": self.cleaned_data["rfc"]}
