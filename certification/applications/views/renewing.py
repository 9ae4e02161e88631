"""«Sigue igual»: what a renewal carried, confirmed on the page that shows it."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.models import Application
from certification.applications.renewing.actions import confirm
from employers.models import Workplace


def confirm_chosen(
    request: HttpRequest, application: Application, items: Collection[str], *, workplace: Workplace | None = None
) -> None:
    """Confirm the item that the button «Sigue igual» names, and say so."""
    verb, _colon, item = request.POST.get("then", "").partition(":")
    if verb == "still" and item in items and confirm_item(request, application, item, workplace=workplace):
        messages.success(request, _("Confirmaste que sigue igual."))


def confirm_saved(request: HttpRequest, application: Application, item: str, *, workplace: Workplace | None) -> None:
    """The page of one criterion asks only about that one: saving it, also untouched, says that it is so."""
    if request.POST.get("then", "") in {"", "next"}:
        confirm_item(request, application, item, workplace=workplace)


def confirm_item(request: HttpRequest, application: Application, item: str, *, workplace: Workplace | None) -> bool:
    try:
        return confirm(application, item, workplace=workplace, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return False
