"""What the reviewer finds and recommends, and what another person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certification.applications.enums import State
from certification.applications.models import Application
from certification.review.enums import Outcome
from certification.standards.enums import Claim
from employers.models import Employer

if TYPE_CHECKING:
    from accounts.models import User

# An employer reads verdicts once the result is published, never while somebody is still at work on them;
# what it must mend before that reaches it as observations.
CLOSED_WITH_DECISION = (State.AWARDED, State.DECLINED)
# An award has its level, a refusal has none, and there is nothing else.
LEVEL_OF_AWARD = Q(Q(outcome=Outcome.AWARD) & ~Q(level="")) | Q(outcome=Outcome.DECLINE, level="")


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def visible_to(self, user: User) -> VerdictQuerySet:
        """All verdicts of the files that the programme may see; of their own files, employers see published ones."""
        return self.filter(_told_or_staff(user))


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> DecisionQuerySet:
        """Decisions of the files that the programme may see; employers see theirs once it is published."""
        return self.filter(_told_or_staff(user))


def _told_or_staff(user: User) -> Q:
    seen = Application.objects.visible_to(user)
    own = Q(application__employer__in=Employer.objects.visible_to(user))
    published = Q(application__state__in=CLOSED_WITH_DECISION)
    return Q(application__in=seen) & (published | ~own)


class Verdict(models.Model):
    """What the reviewer verified of one item: a criterion, a participation requirement or a measure.

    A negative verdict carries a pointer into the evidence, the rule not met and a sentence of the reviewer's own.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="verdicts")
    item = models.CharField(max_length=20)
    claims = models.JSONField(default=dict)  # as in Answer, for each sub-item
    outcome = models.CharField(_("resultado"), max_length=14, choices=Claim.choices)
    pointer = models.CharField(_("dónde se ve"), max_length=200, blank=True)
    rule = models.CharField(_("regla que no se cumple"), max_length=250, blank=True)
    reason = models.TextField(_("razón, en tus palabras"), blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Verdict]] = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ("item",)
        constraints = (
            models.UniqueConstraint(fields=("application", "item"), name="one_verdict_an_item"),
            models.CheckConstraint(name="verdict_outcome_known", condition=Q(outcome__in=Claim.values)),
            models.CheckConstraint(
                name="negative_verdict_has_reasons",
                condition=Q(outcome__in=(Claim.MET, Claim.NOT_APPLICABLE))
                | (~Q(pointer="") & ~Q(rule="") & ~Q(reason="")),
                violation_error_message=_("Un resultado negativo lleva dónde se ve, la regla y tu razón."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.item}"


class Recommendation(models.Model):
    """The reviewer's proposal to whoever decides; one more each time the file is returned. The newest counts."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="recommendations")
    round = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    level = models.CharField(max_length=20, blank=True)  # code in the standard's document
    reason = models.TextField(_("razones"))
    recommended_at = models.DateTimeField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(name="recommendation_outcome_level", condition=LEVEL_OF_AWARD),
            models.CheckConstraint(name="recommendation_has_reason", condition=~Q(reason="")),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.outcome}"


class Decision(models.Model):
    """The *dictamen*, with its legal fields. Four eyes: the database refuses the reviewer as the one who decides.

    Whoever signed it does not publish it either: that is another person's step, and the database wants it so.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("sentido"), max_length=8, choices=Outcome.choices)
    level = models.CharField(_("nivel"), max_length=20, blank=True)
    reason = models.TextField(_("razones de la decisión"))
    legal_basis = models.TextField(_("fundamento"))
    office = models.CharField(_("oficina que resuelve"), max_length=200)
    signatory_charge = models.CharField(_("cargo de quien firma"), max_length=150)
    appeal = models.TextField(_("medio de impugnación y plazo"))
    notified_on = models.DateField(_("fecha de notificación"), null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager[Decision]] = DecisionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(name="four_eyes", condition=~Q(decided_by=F("reviewed_by"))),
            models.CheckConstraint(
                name="published_by_another_person",
                condition=Q(published_by=None) | ~Q(published_by=F("decided_by")),
            ),
            models.CheckConstraint(name="decision_outcome_level", condition=LEVEL_OF_AWARD),
            models.CheckConstraint(
                name="decision_has_legal_fields",
                condition=~Q(legal_basis="") & ~Q(office="") & ~Q(signatory_charge="") & ~Q(appeal="") & ~Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.outcome}"
