"""Forms of the improvement plan."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.conflicts import VersionField
from accounts.models import User
from certification.applications.forms import WRONG_DATE
from certification.applications.plan.models import ImprovementAction
from certification.evidence.forms import DateInput
from employers.models import Employer

ADDRESS = re.compile(r"/practicas/([-\w]+)/?")  # a practice is named by its address, or by the end of it


class ActionForm(forms.ModelForm[ImprovementAction]):
    """What will be done, by whom and until when. Only the first is asked for."""

    version = VersionField()
    what = forms.CharField(
        label=_("¿Qué van a hacer?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Algo que se pueda ver terminado. Por ejemplo: «Firmar y difundir la política»."),
    )
    owner = forms.ModelChoiceField(
        label=_("¿Quién se encarga?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nadie de la lista"),
        help_text=_("Le recordaremos por correo una semana antes."),
        error_messages={"invalid_choice": _("Esa persona no trabaja en la empresa. Elige a otra o escribe su nombre.")},
    )
    owner_name = forms.CharField(
        label=_("Si no está en la lista, su nombre o su área"),
        max_length=150,
        required=False,
        help_text=_("Sólo para ubicarle: no recibirá correos."),
    )
    due_on = forms.DateField(
        label=_("¿Para cuándo?"),
        required=False,
        widget=DateInput(),
        error_messages={"invalid": WRONG_DATE},
    )
    practice = forms.CharField(
        label=_("Práctica que sirve de ejemplo"),
        required=False,
        max_length=250,
        help_text=_("Pega la dirección de la práctica, como /practicas/permiso-de-cuidados/."),
    )

    class Meta:
        model = ImprovementAction
        fields = ("what", "owner", "owner_name", "due_on", "practice")

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        people = User.objects.filter(memberships__in=employer.memberships.current())
        if self.instance.owner_id:  # who left may stay named
            people |= User.objects.filter(pk=self.instance.owner_id)
        self.fields["owner"].queryset = people.distinct()  # type: ignore[attr-defined]

    def clean_practice(self) -> str:
        value: str = self.cleaned_data["practice"].strip()
        found = ADDRESS.search(value)
        slug = found.group(1) if found else value
        if slug and not re.fullmatch(r"[-\w]{1,90}", slug):
            raise forms.ValidationError(gettext("Pega la dirección de una práctica, o deja vacío este dato."))
        return slug

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("owner") and data.get("owner_name"):
            sentence = gettext("Elige a alguien de la lista o escribe un nombre, no los dos.")
            self.add_error("owner_name", sentence)
        return data

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class StandardForm(forms.Form):
    """Which standard an action is for, where no criterion says it."""

    standard = forms.ChoiceField(label=_("Norma"))

    def __init__(self, *args: Any, standards: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard"].choices = list(standards.items())  # type: ignore[attr-defined]
