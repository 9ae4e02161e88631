"""Issue one certificate, and one receipt (render, sign, store, register), against bare WeasyPrint renders of the same.

Each has one FontConfiguration for all rounds. The bare render is HTML(string).write_pdf with the same style, files
and options, and nothing else. Prints the ratio (at most 1.6). Run it as ``python -m bench.measure_issue_certificate``.
"""

import os
import sys
import tempfile
import time
from functools import cache
from io import StringIO
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9


def main() -> None:
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="bench-issue-") as folder:
        os.environ.update(
            VAR_DIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3",
            SIGNER_DIR=f"{folder}/signer",
            LOG_LEVEL="ERROR",
            DJANGO_SETTINGS_MODULE="config.settings",
        )
        os.environ.pop("STORAGE_URL", None)
        import django

        django.setup()
        measure()


def measure() -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from accounts.models import User
    from certification.certificates import actions
    from certification.certificates.certified import Certified, sheet_of
    from certification.certificates.pdf import paper_of as certificate_paper
    from tests.accounts.factories import UserFactory
    from tests.certification.certificates.factories import decided_application

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("make_dev_signer", stdout=StringIO())
    manager: User = UserFactory(manager=True)
    applications, now = [decided_application(sites=3) for _ in range(ROUNDS + 1)], timezone.now()
    actions.issue_certificate(applications[0], actor=manager, at=now)  # loads fonts and key
    time_receipt(applications[0], now)  # loads its style
    certificates, receipts = [], []
    # In turns, so that a busy moment of the machine slows both; each paper is compared with itself.
    for application in applications[1:]:
        issue = clock(lambda one=application: actions.issue_certificate(one, actor=manager, at=now))
        sheet = sheet_of(Certified(application.certificate.data), at=now)
        certificates.append((issue, clock(bare_render(certificate_paper(sheet)))))
        receipts.append(time_receipt(application, now))
    print("SQLite and local folder")
    tell("issue one certificate with three sites", certificates, " (at most 1.6)")
    tell("make one receipt", receipts)


def time_receipt(application, now) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    from certification.applications.receipts.actions import make_receipt
    from certification.applications.receipts.pdf import paper_of

    submission = application.submissions.select_related("application__standard").get()
    made = clock(lambda: make_receipt(submission, at=now))
    return made, clock(bare_render(paper_of(submission.receipt.data)))


def tell(what: str, times: list[tuple[float, float]], limit: str = "") -> None:
    ours, bare = (min(column) for column in zip(*times, strict=True))
    ratio = median(one / render for one, render in times)
    print(f"  {what}: bare render {bare:.0f} ms, ours {ours:.0f} ms, ratio {ratio:.2f}{limit}")


def bare_render(paper):  # type: ignore[no-untyped-def]
    """The same page without us: the same HTML, style, drawings and options, made ready beforehand."""
    from weasyprint import HTML

    from certification.papers import render as papers

    fonts, css = style(paper.style)
    drawings, attachments = papers.drawn(paper), papers.attachments(paper)

    def render() -> bytes | None:
        document = HTML(string=paper.html, url_fetcher=papers.ClosedFetcher(drawings))
        return document.write_pdf(
            font_config=fonts,
            stylesheets=[css],
            attachments=attachments,
            pdf_variant="pdf/a-3u",
            pdf_tags=True,
        )

    return render


@cache
def style(name):  # type: ignore[no-untyped-def]
    """A font configuration and style sheet of its own, kept like ours."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    from certification.papers import render as papers

    fonts, fetcher = FontConfiguration(), papers.ClosedFetcher(papers.font_assets())
    text = papers.faces_text() + papers.style_text(name)
    return fonts, CSS(string=text, font_config=fonts, url_fetcher=fetcher)


def clock(call) -> float:  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
