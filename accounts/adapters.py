"""Our answers to allauth's questions: its sentences in our words, its mails through our queue, its QR as inline SVG."""

from functools import partial
from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts import emails
from accounts.after_login import take_page
from accounts.enums import Role

START_PAGES = (
    (Role.MANAGER, "programme"),
    (Role.REVIEWER, "review_list"),
    (Role.DECIDER, "review_list"),
    (Role.EDITOR, "practice_queue"),
)


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Esta cuenta está cerrada."),
        "cannot_remove_primary_email": _("Es tu dirección principal. Haz principal otra y luego quita ésta."),
        "duplicate_email": _("Esa dirección ya está en tu cuenta."),
        "email_password_mismatch": _("El correo o la contraseña no coinciden. Revisa los dos."),
        "email_taken": _("Ya hay una cuenta con ese correo. Entra con ella o recupera tu contraseña."),
        "enter_current_password": _("Escribe tu contraseña actual."),
        "incorrect_code": _("Ese código no es correcto o ya cambió. Escribe el que ves ahora."),
        "incorrect_password": _("La contraseña no es correcta."),
        "invalid_login": _("No pudimos entrar con esos datos."),
        "invalid_password_reset": _("Este enlace ya se usó o venció. Pide otro."),
        "max_email_addresses": _("Puedes tener hasta %d direcciones."),
        "rate_limited": _("Son muchos intentos seguidos. Espera unos minutos y vuelve a probar."),
        "same_as_current": _("Es igual a la actual. Elige una distinta."),
        "select_only_one": _("Elige sólo una."),
        "too_many_login_attempts": _("Fueron muchos intentos. Espera unos minutos o recupera tu contraseña."),
        "unknown_email": _("Ninguna cuenta tiene ese correo."),
        "unverified_primary_email": _("Tu dirección principal debe estar confirmada."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """An invitation that was opened before logging in waits for the person (see after_login.py)."""
        return take_page(request) or self._start_page(request)

    def _start_page(self, request: HttpRequest) -> str:
        """Each person starts where their work is."""
        user = request.user
        for role, name in START_PAGES:
            if user.is_authenticated and user.has_role(role):
                return reverse(name)
        return str(super().get_login_redirect_url(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render allauth's mail in Spanish and send it like ours: after the commit, as text and HTML."""
        full = {"request": allauth_context.request, "email": email, "site_url": settings.SITE_URL, **context}
        with override(settings.LANGUAGE_CODE):
            message = self.render_mail(template_prefix, email, full)
            html = emails.html_of(str(message.subject), str(message.body))
        transaction.on_commit(partial(emails.enqueue, email, str(message.subject), str(message.body), html))


class MFAAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Con el segundo factor activo no se agregan direcciones. Desactívalo primero."),
        "cannot_delete_authenticator": _("No puedes quitar tu último segundo factor."),
        "cannot_generate_recovery_codes": _("Primero activa la aplicación de códigos o una llave."),
        "incorrect_code": _("Ese código no es correcto o ya cambió. Escribe el que ves ahora."),
        "unverified_email": _("Primero confirma tu correo; después podrás activar el segundo factor."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Return the QR as an inline picture: the policy of the site allows no data: address."""
        title = gettext("Código QR para tu aplicación de códigos")
        svg = segno.make(url).svg_inline(scale=6, border=4, dark="#000", light="#fff", title=title)
        return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))
