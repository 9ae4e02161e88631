"""People of the programme work with a second factor."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.kept_posts import keep_posted
from accounts.models import User
from accounts.second_factor import address_to_pass, has_passed

STAFF_PREFIXES = ("/revision/", "/programa/")
STAFF_VIEWS = {"evidence_file"}  # served under /empresa/, to the programme and to its employer alike


class StaffSecondFactorMiddleware:
    """Staff open a page of the programme in a session that passed the second factor, and set one up before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or not self._needs_second_factor(request, user):
            return None
        if not is_mfa_enabled(user):
            text = _("Las páginas del programa necesitan un segundo factor. Activa uno para seguir.")
            messages.warning(request, text)
            return redirect(reverse("mfa_index"))
        if has_passed(request, user):
            return None
        messages.warning(request, _("Esta sesión empezó sin tu segundo factor. Confírmalo para seguir."))
        kept = keep_posted(request)
        if kept and kept.loss:
            messages.warning(request, kept.loss)
        return redirect(address_to_pass(user, next_page=kept.page if kept else request.get_full_path()))

    def _is_for_staff(self, request: HttpRequest) -> bool:
        match = request.resolver_match
        return request.path.startswith(STAFF_PREFIXES) or (match is not None and match.url_name in STAFF_VIEWS)

    def _needs_second_factor(self, request: HttpRequest, user: User) -> bool:
        return settings.REQUIRE_STAFF_MFA and self._is_for_staff(request) and user.is_programme_staff
