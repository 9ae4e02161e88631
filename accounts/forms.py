"""Forms of accounts: allauth's in our words, one's own data, roles and bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.confirming import confirm
from accounts.enums import Role
from accounts.models import ReviewBody, User
from accounts.refusals import ActionRefused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "login": (_("Correo electrónico"), ""),
    "email": (_("Correo electrónico"), ""),
    "password": (_("Contraseña"), ""),
    "password1": (_("Contraseña"), _("Diez caracteres o más. Una frase que sólo tú conozcas funciona bien.")),
    "password2": (_("La misma contraseña otra vez"), ""),
    "remember": (_("Seguir dentro en este equipo"), _("No lo marques si otras personas lo usan.")),
    "code": (_("Código"), ""),
    "name": (_("Nombre de la llave"), ""),
    "oldpassword": (_("Contraseña actual"), ""),
}


class OurWords(forms.Form):
    """Labels and hints in the voice of the site; a placeholder that repeats the label goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in WORDS:
                field.label, field.help_text = WORDS[name]


class PasswordAgain(forms.Form):
    """The password of who is logged in already, where the page has to ask for it (``accounts.confirming``)."""

    password = forms.CharField(
        label=_("Tu contraseña"),
        help_text=_("Te la pedimos otra vez porque con ella firmas."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Escribe tu contraseña para firmar.")},
    )

    def __init__(self, *args: Any, asks_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_password:
            del self.fields["password"]

    def refuse(self, sentence: str) -> None:
        """Show why the person was not confirmed, beside the password where the page asks for it."""
        self.add_error("password" if "password" in self.fields else None, sentence)

    def is_confirmed(self, request: HttpRequest) -> bool:
        """Confirm who sent the form, outside a transaction; where it is refused the form says why."""
        try:
            confirm(request)
        except ActionRefused as refusal:
            self.refuse(str(refusal))
            return False
        return True


class LoginForm(OurWords, allauth_forms.LoginForm):
    pass


class SignupForm(OurWords, allauth_forms.SignupForm):
    pass


class AddEmailForm(OurWords, allauth_forms.AddEmailForm):
    pass


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(OurWords, allauth_forms.SetPasswordForm):
    pass


class ResetPasswordForm(OurWords, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OurWords, allauth_forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(OurWords, allauth_forms.ReauthenticateForm):
    pass


class AuthenticateForm(OurWords, mfa_forms.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(OurWords, mfa_forms.ReauthenticateForm):
    pass


class ActivateTOTPForm(OurWords, totp_forms.ActivateTOTPForm):
    pass


class AddKeyForm(OurWords, webauthn_forms.AddWebAuthnForm):
    pass


class EditKeyForm(OurWords, webauthn_forms.EditWebAuthnForm):
    pass


class ProfileForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("full_name", "charge")
        help_texts: ClassVar = {
            "full_name": _("Como firmas. Sólo lo ven tu empresa y quienes tramitan sus solicitudes."),
            "charge": _("Por ejemplo: Dirección General. En lo público aparece el cargo, nunca tu nombre."),
        }


class GrantForm(forms.Form):
    """Give a role of the programme to a person who has an account."""

    email = forms.EmailField(
        label=_("Correo electrónico"),
        help_text=_("El de su cuenta, ya confirmado. Si no la tiene, que la cree primero."),
    )
    role = forms.ChoiceField(label=_("Función"), choices=Role.choices, widget=forms.RadioSelect)
    body = forms.ModelChoiceField(
        ReviewBody.objects.filter(closed_at=None),
        label=_("Organismo"),
        required=False,
        empty_label=_("Ninguno"),
        help_text=_("Quien revisa o dictamina trabaja para uno. Si ya trabaja para otro, lo deja."),
    )
    moves = forms.BooleanField(
        label=_("Cambiarla de organismo"),
        required=False,
        help_text=_("Sólo si hoy trabaja para otro: desde ahora deja de ver los expedientes de aquél."),
    )
    reason = forms.CharField(label=_("Motivo"), widget=forms.Textarea, help_text=_("Queda en el registro de hechos."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needs_body = cleaned.get("role") in {Role.REVIEWER, Role.DECIDER}
        if needs_body and not cleaned.get("body") and "body" not in self.errors:
            self.add_error("body", _("Elige para qué organismo va a revisar o dictaminar."))
        return cleaned


class RevokeForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)
    reason = forms.CharField(label=_("Motivo"))


class BodyForm(forms.ModelForm[ReviewBody]):
    class Meta:
        model = ReviewBody
        fields = ("code", "name", "kind", "accreditation", "office", "signatory_charge")
        help_texts: ClassVar = {
            "code": _("Corta, en minúsculas y sin espacios: por ejemplo, dgit."),
            "accreditation": _("El número, si es un organismo acreditado."),
            "office": _("La que aparece en las notificaciones."),
            "signatory_charge": _("El que aparece en el certificado, sin nombre."),
        }
