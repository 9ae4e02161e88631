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
    from certification.applications.models import EvidenceUse

    revisions = _documents(case, size)
    used = revisions[: size - size // 5]
    uses = [(case.application, "R01", one) for one in used[:MOST]] + _older(case, used[MOST:])
    uses += [(case.application, "R02", one) for one in used[: 10 if size < 1_000 else MOST]]
    rows = [
        EvidenceUse(application=place, item=item, document_id=one.document_id, revision=one, **_made(case))
        for place, item, one in uses
    ]
    EvidenceUse.objects.bulk_create(rows, batch_size=500)


def _made(case):  # type: ignore[no-untyped-def]
    from django.utils import timezone

    return {"created_at": timezone.now(), "created_by": case.owner}


def _documents(case, size: int):  # type: ignore[no-untyped-def]
    """Documents with a checked file and two hundred words each; return their revisions."""
    import datetime as dt

    from certification.evidence.analyser import stems
    from certification.evidence.models import Document, Revision
    from certification.evidence.search.models import DocumentWords

    made, employer = _made(case), case.application.employer
    today, filler = made["created_at"].date(), " ".join(f"palabra{n}" for n in range(200))
    documents, revisions, words = [], [], []
    for n in range(size):
        title, day = f"{WORDS[n % len(WORDS)]} salarial {n}", today - dt.timedelta(days=n * 7 % 700)
        one = Document(employer=employer, title=title, issued_on=day, **made)
        said = {"file": f"evidence/0/{n}", "original_name": f"{title}.pdf", "sha256": f"{n:064x}", "size": 1_500}
        checked = {"media_type": "application/pdf", "pages": 1, "state": "clean", "checked_at": made["created_at"]}
        documents.append(one)
        revisions.append(Revision(document=one, number=1, **said, **checked, **made))
        words.append(DocumentWords(document=one, stems=f" {' '.join(stems(title))} {filler} "))
    for kind, rows in ((Document, documents), (Revision, revisions), (DocumentWords, words)):
        kind.objects.bulk_create(rows, batch_size=500)
    return revisions


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
