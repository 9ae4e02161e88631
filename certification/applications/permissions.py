"""Who may do what with an application. A person never acts for the programme on a file of their own employer."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from certification.applications.models import Application
from employers.enums import MemberRole
from employers.models import Membership


def membership_of(user: User | None, application: Application) -> Membership | None:
    """The person's current membership in the employer; read once for each user and application object."""
    if user is None or not user.is_active:
        return None
    if getattr(application, "member_id", None) == user.pk:  # read with it: ApplicationQuerySet.of_member
        return Membership(
            user=user,
            employer_id=application.employer_id,
            role=application.member_role,  # type: ignore[attr-defined]
            is_signatory=application.member_signs,  # type: ignore[attr-defined]
        )
    cache: dict[int, Membership | None] = application.__dict__.setdefault("_memberships", {})
    if user.pk not in cache:
        cache[user.pk] = Membership.objects.of(user, application.employer_id).first()
    return cache[user.pk]


def is_member(user: User | None, application: Application) -> bool:
    return membership_of(user, application) is not None


def is_editor(user: User | None, application: Application) -> bool:
    membership = membership_of(user, application)
    return membership is not None and membership.role != MemberRole.READER


def is_signatory(user: User | None, application: Application) -> bool:
    membership = membership_of(user, application)
    return membership is not None and membership.is_signatory


def is_manager(user: User | None, application: Application) -> bool:
    return user is not None and user.has_role(Role.MANAGER) and not is_member(user, application)


def is_reviewer(user: User | None, application: Application) -> bool:
    """The person who has the file in review, still holds the role and still works for the file's body."""
    return (
        user is not None
        and application.reviewer_id == user.pk
        and user.has_role(Role.REVIEWER)
        and application.body_id in user.body_ids
        and not is_member(user, application)
    )


def is_decider(user: User | None, application: Application) -> bool:
    """Another person than the reviewer, of the body that has the application."""
    return (
        user is not None
        and user.has_role(Role.DECIDER)
        and application.body_id in user.body_ids
        and application.reviewer_id != user.pk
        and not is_member(user, application)
    )


def may_resume_draft(user: User | None, application: Application) -> bool:
    """A draft that lapsed goes on as a draft; what was sent before never becomes one again."""
    return is_editor(user, application) and application.submitted_at is None


def may_resume_answer(user: User | None, application: Application) -> bool:
    return is_editor(user, application) and application.submitted_at is not None


def is_publisher(user: User | None, application: Application) -> bool:
    """Who manages the programme or decides for the body, but for whoever signed the decision that is published."""
    decision = getattr(application, "decision", None)
    if user is None or decision is None or decision.decided_by_id == user.pk:
        return False
    return is_manager(user, application) or is_decider(user, application)


def publishers_of(application: Application) -> QuerySet[User]:
    """Everybody whom is_publisher lets publish the decision of ``application``, by name."""
    deciders = User.objects.filter(
        groups__name=Role.DECIDER, body_memberships__body=application.body_id, body_memberships__ended_at=None
    ).exclude(pk__in=[application.reviewer_id or 0])
    members = Membership.objects.current().filter(employer=application.employer_id).values("user")
    found = User.objects.filter(Q(groups__name=Role.MANAGER) | Q(pk__in=deciders.values("pk")), is_active=True)
    signed = getattr(application, "decision", None)
    found = found.exclude(pk__in=members).exclude(pk__in=[signed.decided_by_id] if signed else [])
    return found.order_by("full_name", "email").distinct()


def is_clock(user: User | None, _application: Application) -> bool:
    """Nobody: the command that a timer runs."""
    return user is None
