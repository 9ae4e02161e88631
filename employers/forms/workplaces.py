"""A workplace: where it is, and who works there at first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from employers import catalogues
from employers.forms.fields import CHOOSE, count_field
from employers.models import Workplace


class StateForm(forms.Form):
    """First step of a place: its state."""

    state = forms.ChoiceField(label=_("¿En qué entidad está el centro de trabajo?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = state_choices()  # type: ignore[attr-defined]


def state_choices() -> list[tuple[str, Any]]:
    return [CHOOSE, *((state.key, state.name) for state in catalogues.states().values())]


class WorkplaceForm(forms.ModelForm[Workplace]):
    """Name and place. The municipalities offered are those of the state that is chosen."""

    name = forms.CharField(
        label=_("Nombre del centro de trabajo"), max_length=150, help_text=_("Como lo llaman ustedes: «Planta Toluca».")
    )
    state = forms.ChoiceField(label=_("Entidad"))
    municipality = forms.ChoiceField(
        label=_("Municipio o demarcación"),
        error_messages={"invalid_choice": _("Ese municipio no es de la entidad que elegiste. Elígelo de nuevo.")},
    )
    address = forms.CharField(label=_("Domicilio"), max_length=250, required=False)

    class Meta:
        model = Workplace
        fields = ("name", "state", "municipality", "address")

    def __init__(self, *args: Any, state: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = state or self.data.get(self.add_prefix("state")) or self.instance.state
        if self.chosen not in catalogues.states():
            self.chosen = ""
        self.initial["state"] = self.chosen
        field = self.fields["state"]
        field.choices = state_choices()  # type: ignore[attr-defined]
        # Without scripts the person saves, is told, and finds the municipalities of the new state in the list.
        field.widget.attrs |= {
            "hx-get": "",
            "hx-target": "#municipality",
            "hx-swap": "outerHTML",
            "hx-trigger": "change",
        }
        options = catalogues.municipalities_of(self.chosen) if self.chosen else ()
        self.fields["municipality"].choices = [CHOOSE, *options]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        taken = Workplace.objects.current().filter(
            employer=self.instance.employer_id, name__iexact=data.get("name", "")
        )
        if taken.exclude(pk=self.instance.pk).exists():
            self.add_error("name", gettext("Ya tienes un centro de trabajo con ese nombre."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.cleaned_data if name != "state"}


class NewWorkplaceForm(WorkplaceForm):
    women = count_field(_("Mujeres que trabajan ahí"))
    men = count_field(_("Hombres que trabajan ahí"))
