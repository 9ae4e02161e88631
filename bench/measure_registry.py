"""The register with 1,000 and with 100,000 certificates. Run: ``python -m bench.measure_registry``.

Every page at both sizes; and the rows of the first page and of a name, as the view gets them, against the best SQL by
hand whose rows are made into dictionaries.
"""

import datetime as dt
import random
from types import SimpleNamespace
from typing import Any

from bench import harness

SEARCHES = (
    "", "antes=2024-06-01_500", "entidad=19", "nivel=oro&tam=grande", "estado=in_force", "anio=2024", "q=hospital",
    "q=muestra 999", "q=hospital fabrica", "q=de mues hosp", "q=zzzz",
)  # fmt: skip
NAMES = ("Hospital", "Fábrica", "Universidad", "Cooperativa")
LEVELS = (("oro", "Oro"), ("plata", "Plata"), ("simple", "Certificado"))
BY_HAND = """
    SELECT c.id, c.folio, c.holder, c.scian, c.state, c.women, c.men, c.level, c.level_title, c.status, c.valid_until,
           c.issued_on, c.is_sample, s.id AS site, s.name
    FROM (SELECT * FROM certification_certificate ORDER BY issued_on DESC, id DESC LIMIT 26) c
    JOIN certification_certificatesite s ON s.certificate_id = c.id
    ORDER BY c.issued_on DESC, c.id DESC, s.id
"""


def prepare(size: int) -> harness.Calls:
    from certification.certificates.models import Certificate
    from certification.certificates.registry import listed, page_of, rows_of

    make_certificates(0, size)
    visitor = harness.client()

    def rows() -> list[Any]:
        return listed(page_of(rows_of(Certificate.objects.all())).rows, dt.date(2026, 1, 1))

    assert [one.row.folio for one in rows()] == [row["folio"] for row in by_hand()[:25]]
    pages = {f"page «{search or 'first'}»": harness.page(visitor, f"/padron/?{search}") for search in SEARCHES}
    views = {"first page": harness.against_minimal_view(visitor, "/padron/", page_by_hand)}
    return harness.Calls(pages, {"rows of the first page": (rows, by_hand)}, views)


def by_hand() -> list[dict[str, Any]]:
    found: dict[object, dict[str, Any]] = {}
    for row in harness.fetch(BY_HAND):
        found.setdefault(row["id"], row | {"sites": []})["sites"].append(row["name"])
    return list(found.values())


def page_by_hand() -> dict[str, object]:
    """What the template of the register gets from the rows by hand."""
    from django.utils import timezone

    from certification.certificates.models import public_status
    from certification.certificates.registry import Listed, Page

    rows = [SimpleNamespace(**row) for row in by_hand()]
    shown, today = rows[:25], timezone.localdate()
    listed = [Listed(row, row.sites, public_status(row.status, row.valid_until, today)) for row in shown]
    return {"rows": listed, "page": Page(shown, "", f"{shown[-1].issued_on}_{shown[-1].id}")}


def make_certificates(first: int, last: int) -> None:
    """Certificates of eight years over all states, in bulk: no files, one or two sites each."""
    from certification.certificates.models import Certificate
    from certification.certificates.names import index_names
    from tests.certification.certificates.factories import AT, CertificateFactory
    from tests.employers.factories import WorkplaceFactory

    pattern = Certificate.objects.first() or CertificateFactory(issued_on=dt.date(2019, 1, 1), number=999_999_999)
    workplaces = (pattern.sites.first().workplace_id, WorkplaceFactory(employer=pattern.employer).pk)
    rng = random.Random(first)
    common = {
        "employer_id": pattern.employer_id, "standard_id": pattern.standard_id, "body_id": pattern.body_id,
        "standard_slug": pattern.standard_slug, "scian": "31-33", "issued_at": AT, "issued_by_id": pattern.issued_by_id,
        "data": pattern.data, "women": 12, "men": 18,
    }  # fmt: skip
    for start in range(first, last, 5_000):
        numbers = range(start, min(start + 5_000, last))
        applications = make_applications(pattern, numbers)
        certificates = Certificate.objects.bulk_create(
            certificate_of(number, application, common, rng)
            for number, application in zip(numbers, applications, strict=True)
        )
        index_names(certificates)
        make_sites(certificates, workplaces, rng)


def certificate_of(number: int, application, common: dict[str, Any], rng: random.Random):  # type: ignore[no-untyped-def]
    from certification.certificates.models import Certificate, fold
    from employers import catalogues

    on = dt.date(2019, 1, 1) + dt.timedelta(days=rng.randrange(2_870))
    holder, (level, title) = f"{rng.choice(NAMES)} de muestra {number}", rng.choice(LEVELS)
    return Certificate(
        folio=f"NMX25-{on.year}-{number:06d}", application=application, holder=holder, holder_folded=fold(holder),
        level=level, level_title=title, sector="privado", size=rng.choice(list(catalogues.strata())),
        state=rng.choice(list(catalogues.states())), issued_on=on, valid_until=on.replace(day=1, year=on.year + 4),
        digest=f"{number:064x}", pdf=str(number), pdf_sha256=f"{number:064x}", **common,
    )  # fmt: skip


def make_applications(pattern, numbers):  # type: ignore[no-untyped-def]
    from certification.applications.enums import State
    from certification.applications.models import Application
    from tests.certification.certificates.factories import AT

    return Application.objects.bulk_create(
        Application(
            folio=f"B-{number}", employer_id=pattern.employer_id, standard_id=pattern.standard_id,
            body_id=pattern.body_id, state=State.AWARDED, created_at=AT, state_since=AT, submitted_at=AT, saved_at=AT,
            created_by_id=pattern.issued_by_id, reviewer_id=pattern.issued_by_id,
        )
        for number in numbers
    )  # fmt: skip


def make_sites(rows, workplaces, rng) -> None:  # type: ignore[no-untyped-def]
    from certification.certificates.models import CertificateSite
    from employers import catalogues

    keys = list(catalogues.states())
    CertificateSite.objects.bulk_create(
        (
            CertificateSite(
                certificate=row, workplace_id=workplace, name="Planta", state=state, municipality=f"{state}001"
            )
            for row in rows
            for workplace, state in zip(workplaces, (row.state, rng.choice(keys)), strict=True)
        ),
        batch_size=5_000,
    )


if __name__ == "__main__":
    harness.run("registry", prepare)
