"""Peak memory of the spreadsheet: 200 criteria and 40 workplaces that all answer otherwise, against 1 and 1.

Export, and import (reading the sheet with every claim changed, keeping it, its page, and confirming that page), each in
a process of its own. What is told is the most that the process ever had resident (VmHWM): the trees of lxml, SQLite and
zlib count, which tracemalloc does not see; ru_maxrss would count what the parent had before the process began.

Run: ``python -m bench.measure_spreadsheet``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"1 × 1": (1, 1), "200 × 40": (200, 40)}
PHASES = ("export", "import")
LIMIT = 3
YES = re.compile(rb'(<c r="E\d+"[^>]*><is><t>)S&#237;(?=</t>)')


def main() -> None:
    sys.path.insert(0, str(ROOT))
    if len(sys.argv) > 1:
        work(sys.argv[1], SIZES[sys.argv[2]])
        return
    print("spreadsheet, peak memory of the process: 1 criterion and 1 workplace → 200 and 40")
    with tempfile.TemporaryDirectory(prefix="bench-spreadsheet-") as folder:
        small, large = (measured(folder, name) for name in SIZES)
    for phase, few, many in zip(PHASES, small, large, strict=True):
        ratio = many[0] / few[0]
        verdict = "ok" if ratio <= LIMIT else "MISSED"
        print(f"  {phase}: {few[0]:.0f} → {many[0]:.0f} MB, ratio {ratio:.2f} (at most {LIMIT}) {verdict}")
        print(f"    of it above the idle process: {few[1]:.1f} → {many[1]:.1f} MB")
        print(f"    seconds of the processor: {few[2]:.1f} → {many[2]:.1f}")


def measured(folder: str, name: str) -> list[list[float]]:
    """For each phase: most MB, MB above the idle process, seconds of the processor."""
    own = Path(folder) / name.replace(" ", "")
    own.mkdir()
    settings = {"VAR_DIR": str(own), "DATABASE_URL": f"sqlite:///{own}/bench.sqlite3", "LOG_LEVEL": "ERROR"}
    environment = {**os.environ, **settings, "DEMO": "true", "DJANGO_SETTINGS_MODULE": "config.settings"}

    def run(phase: str) -> str:
        command = [sys.executable, "-m", "bench.measure_spreadsheet", phase, name]
        return subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout

    run("prepare")
    exported = run("export")
    change(own)
    return [[float(value) for value in told.split()] for told in (exported, run("import"))]


def work(phase: str, size: tuple[int, int]) -> None:
    import django

    django.setup()
    if phase == "prepare":
        prepare(*size)
        return
    from django.utils import timezone

    from certification.applications.models import Application

    application = Application.objects.select_related("standard", "employer").get()
    assert application.standard.document.criteria  # a server has read it long before
    folder, begin, idle = Path(os.environ["VAR_DIR"]), time.process_time(), peak()
    if phase == "export":
        with (folder / "out.xlsx").open("wb") as file:
            write(application, file, timezone.now())
    else:
        import_back(application, folder / "back.xlsx", timezone.now())
    print(peak(), peak() - idle, time.process_time() - begin)


def peak() -> float:
    """Most megabytes that this process ever had resident."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def write(application: Any, file: Any, at: Any) -> None:
    from certification.applications.spreadsheet.export import write as export

    export(application, file, at=at)


def change(folder: Path) -> None:
    """Every «Sí» of a claim becomes «En parte», part by part."""
    with zipfile.ZipFile(folder / "out.xlsx") as source, zipfile.ZipFile(folder / "back.xlsx", "w", 8) as target:
        for name in source.namelist():
            content = source.read(name)
            is_claims = name in {"xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"}
            target.writestr(name, YES.sub(rb"\1En parte", content) if is_claims else content)


def import_back(application: Any, path: Path, at: Any) -> None:
    from certification.applications.spreadsheet import actions
    from certification.applications.spreadsheet.changes import lines
    from certification.applications.spreadsheet.reading import read

    with path.open("rb") as file:
        found = read(file, path.name, application)
    assert found.changes
    said = {"actor": application.created_by, "at": at}
    upload = actions.keep_upload(application, path.name, found, **said)
    shown = lines(application, actions.changes_of(upload)[: actions.SHOWN])
    ticked = {line.number: line.seen for line in shown}
    outcome = actions.apply_changes(upload, application, version=1, ticked=ticked, **said)
    assert outcome.applied == len(shown)


def prepare(criteria: int, places: int) -> None:
    from django.core.management import call_command

    from bench.measure_scoring import large
    from certification.applications.models import Answer, LocalAnswer

    call_command("migrate", verbosity=0)
    application = open_draft(large(criteria), places)
    workplaces = list(application.workplaces.all())
    for criterion in application.standard.document.criteria:
        claims = {line.code: "met" for line in criterion.sub_items or (criterion,)}
        said = {"application": application, "criterion": criterion.code, "claims": claims, "version": 1}
        said |= {"note": "Así se hace, desde hace años. " * 10}
        said |= {"updated_at": application.created_at, "updated_by": application.created_by}
        Answer.objects.create(**said)
        if places > 1:
            LocalAnswer.objects.bulk_create(LocalAnswer(workplace=one, **said) for one in workplaces)


def open_draft(document: Any, places: int) -> Any:
    from django.utils import timezone

    from accounts.models import User
    from certification.applications.actions import open_application
    from certification.standards.document import canonical_data, fingerprint
    from certification.standards.models import Standard
    from employers.actions.employers import create_employer
    from employers.models import Workplace

    # Not by publishing, which would ask the made-up criteria to add up.
    at, named = timezone.now(), {name: getattr(document, name) for name in ("code", "slug", "version", "title", "kind")}
    stored = {"fingerprint": fingerprint(document), "content": canonical_data(document), "published_at": at}
    standard = Standard.objects.create(**named, **stored)
    owner = User.objects.create_user("medida@ejemplo.mx")
    said = {"legal_name": "Medida", "rfc_text": "GEM151009AAA", "sector": "privado", "scian": "54"}
    employer = create_employer(actor=owner, at=at, **said)
    site = {"state": "14", "municipality": "14039", "women": 5, "men": 5}
    workplaces = [Workplace.objects.create(employer=employer, name=f"Centro {n}", **site) for n in range(places)]
    return open_application(employer, standard, workplaces, actor=owner, at=at)


if __name__ == "__main__":
    main()
