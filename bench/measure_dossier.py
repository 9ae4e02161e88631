"""The ZIP of a dossier of ``BENCH_MB`` from a real gunicorn over loopback. Run: ``python -m bench.measure_dossier``.

Judged are the first byte and the memory of the web process: its peak (VmHWM) over what it holds at rest, after the ZIP
of a dossier with one small file. Throughput is told beside a plain copy of the same files.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bench.portal import Portal, begin, portal, tell_member

MB = int(os.environ.get("BENCH_MB", "1000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
EACH = 25  # megabytes of a file
FIRST_BYTE, MOST_MB = 1.0, 30


def take(web: Portal, folio: str) -> tuple[float, float, int]:
    """Read the ZIP of an application to the end; return seconds to the first byte and to the last, and its size."""
    to = http.client.HTTPConnection("127.0.0.1", web.port, timeout=300)
    begin = time.perf_counter()
    to.request("GET", f"/empresa/solicitudes/{folio}/expediente.zip", headers={"Cookie": web.cookie})
    answer = to.getresponse()
    assert answer.status == 200, answer.status
    assert answer.read(4) == b"PK\x03\x04"
    first, block, size = time.perf_counter() - begin, bytearray(2**20), 4
    while count := answer.readinto(block):
        size += count
    return first, time.perf_counter() - begin, size


def copy_all(folder: Path) -> float:
    """The floor: seconds for the same files from the disk to the disk."""
    target, begin = folder / "copy", time.perf_counter()
    shutil.copytree(folder / "files", target)
    spent = time.perf_counter() - begin
    shutil.rmtree(target)
    return spent


def measure(web: Portal, folder: Path, small: str, large: str) -> None:
    """Both in turn, so that a busy moment slows both alike; the best of each counts, and the most of memory."""
    take(web, small)
    rest, best, floor, first, peak = web.memory("VmRSS"), 1e9, 1e9, 0.0, 0.0
    for _round in range(ROUNDS):
        floor = min(floor, copy_all(folder))
        web.forget_peak()
        begun, done, size = take(web, large)
        assert size > MB * 2**20, size
        best, first, peak = min(best, done), max(first, begun), max(peak, web.memory("VmHWM") - rest)
    on_time, flat = ("ok" if good else "MISSED" for good in (first <= FIRST_BYTE, peak <= MOST_MB))
    print(f"  first byte: {first:.2f} s at most (at most {FIRST_BYTE:.0f}) {on_time}")
    print(f"  memory: {rest:.0f} MB at rest, {peak:.0f} more at most (at most {MOST_MB}) {flat}")
    print(f"  {MB / best:.0f} MB/s against {MB / floor:.0f} of a plain copy, ratio {floor / best:.2f} (not judged)")


def prepare() -> None:
    """A member, and two drafts with their files: of one small file, and of BENCH_MB."""
    begin()
    from certification.applications.enums import State
    from tests.certification.review.factories import make_application, make_case

    case = make_case(State.DRAFT, answered=False)
    small = case.application
    large = make_application(small.employer, small.standard, None, None, State.DRAFT)
    add_files(small, count=1, size=10_000)
    add_files(large, count=-(-MB // EACH), size=EACH * 2**20)
    tell_member(case.owner, small.employer_id, small.folio, large.folio)


def add_files(application, *, count: int, size: int) -> None:  # type: ignore[no-untyped-def]
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from certification.applications.models import EvidenceUse
    from tests.certification.evidence.factories import RevisionFactory

    codes = [part.code for part in application.standard.document.criteria]
    for number in range(count):
        content = os.urandom(2**20) * (size // 2**20 + 1)
        name = default_storage.save(f"evidence/{application.pk}/{number}", ContentFile(content[:size]))
        said = {"file": name, "size": size, "sha256": hashlib.sha256(content[:size]).hexdigest()}
        revision = RevisionFactory(original_name="video.mp4", media_type="video/mp4", pages=None, **said)
        who, at = revision.created_by, revision.created_at
        EvidenceUse.objects.create(
            application=application, item=codes[number % len(codes)], document=revision.document, revision=revision,
            pointer="minuto 2", created_at=at, created_by=who,
        )  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        with portal("measure_dossier", folder, {"STORAGE_URL": f"file://{folder}/files"}) as (web, (small, large)):
            print(f"dossier of {MB} MB as a ZIP", flush=True)
            measure(web, folder, small, large)


if __name__ == "__main__":
    prepare() if "prepare" in sys.argv else main()
