"""Read the register at a cost that does not grow with it: pages by key, counts with a ceiling, a kept overview."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone

from certification.certificates.enums import CertificateStatus, PublicStatus
from certification.certificates.models import Certificate, CertificateQuerySet, CertificateSite, public_status
from employers import catalogues
from employers.figures import staff_for_public

PAGE = 25
MOST = 300  # a count stops here: «más de 300»; nobody reads further, and everybody would wait
OVERVIEW, SECONDS = "registry-overview", 300


# What a row of the list shows; the whole certificate is ten times as long.
ROW = (
    "folio", "holder", "scian", "state", "women", "men", "level", "level_title", "status", "valid_until", "issued_on",
    "is_sample",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A certificate as its row in the list shows it: no model, which would take three times as long to make."""

    row: Any  # with the attributes of ROW
    sites: list[str]  # their names
    status: PublicStatus


def rows_of(found: CertificateQuerySet) -> QuerySet[Certificate, Any]:
    """What the row of each certificate shows, and no more: see ROW."""
    return found.values_list("pk", *ROW, named=True)


def listed(rows: list[Any], today: dt.date) -> list[Listed]:
    """The rows of a page with their sites. One query."""
    keys = [row.pk for row in rows]
    sites: dict[int, list[str]] = {key: [] for key in keys}
    names = CertificateSite.objects.filter(certificate__in=keys).values_list("certificate_id", "name")
    for key, name in names.order_by("pk"):
        sites[key].append(name)
    return [Listed(row, sites[row.pk], public_status(row.status, row.valid_until, today)) for row in rows]


@dataclass(frozen=True)
class Page:
    """A slice of the register, newest first. ``newer`` and ``older`` are the keys of its neighbours, "" at the ends."""

    rows: list[Any]  # certificates, or what rows_of gives of them
    newer: str
    older: str


def page_of(found: QuerySet[Certificate, Any], *, before: str = "", after: str = "") -> Page:
    """The page that follows the key ``before`` (older), or that precedes the key ``after`` (newer); else the first.

    A key is «2026-03-16_417»: the day of issue and the row. One that is not is read as none.
    """
    older_than, newer_than = _key(before), _key(after)
    shown = found
    if newer_than and not older_than:
        on, pk = newer_than
        rows = list(
            shown.filter(issued_on__gte=on).exclude(issued_on=on, pk__lte=pk).order_by("issued_on", "pk")[: PAGE + 1]
        )
        has_newer, rows = len(rows) > PAGE, rows[:PAGE][::-1]
        return Page(rows, _name(rows[0]) if has_newer else "", _name(rows[-1]) if rows else "")
    if older_than:
        on, pk = older_than
        shown = shown.filter(issued_on__lte=on).exclude(issued_on=on, pk__gte=pk)
    rows = list(shown.order_by("-issued_on", "-pk")[: PAGE + 1])
    has_older, rows = len(rows) > PAGE, rows[:PAGE]
    return Page(rows, _name(rows[0]) if rows and older_than else "", _name(rows[-1]) if has_older else "")


def _key(text: str) -> tuple[dt.date, int] | None:
    on, _mark, pk = text.partition("_")
    try:
        return dt.date.fromisoformat(on), int(pk)
    except ValueError:
        return None


def _name(certificate: Any) -> str:
    return f"{certificate.issued_on.isoformat()}_{certificate.pk}"


def count_up_to(found: CertificateQuerySet, most: int = MOST) -> int:
    """How many there are, or ``most`` + 1 for more: the database stops counting there."""
    return found.order_by()[: most + 1].count()


@dataclass(frozen=True)
class Overview:
    """Figures of the whole register, as of ``at``: sites in force by state, certificates by year."""

    at: dt.datetime
    total: int
    in_force: int
    by_state: dict[str, int] = field(default_factory=dict)
    by_year: dict[int, int] = field(default_factory=dict)
    suspended: int = 0


def overview() -> Overview:
    """The kept overview, made again every five minutes and after each change of the register."""
    found: Overview | None = cache.get(OVERVIEW)
    if found is None:
        found = _count_all()
        cache.set(OVERVIEW, found, SECONDS)
    return found


def forget_overview() -> None:
    """Have the overview made again, once the transaction is through."""
    transaction.on_commit(lambda: cache.delete(OVERVIEW))


def _count_all() -> Overview:
    today = timezone.localdate()
    in_force = {"certificate__status": CertificateStatus.IN_FORCE, "certificate__valid_until__gte": today}
    by_state = CertificateSite.objects.filter(**in_force).values_list("state").annotate(Count("pk")).order_by()
    rows = Certificate.objects.values_list(ExtractYear("issued_on"), "status").annotate(Count("pk")).order_by()
    by_year: Counter[int] = Counter()
    suspended = 0
    for year, status, number in rows:
        by_year[year] += number
        suspended += number if status == CertificateStatus.SUSPENDED else 0
    valid = Certificate.objects.filter(status=CertificateStatus.IN_FORCE, valid_until__gte=today).count()
    return Overview(
        at=timezone.now(),
        total=sum(by_year.values()),
        in_force=valid,
        by_state=dict(by_state),
        by_year=dict(sorted(by_year.items())),
        suspended=suspended,
    )


# Every public field, in the order of the columns of padron.csv and of the keys of padron.json.
PUBLIC_FIELDS = (
    "folio", "holder", "standard_code", "standard_slug", "standard_version", "level", "level_title", "sector", "scian",
    "size", "state", "state_name", "sites", "women", "men", "body", "issued_on", "valid_until", "status", "status_on",
    "status_reason", "is_sample", "digest", "pdf_sha256",
)  # fmt: skip


def public_rows(found: CertificateQuerySet) -> Iterator[dict[str, Any]]:
    """All public fields of each certificate, newest first, in pieces: the memory used does not grow."""
    today = timezone.localdate()
    rows = found.select_related("standard", "body").defer("data", "standard__content")
    rows = rows.prefetch_related("sites", "status_changes").order_by("-issued_on", "-pk")
    for certificate in rows.iterator(chunk_size=500):
        yield public_row(certificate, today)


def public_row(certificate: Certificate, today: dt.date) -> dict[str, Any]:
    changes = list(certificate.status_changes.all())
    last = changes[-1] if changes else None
    women, men = staff_for_public(certificate.women, certificate.men)
    return {
        "folio": certificate.folio,
        "holder": certificate.holder,
        "standard_code": certificate.standard.code,
        "standard_slug": certificate.standard_slug,
        "standard_version": certificate.standard.version,
        "level": certificate.level,
        "level_title": certificate.level_title,
        "sector": certificate.sector,
        "scian": certificate.scian,
        "size": certificate.size,
        "state": certificate.state,
        "state_name": catalogues.state(certificate.state).name,
        "sites": _sites(certificate),
        "women": women,
        "men": men,
        "body": certificate.body.name,
        "issued_on": certificate.issued_on.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
        "status": certificate.public_status(today).value,
        "status_on": last.on.isoformat() if last else None,
        "status_reason": last.reason if last else "",
        "is_sample": certificate.is_sample,
        "digest": certificate.digest,
        "pdf_sha256": certificate.pdf_sha256,
    }


def _sites(certificate: Certificate) -> list[dict[str, str]]:
    return [
        {"name": site.name, "state": site.state, "municipality": site.municipality} for site in certificate.sites.all()
    ]
