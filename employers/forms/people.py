"""People of an employer, and whom it invites."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from employers.enums import MemberRole


class MemberForm(forms.Form):
    """What a person may do in the employer."""

    role = forms.ChoiceField(
        label=_("Permiso"),
        choices=MemberRole.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Responsable: todo, también invitar y quitar personas. Edición: datos y solicitudes. Lectura: sólo ver."
        ),
    )
    is_signatory = forms.BooleanField(
        label=_("Puede firmar la declaración"),
        required=False,
        help_text=_("Quien firma acepta, en nombre de la empresa, que lo declarado es verdad."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("role") == MemberRole.READER and data.get("is_signatory"):
            sentence = gettext("Quien sólo lee no puede firmar. Dale permiso de edición o quítale la firma.")
            self.add_error("is_signatory", sentence)
        return data


class InvitationForm(MemberForm):
    email = forms.EmailField(
        label=_("Correo electrónico"), help_text=_("Le llegará un enlace. No necesita tener cuenta todavía.")
    )
    field_order = ("email", "role", "is_signatory")
