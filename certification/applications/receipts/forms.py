from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.forms import PasswordAgain
from certification.applications.forms import SubmitForm


class SignForm(PasswordAgain, SubmitForm):
    """The declaration and, where the page has to ask for it, the password of who signs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].help_text = _("Te la pedimos otra vez porque con ella firmas la declaración.")
