"""A library of 100 and of 10,000 documents, the larger one of 40 applications; a fifth of it waits in the inbox.

The list, a search by words, what expires, the inbox, a document, and the page of a criterion: with 80 documents in both
libraries, and with 10 in the small one against 80. Run: ``python -m bench.measure_library``.
"""

from bench import harness

SIZES = (100, 10_000)
MOST = 80  # documents of one criterion
A_FILE = 250  # documents of one application
WORDS = ("Tabulador", "Política", "Acta", "Constancia", "Encuesta", "Fotografía", "Reglamento", "Carta")


def prepare(size: int) -> harness.Calls:
    from tests.certification.applications.cases import NMX
    from tests.certification.review.factories import make_case

    case = make_case("draft", name=NMX, answered=False)
    fill(case, size)
    visitor = harness.client(case.owner)
    library = f"/empresa/{case.application.employer_id}/documentos/"
    criterion = f"/empresa/solicitudes/{case.application.folio}/criterios/"
    from certification.evidence.models import Document

    newest = Document.objects.latest("pk").pk
    pages = {
        "library": library,
        "library, words": f"{library}?q=tabulador+salarial",
        "library, expiring": f"{library}?life=soon",
        "library, unused by title": f"{library}?used=-&order=title",
        "inbox": f"{library}bandeja/",
        "document": f"/empresa/documentos/{newest}/",
        "criterion with 80": f"{criterion}R01/",
        "criterion with 10, then 80": f"{criterion}R02/",
    }
    return harness.Calls({name: harness.page(visitor, address) for name, address in pages.items()})


def fill(case, size: int) -> None:  # type: ignore[no-untyped-def]
    """``size`` documents of one employer; four fifths are used, the newest wait."""
    import datetime as dt

    from django.utils import timezone

    from certification.applications.models import EvidenceUse
    from certification.evidence.analyser import stems
    from certification.evidence.models import Document, Revision
    from certification.evidence.search.models import DocumentWords

    now, who, application = timezone.now(), case.owner, case.application
    made = {"created_at": now, "created_by": who}
    documents = Document.objects.bulk_create(
        [
            Document(
                employer=application.employer, title=f"{WORDS[n % len(WORDS)]} salarial {n}", kind="other",
                issued_on=timezone.localdate() - dt.timedelta(days=n * 7 % 700), **made,
            )
            for n in range(size)
        ],
        batch_size=500,
    )  # fmt: skip
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                document=one, number=1, file=f"evidence/0/{one.pk}", original_name=f"{one.title}.pdf",
                sha256=f"{one.pk:064x}", size=1_500, media_type="application/pdf", pages=1, state="clean",
                checked_at=now, **made,
            )
            for one in documents
        ],
        batch_size=500,
    )  # fmt: skip
    filler = " ".join(f"palabra{n}" for n in range(200))
    DocumentWords.objects.bulk_create(
        [DocumentWords(document=one, stems=f" {' '.join(stems(one.title))} {filler} ") for one in documents],
        batch_size=500,
    )
    used = revisions[: size - size // 5]
    uses = [(application, "R01", one) for one in used[:MOST]] + _older(case, used[MOST:])
    uses += [(application, "R02", one) for one in used[: 10 if size < 1_000 else MOST]]
    EvidenceUse.objects.bulk_create(
        [
            EvidenceUse(application=place, item=item, document_id=one.document_id, revision=one, **made)
            for place, item, one in uses
        ],
        batch_size=500,
    )


def _older(case, revisions):  # type: ignore[no-untyped-def]
    """Uses in applications of other years, spread over the criteria."""
    from tests.certification.review.factories import make_application

    application = case.application
    codes = [part.code for part in application.standard.document.criteria]
    uses = []
    for start in range(0, len(revisions), A_FILE):
        older = make_application(application.employer, application.standard, case.body, case.reviewer, "awarded")
        some = revisions[start : start + A_FILE]
        uses += [(older, codes[n % len(codes)], one) for n, one in enumerate(some)]
    return uses


if __name__ == "__main__":
    harness.run("library", prepare, sizes=SIZES)
