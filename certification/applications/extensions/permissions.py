"""Who asks for more days, and who grants them: never the same person, nor one of the employer."""

from __future__ import annotations

from accounts.models import User
from certification.applications.models import Application
from certification.applications.permissions import is_editor, is_manager, is_reviewer, is_signatory


def may_ask(user: User | None, application: Application) -> bool:
    return is_editor(user, application) or is_signatory(user, application)


def may_decide(user: User | None, application: Application) -> bool:
    """A manager, or the person who has the file in review: whoever waits for the answer knows what a delay costs."""
    return is_manager(user, application) or is_reviewer(user, application)
