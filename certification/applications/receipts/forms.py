from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.applications.forms import SubmitForm


class SignForm(SubmitForm):
    """The declaration and, where the page has to ask for it, the password of who signs."""

    password = forms.CharField(
        label=_("Tu contraseña"),
        help_text=_("Te la pedimos otra vez porque con ella firmas la declaración."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Escribe tu contraseña para firmar.")},
    )

    def __init__(self, *args: Any, asks_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_password:
            del self.fields["password"]

    def refuse(self, sentence: str) -> None:
        """Show why it was not signed, beside the password where the page asks for it."""
        self.add_error("password" if "password" in self.fields else None, sentence)
