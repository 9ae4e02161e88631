"""What renews what."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from certification.applications.enums import State
from certification.applications.models import Application
from certification.applications.renewing.models import Renewal


def under_way_by_source(sources: Iterable[int], user: User) -> dict[int, Application]:
    """What was opened to renew each, and goes on or was awarded: one query. What lapsed is resumed."""
    seen = Application.objects.visible_to(user).order_by().values("pk")
    current = Renewal.objects.filter(source__in=list(sources), is_current=True, application__in=seen)
    return {one.source_id: one.application for one in current.select_related("application")}


def renewal_under_way(source: Application, user: User) -> Application | None:
    return under_way_by_source([source.pk], user).get(source.pk)


def begun_with(application: Application) -> Renewal | None:
    """How a draft began, where it renews something; None once it was sent: what it says then is signed."""
    if application.state != State.DRAFT:
        return None
    never_sent = Renewal.objects.filter(application=application, application__submitted_at=None)
    return never_sent.select_related("source").first()
