"""The first preview page of a PDF of 200 pages through our view, nothing kept, against bare pypdfium2.

Run: ``python -m bench.measure_preview``. The floor opens the same file, renders the same page at the same size and
writes it as PNG, in a process that has pypdfium2 loaded. Told beside it, and not judged: the floor with the JPEG that
we write, without writing anything, and in a process of its own; and the first picture of a server just started.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import harness

PAGES = 200
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "12"))
LIMIT = 2
ALONE = "import sys; from bench.measure_preview import bare; bare(sys.argv[1], 'PNG')"
PARAGRAPH = "<p>La política de igualdad laboral y no discriminación se aplica a quienes trabajan aquí. "


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ |= {"VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "DEBUG": "false"}
        os.environ |= {"LOG_LEVEL": "CRITICAL", "DEMO": "false", "DJANGO_SETTINGS_MODULE": "config.settings"}
        harness.prepare_django(lambda _size: harness.Calls({}), 0)
        measure(Path(folder))


def measure(folder: Path) -> None:
    content = document()
    path = folder / "document.pdf"
    path.write_bytes(content)
    ours, started = prepare(content)
    calls: dict[str, Callable[[], object]] = {
        "ours": ours,
        "floor": lambda: bare(str(path), "PNG"),
        "the same with JPEG": lambda: bare(str(path), "JPEG"),
        "the same without writing a picture": lambda: bare(str(path), ""),
        "the floor in a process of its own": lambda: alone(str(path)),
    }
    best = dict.fromkeys(calls, 1e9)
    for _ in range(ROUNDS):  # in turn: a busy moment slows all alike
        for name, call in calls.items():
            best[name] = min(best[name], clock(call))
    print(f"preview, first page of {PAGES}: {best['ours']:.1f} ms; {started:.0f} ms right after the server started")
    harness.tell(f"bare render and PNG: {best['floor']:.1f} ms", best["ours"] / best["floor"], LIMIT)
    for name in list(calls)[2:]:
        harness.tell(f"{name}: {best[name]:.1f} ms", best["ours"] / best[name], None)


def document() -> bytes:
    """Ten pages of text, twenty times."""
    import pikepdf
    import weasyprint

    page = f"<h1>Acta</h1>{PARAGRAPH * 40}"
    body = f'<div style="break-after:page">{page}</div>' * 9 + page
    made = weasyprint.HTML(string=f"<meta charset=utf-8><style>@page{{size:Letter}}</style>{body}").write_pdf()
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as ten, pikepdf.new() as long:
        for _ in range(PAGES // len(ten.pages)):
            long.pages.extend(ten.pages)
        long.save(out)
    return out.getvalue()


def prepare(content: bytes) -> tuple[Callable[[], None], float]:
    """A call of our view with nothing kept, and how long the very first took, which starts the process that draws."""
    from django.core.files.storage import default_storage
    from django.urls import reverse
    from django.utils import timezone

    from certification.evidence import actions, drawing, previews
    from tests.certification.evidence.factories import upload
    from tests.employers.factories import MembershipFactory

    member = MembershipFactory()
    revision = actions.add_document(member.employer, upload("Acta.pdf", content), actor=member.user, at=timezone.now())
    visitor = harness.client(member.user)
    get = harness.page(visitor, reverse("document_page", args=[revision.document_id, 1, 1]))
    name = f"{previews.FOLDER}/{revision.file}/1"

    def cold() -> None:
        default_storage.delete(name)
        get()

    get()
    drawing._drawer.close()
    return cold, clock(cold)


def bare(path: str, kind: str) -> None:
    """What the view must do at least: open, render and, where a kind is given, write the picture."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as opened:
        opened.init_forms()
        page = opened[0]
        picture = page.render(scale=min(1_600 / 727, 1_600 / max(page.get_size())), rev_byteorder=True).to_pil()
        if kind:
            options = {"quality": 85} if kind == "JPEG" else {}
            picture.save(io.BytesIO(), kind, **options)


def alone(path: str) -> None:
    subprocess.run([sys.executable, "-c", ALONE, path], check=True, cwd=harness.ROOT)


def clock(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main()
