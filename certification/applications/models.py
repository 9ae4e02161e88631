"""An application, what the employer claims in it, and what was submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import ReviewBody
from certification.applications.enums import State
from certification.evidence.models import Document, Revision
from certification.standards.models import Standard
from employers.models import Employer, Workplace

if TYPE_CHECKING:
    from accounts.models import User

WITH_EMPLOYER = (State.DRAFT, State.OBSERVED)  # what can be changed, and ages as of today
PRIVATE_STATES = (State.DRAFT, State.WITHDRAWN, State.LAPSED)
BEFORE_REVIEW = (State.DRAFT, State.SUBMITTED, State.WITHDRAWN, State.LAPSED)
DECIDER_STATES = (State.RECOMMENDED, State.DECIDED, State.AWARDED, State.DECLINED)


class FolioCounter(models.Model):
    """The last number given in a series and year. Folios are never given twice."""

    series = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("series", "year"), name="folio_counter_once"),)

    def __str__(self) -> str:
        return f"{self.series}-{self.year}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    def of_member(self, user: User) -> ApplicationQuerySet:
        """Applications of the employers the person works in, whatever roles the person holds besides.

        Each brings the person's membership along (permissions.membership_of), which saves a query a request.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = self.filter(employer__memberships__user=user, employer__memberships__ended_at=None)
        return own.annotate(
            member_id=F("employer__memberships__user_id"),
            member_role=F("employer__memberships__role"),
            member_signs=F("employer__memberships__is_signatory"),
        )

    def visible_to(self, user: User) -> ApplicationQuerySet:
        """Applications of the person's employers, and what each role of the programme may see of submitted ones.

        A draft is private: nobody of the programme sees it (rule 9 of the product).
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        seen = Q(employer__in=Employer.objects.visible_to(user).order_by().values("pk"))
        sent = Q(submitted_at__isnull=False) & ~Q(state=State.DRAFT)
        if user.has_role(Role.MANAGER):
            seen |= sent
        if user.has_role(Role.REVIEWER):
            seen |= sent & Q(reviewer=user)
        if user.has_role(Role.DECIDER):
            seen |= Q(state__in=DECIDER_STATES, body__in=user.body_ids)
        return self.filter(seen)


class Application(models.Model):
    """An employer asks for the certificate of one standard for chosen workplaces."""

    folio = models.CharField(max_length=30, unique=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="applications")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="applications")
    body = models.ForeignKey(ReviewBody, models.PROTECT, related_name="applications", null=True, blank=True)
    workplaces = models.ManyToManyField(Workplace, related_name="applications")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)  # of the state: makes one of two concurrent moves lose
    round = models.PositiveSmallIntegerField(default=1)  # 1, and one more for each set of observations
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state_since = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)  # last day of the state; None where no clock runs
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assigned_applications"
    )
    saved_at = models.DateTimeField()  # the last autosave
    opened_from = models.CharField(max_length=64, blank=True)  # digest of what was pressed: pressed twice, it is one

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("state", "due_on", "id"), name="application_queue"),
            models.Index(fields=("reviewer", "state", "due_on", "id"), name="application_desk"),
        )
        constraints = (
            models.CheckConstraint(name="application_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="application_submitted_has_date",
                condition=Q(state__in=PRIVATE_STATES) | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="application_review_has_reviewer",
                condition=Q(state__in=BEFORE_REVIEW) | Q(reviewer__isnull=False, body__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("created_by", "opened_from"), condition=~Q(opened_from=""), name="one_application_a_press"
            ),
        )

    def __str__(self) -> str:
        return self.folio

    @property
    def is_with_employer(self) -> bool:
        """Whether its employer works on it: a draft, or the answer to what was observed."""
        return self.state in WITH_EMPLOYER


class CriterionAnswer(models.Model):
    """What is claimed of one criterion. ``claims`` holds a claim for each sub-item, or for the criterion."""

    criterion = models.CharField(max_length=20)  # stable code of the standard's document
    claims = models.JSONField(default=dict)  # {"R07a": "met", …}
    note = models.TextField(_("¿Cómo lo hacen?"), blank=True)
    version = models.PositiveIntegerField(default=0)  # makes the second of two editors see both texts
    saved_from = models.CharField(max_length=36, blank=True)  # the name that the open page which saved it gave itself
    saved_step = models.PositiveIntegerField(default=0)  # which of that page's saves it was: they count from 1
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Answer(CriterionAnswer):
    """What the employer claims of one criterion in all its workplaces, but for those with an answer of their own."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="answers")

    class Meta:
        ordering = ("criterion",)
        constraints = (models.UniqueConstraint(fields=("application", "criterion"), name="one_answer_a_criterion"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.criterion}"


class LocalAnswer(CriterionAnswer):
    """What is claimed of one criterion in one workplace, instead of the employer's answer.

    The row of a workplace that went back to the employer's answer stays, out of force: what was typed is kept, and
    versions never begin again, so that no editor overwrites what another one wrote in between.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="local_answers")
    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="local_answers")  # one of the application's
    is_in_force = models.BooleanField(default=True)

    class Meta:
        ordering = ("criterion", "workplace")
        constraints = (
            models.UniqueConstraint(fields=("application", "workplace", "criterion"), name="one_local_answer"),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.criterion} {self.workplace_id}"


class RequirementRecord(models.Model):
    """A participation requirement, with the date its document was issued; it counts once it is said to be there."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="requirement_records")
    requirement = models.CharField(max_length=20)
    is_present = models.BooleanField(default=True)
    issued_on = models.DateField(_("emitido el"), null=True, blank=True)
    reference = models.CharField(_("número o folio"), max_length=100, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_from = models.CharField(max_length=36, blank=True)
    saved_step = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("requirement",)
        constraints = (models.UniqueConstraint(fields=("application", "requirement"), name="one_requirement_record"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.requirement}"


class MeasureClaim(models.Model):
    """A measure that the employer declares. Measures that are ratios come from the workforce figures."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="measure_claims")
    measure = models.CharField(max_length=20)
    is_claimed = models.BooleanField(null=True)  # None: something is noted, and nothing claimed yet
    note = models.TextField(_("nota"), blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_from = models.CharField(max_length=36, blank=True)
    saved_step = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("measure",)
        constraints = (models.UniqueConstraint(fields=("application", "measure"), name="one_measure_claim"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.measure}"


class EvidenceUseQuerySet(models.QuerySet["EvidenceUse"]):
    def undecided(self) -> EvidenceUseQuerySet:
        """Those whose file asks the employer for a decision on personal data."""
        return self.filter(Exists(Revision.objects.undecided().filter(pk=OuterRef("revision"))))

    def saying_undecided(self) -> EvidenceUseQuerySet:
        """Say of each whether it is one of these: ``asks_for_decision``."""
        return self.annotate(asks_for_decision=Exists(Revision.objects.undecided().filter(pk=OuterRef("revision"))))


class EvidenceUse(models.Model):
    """A document is used in an application for a criterion, a requirement or a measure: ``item`` is its code.

    One evidence serves all workplaces, unless it is said to prove something of one alone.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="evidence_uses")
    item = models.CharField(max_length=20)
    document = models.ForeignKey(Document, models.PROTECT, related_name="uses")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="uses")
    pointer = models.CharField(_("páginas o párrafo"), max_length=120, blank=True)
    shows = models.CharField(_("qué demuestra"), max_length=250, blank=True)
    workplace = models.ForeignKey(
        Workplace, models.PROTECT, related_name="evidence_uses", null=True, blank=True, verbose_name=_("sirve para")
    )  # one of the application's; None: all of them
    version = models.PositiveIntegerField(default=0)  # of what is said: the second of two editors sees both texts
    saved_from = models.CharField(max_length=36, blank=True)  # the open page that said it last
    saved_step = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = EvidenceUseQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "item", "document"),
                condition=Q(workplace=None),
                name="one_use_of_a_document",
            ),
            models.UniqueConstraint(
                fields=("application", "item", "document", "workplace"), name="one_use_a_workplace"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.item} {self.document_id}"


