"""Documents of an employer and their immutable revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, StrIndex
from django.utils.translation import gettext_lazy as _

from certification.evidence.enums import (
    REFUSED,
    USABLE,
    Derivation,
    DocumentKind,
    DocumentLanguage,
    RevisionState,
    TextState,
)
from employers.models import Employer

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User | AnonymousUser) -> DocumentQuerySet:
        """Documents of the person's employers. Staff reach a document through its use in an application."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(employer__memberships__user=user, employer__memberships__ended_at=None)

    def with_a_file(self) -> DocumentQuerySet:
        """Those that can be attached: the others have refused files only."""
        return self.filter(Exists(Revision.objects.usable().filter(document=OuterRef("pk"))))

    def undecided(self) -> DocumentQuerySet:
        """Those that ask for a decision on the personal data in the file that others would see."""
        usable = Revision.objects.usable()
        later = usable.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
        asking = Revision.objects.undecided().filter(~Exists(later), document=OuterRef("pk"))
        return self.filter(Exists(asking))


class Document(models.Model):
    """A document that proves something, used in any number of criteria, workplaces and years."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="documents")
    title = models.CharField(_("título"), max_length=200)
    kind = models.CharField(_("tipo"), max_length=12, choices=DocumentKind.choices, default=DocumentKind.OTHER)
    issued_on = models.DateField(_("emitido el"), null=True, blank=True)
    proves_from = models.DateField(_("prueba desde"), null=True, blank=True)
    proves_until = models.DateField(_("prueba hasta"), null=True, blank=True)
    language = models.CharField(
        _("idioma"), max_length=10, choices=DocumentLanguage.choices, default=DocumentLanguage.SPANISH
    )
    signatory = models.CharField(_("quién lo firma"), max_length=150, blank=True)
    note = models.TextField(_("nota"), max_length=1_000, blank=True)
    is_confidential = models.BooleanField(_("confidencial"), default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)  # of what is said of it: the second of two editors sees both texts

    objects: ClassVar[models.Manager[Document]] = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("employer", "-created_at", "-id"), name="document_library"),)
        constraints = (
            models.CheckConstraint(
                name="document_period_in_order",
                condition=Q(proves_from=None) | Q(proves_until=None) | Q(proves_from__lte=F("proves_until")),
                violation_error_message=_("El periodo termina antes de empezar. Revisa las dos fechas."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def newest(self) -> Revision | None:
        """The revision that came last; read it with ``prefetch_related("revisions")`` in lists."""
        return next(iter(self.revisions.all()), None)

    @property
    def asks_for_decision(self) -> bool:
        """Whether the file that others would see shows personal data; read it like ``usable`` in lists."""
        return self.usable is not None and self.usable.asks_for_decision

    @property
    def usable(self) -> Revision | None:
        """The newest revision in which nothing was found: the one that counts as evidence."""
        return next((one for one in self.revisions.all() if one.state in USABLE), None)


class Format(Func):
    """A text with values in it; one call, for SQLite reads no deep nest of concatenations."""

    function = "FORMAT"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra_context: Any) -> Any:
        return self.as_sql(compiler, connection, function="PRINTF", **extra_context)


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest(self) -> RevisionQuerySet:
        """The last revision of each document."""
        later = Revision.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def last_uploaded(self) -> RevisionQuerySet:
        """The same, and the one before it where the last is its masked copy: what the employer has as the last."""
        copy = Q(derived_from=OuterRef("pk"), derivation=Derivation.MASKED)
        later = Revision.objects.filter(~copy, document=OuterRef("document"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def usable(self) -> RevisionQuerySet:
        """Those in which nothing was found, or nothing yet."""
        return self.filter(state__in=USABLE)

    def with_bare_marks(self) -> RevisionQuerySet:
        """With something that the employer marked and that the last clean masked copy does not cover."""
        copies = Revision.objects.filter(
            derived_from=OuterRef("pk"), derivation=Derivation.MASKED, state=RevisionState.CLEAN
        ).order_by("-number")
        covered = Subquery(copies.values(told=Cast("covered", TextField()))[:1])
        # As JSON writes a mark within ``covered``, on both databases: [1, 1000, 2000, 3000, 4000]
        sides = (f"regions__{name}" for name in ("page", "left", "top", "width", "height"))
        told = Format(Value("[%s, %s, %s, %s, %s]"), *sides)
        marked = self.filter(regions__isnull=False).annotate(covered_text=Coalesce(covered, Value("")))
        return marked.annotate(mark_at=StrIndex("covered_text", told)).filter(mark_at=0)

    def undecided(self) -> RevisionQuerySet:
        """With what others should not see: personal data that the employer neither covered nor said why they must be
        seen, or marks of the employer that no copy covers, be they on the file or on the original of a masked one.
        """
        masked = Revision.objects.filter(
            derived_from=OuterRef("pk"), derivation=Derivation.MASKED, state=RevisionState.CLEAN
        )
        bare = Revision.objects.with_bare_marks()
        found = Q(needed_whole="") & ~Q(personal_data=[]) & ~Exists(masked)
        of_original = Q(derivation=Derivation.MASKED) & Exists(bare.filter(pk=OuterRef("derived_from")))
        return self.filter(found | Exists(bare.filter(pk=OuterRef("pk"))) | of_original, state=RevisionState.CLEAN)

    def unread(self) -> RevisionQuerySet:
        """Clean ones whose words nobody looked through yet."""
        return self.filter(state=RevisionState.CLEAN, text_state="")

    def waiting(self) -> RevisionQuerySet:
        """Those that nobody looked through yet."""
        return self.filter(state=RevisionState.QUARANTINED)


class Revision(models.Model):
    """One file of a document, as it came, or a web page as it was seen. No hash, no revision.

    Its content never changes. It waits in quarantine until the checks say what it is (evidence.checking).
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    file = models.CharField(max_length=200)  # name in the default storage
    original_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=RevisionState.choices, default=RevisionState.QUARANTINED)
    checked_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)  # when its checks could not be made: it waits for the next
    reason = models.CharField(max_length=300, blank=True)  # why it was refused, in words for the employer
    remedy = models.CharField(max_length=300, blank=True)
    can_be_cleaned = models.BooleanField(default=False)  # refused for what can be taken out of it
    scanner = models.CharField(max_length=120, blank=True)  # program and signatures that found no virus; "": none asked
    scanned_at = models.DateTimeField(null=True, blank=True)
    link = models.URLField(max_length=500, blank=True)  # of a web page; the portal never asks for it
    seen_on = models.DateField(null=True, blank=True)  # when the employer saw that page
    has_place = models.BooleanField(default=False)  # a photograph that says where it was taken
    personal_data = models.JSONField(default=list, blank=True)  # kinds and pages of what was found, never the data
    text_state = models.CharField(max_length=6, choices=TextState.choices, blank=True)
    needed_whole = models.CharField(max_length=300, blank=True)  # why personal data must be seen: the employer's words
    mask_asked_at = models.DateTimeField(null=True, blank=True)  # the employer asked for a copy with them covered
    mask_fault = models.CharField(max_length=300, blank=True)  # why there is none, in words for the employer
    derived_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="derived")
    derivation = models.CharField(max_length=13, choices=Derivation.choices, blank=True)
    covered = models.JSONField(default=list, blank=True)  # of a masked copy: what was marked by hand (regions.models)

    objects: ClassVar[models.Manager[Revision]] = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        indexes = (
            models.Index(fields=("sha256",), name="revision_content"),
            models.Index(fields=("file",), name="revision_blob"),
            models.Index(fields=("created_at",), name="revision_waiting", condition=Q(state="quarantined")),
        )
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="revision_number_once"),
            models.CheckConstraint(name="revision_has_content", condition=Q(size__gt=0) & ~Q(sha256="")),
            models.CheckConstraint(name="revision_state_known", condition=Q(state__in=RevisionState.values)),
            models.CheckConstraint(
                name="revision_settled_once_checked",
                condition=Q(state=RevisionState.QUARANTINED, checked_at=None)
                | ~Q(state=RevisionState.QUARANTINED) & Q(checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="revision_refused_with_reason",
                condition=Q(state__in=REFUSED) & ~Q(reason="") & ~Q(remedy="") | Q(state__in=USABLE, reason=""),
            ),
            models.CheckConstraint(
                name="revision_scan_has_date",
                condition=Q(scanner="", scanned_at=None) | ~Q(scanner="") & Q(scanned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="revision_link_has_date",
                condition=Q(link="", seen_on=None) | ~Q(link="") & Q(seen_on__isnull=False),
            ),
            models.CheckConstraint(
                name="revision_derived_from_another",
                condition=Q(derived_from=None, derivation="") | Q(derived_from__isnull=False) & ~Q(derivation=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number}"

    @property
    def is_clean(self) -> bool:
        return self.state == RevisionState.CLEAN

    @property
    def is_refused(self) -> bool:
        return self.state in REFUSED

    @property
    def asks_for_decision(self) -> bool:
        """Whether personal data were found of which the employer did not say yet why they must be seen."""
        return self.is_clean and bool(self.personal_data) and not self.needed_whole

    @property
    def masked(self) -> Revision | None:
        """The copy in which personal data are covered; read it with ``prefetch_related("derived")`` in lists."""
        copies = [one for one in self.derived.all() if one.derivation == Derivation.MASKED and one.is_clean]
        return copies[0] if copies else None

    @property
    def shown(self) -> Revision:
        """What others than the employer see: the original is sealed once there is a copy without personal data."""
        return self.masked or self

    @property
    def extension(self) -> str:
        """«PDF», «XLSX»: what people call the type by. It was checked against the content."""
        return self.original_name.rpartition(".")[2].upper()
