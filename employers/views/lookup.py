"""How a page finds its employer: what is not yours is not there, and what your role does not allow is refused."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from accounts.kept_posts import posted_or_kept
from accounts.models import User
from accounts.people import person
from employers.models import Employer, Workplace
from employers.permissions import is_member


class HtmxRequest(HttpRequest):
    """A request as HtmxMiddleware leaves it."""

    htmx: HtmxDetails


Allowed = Callable[[User, Employer], bool]


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what was posted, or what was typed when the session ended, which is not saved yet."""
    return posted_or_kept(request)


def find_employer(request: HttpRequest, pk: int, allowed: Allowed = is_member) -> Employer:
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=pk)
    if not allowed(person(request), employer):
        raise PermissionDenied
    return employer


def find_workplace(request: HttpRequest, pk: int, workplace_pk: int, allowed: Allowed = is_member) -> Workplace:
    employer = find_employer(request, pk, allowed)
    return get_object_or_404(employer.workplaces.select_related("employer"), pk=workplace_pk)
