"""A text that may become the next version of a standard: uploaded, checked, tried, proposed, decided by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from certification.amendments.enums import DraftState, TrialState
from certification.standards.models import Standard

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# Each state with what it must hold: nobody decides what nobody proposed, and nothing is refused without a reason.
UNDECIDED = Q(decided_at=None, decided_by=None, answer="", standard=None)
PREPARED = Q(state=DraftState.DRAFT, proposed_at=None, proposed_by=None, reason="") & UNDECIDED
SAID = Q(proposed_at__isnull=False, proposed_by__isnull=False) & ~Q(reason="") & ~Q(fingerprint="")
DECIDED = Q(decided_at__isnull=False, decided_by__isnull=False)
STATES = (
    PREPARED
    | (Q(state=DraftState.PROPOSED) & SAID & UNDECIDED)
    | (Q(state=DraftState.PUBLISHED, standard__isnull=False) & SAID & DECIDED)
    | (Q(state=DraftState.REFUSED, standard=None) & SAID & DECIDED & ~Q(answer=""))
)


class StandardDraftQuerySet(models.QuerySet["StandardDraft"]):
    def visible_to(self, user: User | AnonymousUser) -> StandardDraftQuerySet:
        """All of them to the programme's managers, and none to anybody else."""
        return self.all() if user.is_authenticated and user.has_role(Role.MANAGER) else self.none()

    def open(self) -> StandardDraftQuerySet:
        return self.filter(state__in=(DraftState.DRAFT, DraftState.PROPOSED))


class StandardDraft(models.Model):
    """A YAML text as it came, whatever its faults. ``fingerprint`` is that of its document, empty while it has faults.

    ``version`` rises with every change, so that the second of two people at work on it sees that it changed.
    """

    text = models.TextField()
    file_name = models.CharField(max_length=255)
    code = models.CharField(max_length=40, blank=True)  # of the document; empty where it cannot be read
    standard_version = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=250, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    faults = models.JSONField(default=list)  # [{"line", "place", "message", "remedy"}, …]
    warnings = models.JSONField(default=list)  # the same; they hinder nothing
    state = models.CharField(max_length=9, choices=DraftState.choices, default=DraftState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    trial_state = models.CharField(max_length=7, choices=TrialState.choices, default=TrialState.NONE, blank=True)
    trial = models.JSONField(null=True)  # what the dry run of this text found (trial.Findings.as_data)
    trial_at = models.DateTimeField(null=True)
    # Fingerprint of the version in force when it was tried: "" where there was none, None where nothing is known.
    trial_against = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - both empties say something
    reason = models.TextField(_("por qué se cambia la norma"), blank=True)
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("razón"), blank=True)  # of whoever decides
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    standard = models.OneToOneField(Standard, models.PROTECT, null=True, related_name="draft")  # what it became

    objects: ClassVar[models.Manager[StandardDraft]] = StandardDraftQuerySet.as_manager()

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = (
            models.CheckConstraint(name="draft_state_is_whole", condition=STATES),
            models.CheckConstraint(name="draft_trial_known", condition=Q(trial_state__in=TrialState.values)),
            models.CheckConstraint(
                name="draft_needs_a_second_manager",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.standard_version}".strip() or self.file_name

    @property
    def is_frozen(self) -> bool:
        return self.state in (DraftState.PUBLISHED, DraftState.REFUSED)
