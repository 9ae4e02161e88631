"""Employers, their workplaces, their people and their workforce figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from employers import catalogues, figures, plausibility, rfc
from employers.enums import InvitationState, MemberRole, Sector

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class EmployerQuerySet(models.QuerySet["Employer"]):
    def visible_to(self, user: User | AnonymousUser) -> EmployerQuerySet:
        """Employers the person works in. Reviewers reach an employer through its applications only."""
        if not user.is_authenticated:
            return self.none()
        # A subquery, not a join: a later filter over memberships must not make a row appear twice.
        return self.filter(pk__in=Membership.objects.current().filter(user=user).values("employer"))


class Employer(models.Model):
    """A legal person with one or many workplaces."""

    legal_name = models.CharField(_("razón social"), max_length=250)
    trade_name = models.CharField(_("nombre comercial"), max_length=150, blank=True)
    rfc = models.CharField(_("RFC"), max_length=13)
    has_unusual_rfc = models.BooleanField(default=False)  # the check digit fails, which some real ones do
    sector = models.CharField(_("sector"), max_length=10, choices=Sector.choices)
    scian = models.CharField(_("actividad económica (SCIAN)"), max_length=5)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        ordering = ("legal_name", "pk")
        indexes = (models.Index(fields=("rfc",), name="employer_rfc"),)
        constraints = (models.CheckConstraint(name="employer_sector_known", condition=Q(sector__in=Sector.values)),)

    def __str__(self) -> str:
        return self.legal_name

    @property
    def name(self) -> str:
        return self.trade_name or self.legal_name

    @property
    def has_generic_rfc(self) -> bool:
        return rfc.is_generic(self.rfc)

    @property
    def headcount(self) -> int:
        """People who work in the open workplaces, from the newest figures of each."""
        totals = self.workplaces.filter(closed_at=None).aggregate(women=Sum("women"), men=Sum("men"))
        return (totals["women"] or 0) + (totals["men"] or 0)

    @property
    def size(self) -> catalogues.Stratum:
        """Stratum by number of people alone: the portal does not ask for sales (DOF 30-06-2009)."""
        return self.size_for(self.headcount)

    def size_for(self, headcount: int) -> catalogues.Stratum:
        return catalogues.stratum(headcount, catalogues.scian_sector(self.scian).size_sector)

    @property
    def activity(self) -> str:
        """Title of the SCIAN sector."""
        return catalogues.scian_sector(self.scian).title

    def membership_of(self, user: User | AnonymousUser) -> Membership | None:
        """The person's current membership, or None."""
        if not user.is_authenticated:
            return None
        return Membership.objects.of(user, self.pk).first()


class WorkplaceQuerySet(models.QuerySet["Workplace"]):
    def visible_to(self, user: User | AnonymousUser) -> WorkplaceQuerySet:
        if not user.is_authenticated:
            return self.none()
        return self.filter(employer__in=Employer.objects.visible_to(user).order_by().values("pk"))

    def current(self) -> WorkplaceQuerySet:
        """Workplaces that are not closed."""
        return self.filter(closed_at=None)