class Submission(models.Model):
    """What was sent, frozen: canonical JSON and its SHA-256. Database triggers refuse any change."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    round = models.PositiveSmallIntegerField()
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)
    declaration = models.TextField()
    # As whoever signed wrote it. A trigger refuses a new row without; only what was sent before it was asked has none.
    signer_name = models.CharField(max_length=150, default="")
    signer_charge = models.CharField(max_length=150, default="")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("round",)
        constraints = (models.UniqueConstraint(fields=("application", "round"), name="one_submission_a_round"),)

    def __str__(self) -> str:
        return f"{self.application_id}/{self.round}"

    @property
    def signer(self) -> str:
        """Name and post of who signed; what is known of their account where it was not asked yet."""
        if self.signer_name:
            return f"{self.signer_name}, {self.signer_charge}"
        return ", ".join(filter(None, (str(self.submitted_by), self.submitted_by.charge)))


class Observation(models.Model):
    """What the reviewer asks the employer to mend in a round. Only what was observed can be answered."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="observations")
    round = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=20)
    pointer = models.CharField(max_length=200)
    rule = models.CharField(max_length=250)
    reason = models.TextField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round", "item")
        constraints = (
            models.UniqueConstraint(fields=("application", "round", "item"), name="one_observation_an_item"),
            models.CheckConstraint(
                name="observation_has_reasons", condition=~Q(pointer="") & ~Q(rule="") & ~Q(reason="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}/{self.round} {self.item}"
