"""Who is asking, and who else manages the programme."""

from typing import cast

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.enums import Role
from accounts.models import User


def person(request: HttpRequest) -> User:
    """The logged-in person: LoginRequiredMiddleware let nobody else through."""
    return cast("User", request.user)


def managers_but(*people: User | None) -> QuerySet[User]:
    """Return who manages the programme and is none of ``people``, by address."""
    managers = User.objects.filter(groups__name=Role.MANAGER, is_active=True)
    return managers.exclude(pk__in=[one.pk for one in people if one]).order_by("email").distinct()
