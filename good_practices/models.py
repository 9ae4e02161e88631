"""Good practices that certified employers prove."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from certification.certificates.models import Certificate
from employers import catalogues
from employers.enums import Sector
from employers.models import Employer
from good_practices import topics
from good_practices.enums import PracticeState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class PracticeQuerySet(models.QuerySet["Practice"]):
    def published(self) -> PracticeQuerySet:
        return self.filter(state=PracticeState.PUBLISHED)

    def visible_to(self, user: User | AnonymousUser) -> PracticeQuerySet:
        """What is published, what is of the person's employers, and, for editors, what was proposed."""
        seen = Q(state=PracticeState.PUBLISHED)
        if user.is_authenticated and user.is_active:
            seen |= Q(employer__in=Employer.objects.visible_to(user).order_by().values("pk"))
            if user.has_role(Role.EDITOR):
                # What was never proposed is the employer's alone, also after it was withdrawn.
                seen |= Q(consented_at__isnull=False) & ~Q(state=PracticeState.DRAFT)
        return self.filter(seen)


class Practice(models.Model):
    slug = models.SlugField(max_length=90, unique=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="practices")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="practices")
    # A draft saves anything: what is missing is asked for when it is proposed, and the database asks when published.
    title = models.CharField(_("título"), max_length=150, blank=True)
    topic = models.CharField(_("tema"), max_length=40, blank=True)
    subtopic = models.CharField(_("subtema"), max_length=40, blank=True)
    problem = models.TextField(_("cuál era el problema"), blank=True)
    action = models.TextField(_("qué se hizo"), blank=True)
    cost = models.TextField(_("qué costó"), blank=True)
    result = models.TextField(_("qué se logró"), blank=True)
    state = models.CharField(max_length=10, choices=PracticeState.choices, default=PracticeState.DRAFT)
    version = models.PositiveIntegerField(default=0)  # makes one of two concurrent changes lose
    # Facets, as they were when the certificate was issued.
    entity = models.CharField(_("entidad"), max_length=2)
    sector = models.CharField(max_length=10)
    size = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    consented_at = models.DateTimeField(null=True, blank=True)
    consented_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    comment = models.TextField(_("comentario de edición"), blank=True)

    objects: ClassVar[models.Manager[Practice]] = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        indexes = (models.Index(fields=("state", "-published_at", "-id"), name="practice_newest"),)
        constraints = (
            models.CheckConstraint(name="practice_state_known", condition=Q(state__in=PracticeState.values)),
            models.CheckConstraint(
                name="published_practice_has_consent",
                condition=~Q(state=PracticeState.PUBLISHED)
                | Q(
                    consented_at__isnull=False,
                    consented_by__isnull=False,
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="published_practice_is_whole",
                condition=~Q(state=PracticeState.PUBLISHED)
                | (
                    ~Q(title="")
                    & ~Q(topic="")
                    & ~Q(subtopic="")
                    & ~Q(problem="")
                    & ~Q(action="")
                    & ~Q(cost="")
                    & ~Q(result="")
                ),
            ),
            models.CheckConstraint(
                name="returned_practice_has_comment", condition=~Q(state=PracticeState.RETURNED) | ~Q(comment="")
            ),
        )

    def __str__(self) -> str:
        return self.title or str(_("Práctica sin título"))

    @property
    def topic_title(self) -> str:
        return topics.topic_title(self.topic)

    @property
    def subtopic_title(self) -> str:
        return topics.subtopic_title(self.subtopic)

    @property
    def topic_said(self) -> str:
        """In the reader's language, as pages show it; other programs get the Spanish title."""
        return topics.topic_said(self.topic)

    @property
    def subtopic_said(self) -> str:
        return topics.subtopic_said(self.subtopic)

    @property
    def proof_word(self) -> str:
        """«Comprobada para un certificado en 2026»: the year in which the certificate that proves it was issued."""
        return str(_("Comprobada para un certificado de %(year)s") % {"year": self.certificate.issued_on.year})

    @property
    def state_name(self) -> str:
        """The federal state (entidad) in words."""
        return catalogues.state(self.entity).name

    @property
    def sector_title(self) -> str:
        return str(Sector(self.sector).label)

    @property
    def size_title(self) -> str:
        return catalogues.strata()[self.size].title


class PracticeEntry(models.Model):
    """A published practice in the search. The key grows with every publication: a higher one is newer.

    The row is narrow on purpose: facets are counted on it, far from the long texts.
    """

    practice = models.OneToOneField(Practice, models.CASCADE, related_name="entry")
    topic = models.CharField(max_length=40)
    subtopic = models.CharField(max_length=40)
    entity = models.CharField(max_length=2)
    sector = models.CharField(max_length=10)
    size = models.CharField(max_length=10)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.pk} {self.topic}"


class EntryTokens(models.Model):
    """The tokens of an entry, separated by spaces. Each database keeps its own index of this column (migration 0003).

    On SQLite triggers feed an FTS5 table: a later migration that remakes this table must make them again.
    """

    entry = models.OneToOneField(PracticeEntry, models.CASCADE, primary_key=True, related_name="tokens")
    tokens = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)


class SearchWord(models.Model):
    """A word that the published practices use, as they write it: «¿Quisiste decir…?» is answered from here."""

    word = models.CharField(max_length=40, unique=True)
    stem = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return self.word