class Workplace(models.Model):
    """A *centro de trabajo*: the unit that is certified."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="workplaces")
    name = models.CharField(_("nombre del centro de trabajo"), max_length=150)
    state = models.CharField(_("entidad"), max_length=2)  # INEGI key
    municipality = models.CharField(_("municipio"), max_length=5)  # INEGI key: state and three digits
    address = models.CharField(_("domicilio"), max_length=250, blank=True)
    # The newest figures of the staff, copied from WorkforceFigures so that lists need no join.
    women = models.PositiveIntegerField(_("mujeres"), default=0)
    men = models.PositiveIntegerField(_("hombres"), default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WorkplaceQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("employer", "name"),
                condition=Q(closed_at=None),
                name="workplace_name_once",
                violation_error_message=_("Ya tienes un centro de trabajo con ese nombre."),
            ),
            models.CheckConstraint(name="municipality_in_state", condition=Q(municipality__startswith=F("state"))),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def headcount(self) -> int:
        return self.women + self.men

    @property
    def place(self) -> str:
        """Municipality and state in words."""
        return f"{catalogues.municipality_name(self.municipality)}, {catalogues.state(self.state).name}"


def _count(label: Any) -> models.PositiveIntegerField[int | None, int | None]:
    """A count that may not be known; None is «not said», which is not zero."""
    return models.PositiveIntegerField(label, null=True, blank=True)


class WorkforceFigures(models.Model):
    """The staff of a workplace in a year, as counts: never names (disability is a count, too).

    ``figures.SECTIONS`` says in what order and why each is asked for; ``plausibility`` says which are asked about.
    """

    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="figures")
    year = models.PositiveSmallIntegerField(_("año"))
    women = models.PositiveIntegerField(_("mujeres"))
    men = models.PositiveIntegerField(_("hombres"))
    women_managers = _count(_("mujeres en puestos directivos"))
    men_managers = _count(_("hombres en puestos directivos"))
    women_middle = _count(_("mujeres en mandos medios"))
    men_middle = _count(_("hombres en mandos medios"))
    women_operative = _count(_("mujeres en puestos operativos"))
    men_operative = _count(_("hombres en puestos operativos"))
    with_disability = _count(_("personas con discapacidad"))
    women_with_disability = _count(_("mujeres con discapacidad"))
    maternity_leave = _count(_("licencias de maternidad"))
    paternity_leave = _count(_("licencias de paternidad"))
    women_care_leave = _count(_("mujeres con licencia de cuidados"))
    men_care_leave = _count(_("hombres con licencia de cuidados"))
    returned_percent = _count(_("porcentaje que volvió después de su licencia"))
    women_promoted = _count(_("mujeres que ascendieron"))
    men_promoted = _count(_("hombres que ascendieron"))
    # Bands of the ENOE (INEGI) in minimum wages: 1 up to one, 2 up to two, 3 up to three, 4 up to five, 5 more.
    women_pay_1 = _count(_("mujeres que ganan hasta 1 salario mínimo"))
    men_pay_1 = _count(_("hombres que ganan hasta 1 salario mínimo"))
    women_pay_2 = _count(_("mujeres que ganan más de 1 y hasta 2 salarios mínimos"))
    men_pay_2 = _count(_("hombres que ganan más de 1 y hasta 2 salarios mínimos"))
    women_pay_3 = _count(_("mujeres que ganan más de 2 y hasta 3 salarios mínimos"))
    men_pay_3 = _count(_("hombres que ganan más de 2 y hasta 3 salarios mínimos"))
    women_pay_4 = _count(_("mujeres que ganan más de 3 y hasta 5 salarios mínimos"))
    men_pay_4 = _count(_("hombres que ganan más de 3 y hasta 5 salarios mínimos"))
    women_pay_5 = _count(_("mujeres que ganan más de 5 salarios mínimos"))
    men_pay_5 = _count(_("hombres que ganan más de 5 salarios mínimos"))
    note = models.TextField(_("nota"), blank=True)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)  # 0 is said of a year that nobody has stated
    saved_from = models.CharField(max_length=36, blank=True)  # the name that the open page which saved it gave itself
    saved_step = models.PositiveIntegerField(default=0)  # which of that page's saves it was: they count from 1

    class Meta:
        ordering = ("-year",)
        constraints = (models.UniqueConstraint(fields=("workplace", "year"), name="figures_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.workplace_id} {self.year}"

    @property
    def total(self) -> int:
        return self.women + self.men

    @property
    def counts(self) -> dict[str, int | None]:
        """Every count by the name of its field."""
        return {name: getattr(self, name) for name in figures.NAMES}

    @cached_property
    def previous(self) -> WorkforceFigures | None:
        """The figures of the year before, if there are any. Lists set it, so that they need no query for each row."""
        return WorkforceFigures.objects.filter(workplace=self.workplace_id, year=self.year - 1).first()

    @property
    def questions(self) -> list[Question]:
        """What is asked about the numbers, each with what the employer explained."""
        said = {one.rule: one for one in self.explanations.all()}
        doubts = plausibility.doubts_of(self.counts, self.previous.counts if self.previous else None, year=self.year)
        return [Question(doubt, said.get(doubt.rule)) for doubt in doubts]

    @property
    def answers(self) -> dict[str, str]:
        """What was explained of the numbers as they are, by rule; what was said of other numbers is not here."""
        return {one.doubt.rule: one.explanation.text for one in self.questions if one.explanation}

    @property
    def unanswered(self) -> list[Question]:
        return [question for question in self.questions if question.explanation is None]

    @property
    def is_in_doubt(self) -> bool:
        return bool(self.unanswered)


class FiguresExplanation(models.Model):
    """What the employer says about a number that was questioned; reviewers read both. ``rule`` is a ``Doubt.rule``.

    ``numbers`` are the ``Doubt.numbers`` that were asked about: of other numbers it says nothing. Empty in rows older
    than the field, which answer the numbers that they stand beside; saving those figures fills it.
    """

    figures = models.ForeignKey(WorkforceFigures, models.PROTECT, related_name="explanations")
    rule = models.CharField(max_length=60)
    numbers = models.CharField(max_length=60, blank=True, default="")
    text = models.TextField(_("explicación"))
    explained_at = models.DateTimeField()
    explained_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("rule",)
        constraints = (
            models.UniqueConstraint(fields=("figures", "rule"), name="one_explanation_a_doubt"),
            models.CheckConstraint(name="explanation_says_something", condition=~Q(text="")),
        )

    def __str__(self) -> str:
        return f"{self.figures_id} {self.rule}"

    def answers(self, doubt: plausibility.Doubt) -> bool:
        """Whether it was said of these numbers."""
        return self.numbers in ("", doubt.numbers)


@dataclass(frozen=True)
class Question:
    """A doubt about the figures of a year. ``said`` is what was explained under its rule, perhaps of other numbers."""

    doubt: plausibility.Doubt
    said: FiguresExplanation | None

    @property
    def explanation(self) -> FiguresExplanation | None:
        """What answers it; None while nobody explained these numbers."""
        return self.said if self.said and self.said.answers(self.doubt) else None

    @property
    def earlier(self) -> FiguresExplanation | None:
        """What was said of other numbers, to be offered and not counted."""
        return None if self.explanation else self.said


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        """Memberships that have not ended."""
        return self.filter(ended_at=None)

    def of(self, user: User, employer: int) -> MembershipQuerySet:
        """The current membership of the person in the employer with this key: one or none."""
        return self.current().filter(user=user, employer=employer)

    def owners(self) -> MembershipQuerySet:
        return self.current().filter(role=MemberRole.OWNER)


class Membership(models.Model):
    """A person works for an employer in the portal; what remains after leaving is the row with its end."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(_("permiso"), max_length=6, choices=MemberRole.choices)
    is_signatory = models.BooleanField(_("puede firmar la declaración"), default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    # The related managers (employer.memberships) take these methods too.
    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("joined_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("employer", "user"), condition=Q(ended_at=None), name="one_membership"),
            models.CheckConstraint(
                name="reader_does_not_sign", condition=Q(is_signatory=False) | ~Q(role=MemberRole.READER)
            ),
            models.CheckConstraint(name="member_role_known", condition=Q(role__in=MemberRole.values)),
            models.CheckConstraint(
                name="member_leaves_after_joining", condition=Q(ended_at=None) | Q(ended_at__gte=F("joined_at"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.employer_id}"


class Invitation(models.Model):
    """A colleague is asked to join. Only the SHA-256 of the secret in the link is stored."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("correo electrónico"))
    role = models.CharField(_("permiso"), max_length=6, choices=MemberRole.choices)
    is_signatory = models.BooleanField(_("puede firmar la declaración"), default=False)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-invited_at",)
        constraints = (
            # Who is invited again gets the same row with a new secret.
            models.UniqueConstraint(
                fields=("employer", "email"),
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation",
            ),
            models.CheckConstraint(name="invitation_ends_once", condition=Q(accepted_at=None) | Q(revoked_at=None)),
            models.CheckConstraint(name="invitation_role_known", condition=Q(role__in=MemberRole.values)),
            models.CheckConstraint(name="invitation_lasts", condition=Q(expires_at__gt=F("invited_at"))),
        )

    def __str__(self) -> str:
        return f"{self.employer_id} {self.role}"

    def state(self, at: dt.datetime) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.OPEN if at < self.expires_at else InvitationState.EXPIRED

    def is_open(self, at: dt.datetime) -> bool:
        return self.state(at) == InvitationState.OPEN
