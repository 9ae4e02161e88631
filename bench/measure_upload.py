"""A large upload through a real gunicorn over loopback, of ``BENCH_MB``. Run: ``python -m bench.measure_upload``.

The content has the shape of an MP4. The road is measured and not the checks, which a worker makes afterwards
(``TASKS_BACKEND=database``). The floor is a plain copy of the same file plus its SHA-256.
Memory is the peak of the web process (VmHWM) over what it holds at rest, after a first small upload.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from bench.portal import Portal, begin, free_port, portal, running, tell_member

MB = int(os.environ.get("BENCH_MB", "500"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
LEAST, MOST_MB = 0.6, 80
KEYS = ("bench-access-key", "bench-secret-of-it")


def by_script(web: Portal, path: Path) -> None:
    """What static/js/uploads.js does."""
    place, size = f"/empresa/{web.employer}/documentos/subir", path.stat().st_size
    begun = json.loads(web.form(f"{place}/archivo/", name=path.name, size=size, changed=time.time()))
    own = begun["address"].startswith("/")
    headers = {"Upload-Offset": "0"} if own else begun["headers"]
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
        memoryview(content) as view,
    ):
        web.ask("PUT", begun["address"], view, **{"Content-Length": str(size)}, **headers)
    assert b"Guardado" in web.form(f"{place}/terminar/", upload=begun["upload"])


def by_form(web: Portal, path: Path) -> None:
    """What a browser without scripts does: one form with the file in it."""
    boundary, place = "-" * 30 + "bench", f"/empresa/{web.employer}/documentos/subir/"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="kind"\r\n\r\nother\r\n--{boundary}\r\n'
    head += f'Content-Disposition: form-data; name="files"; filename="{path.name}"\r\nContent-Type: video/mp4\r\n\r\n'
    tail = f"\r\n--{boundary}--\r\n"

    def parts() -> Iterator[bytes]:
        yield head.encode()
        with path.open("rb") as file:
            while block := file.read(2**20):
                yield block
        yield tail.encode()

    length = {"Content-Length": str(len(head) + path.stat().st_size + len(tail))}
    web.ask("POST", place, parts(), **{"Content-Type": f"multipart/form-data; boundary={boundary}"}, **length)


def write_video(path: Path, size: int, mark: int) -> Path:
    """A file of the shape of an MP4 that no other is equal to: to send the same twice would be one document."""
    block = os.urandom(2**20)
    boxes = [(b"ftyp", b"isom" + bytes(4) + b"isom"), (b"moov", mark.to_bytes(8, "big"))]
    head = b"".join((8 + len(said)).to_bytes(4, "big") + kind + said for kind, said in boxes)
    with path.open("wb") as file:
        file.write(head + (size - len(head)).to_bytes(4, "big") + b"mdat")
        while (left := size - file.tell()) > 0:
            file.write(block[:left])
        os.fsync(file.fileno())
    return path


def floor(path: Path) -> None:
    copy = path.with_suffix(".copy")
    shutil.copyfile(path, copy)
    with copy.open("rb") as file:
        hashlib.file_digest(file, "sha256")
    copy.unlink()


def clock(call: Callable[[], None], processor: Callable[[], float]) -> tuple[float, float]:
    """Seconds that pass, and seconds of a processor, which a busy machine does not change."""
    begin, spent = time.perf_counter(), processor()
    call()
    return time.perf_counter() - begin, processor() - spent


def measure(name: str, web: Portal, send: Callable[[Portal, Path], None], folder: Path, *, is_judged: bool) -> None:
    """Both in turn, so that a busy moment slows both alike; the best of each counts."""
    send(web, write_video(folder / "first.mp4", 10_000, mark=0))
    floors, ours, rest, peak = [], [], web.memory("VmRSS"), 0.0
    for mark in range(1, ROUNDS + 1):
        path = write_video(folder / f"{name.replace(' ', '-')}-{mark}.mp4", MB * 2**20, mark)
        floors.append(clock(partial(floor, path), time.process_time))
        web.forget_peak()
        ours.append(clock(partial(send, web, path), web.processor))
        peak = max(peak, web.memory("VmHWM") - rest)
        for sent in (path, *folder.rglob("evidence/*/*/*")):  # the disk is left as quiet as it was
            sent.unlink()
        os.sync()
    tell(name, min(floors), min(ours), is_judged=is_judged)
    kept = "ok" if peak <= MOST_MB else "MISSED"
    print(f"  {name}, memory: {rest:.0f} MB at rest, {peak:.0f} more at most (at most {MOST_MB}) {kept}", flush=True)


def tell(name: str, floor: tuple[float, float], ours: tuple[float, float], *, is_judged: bool) -> None:
    ratio = floor[0] / ours[0]
    judged = ("ok" if ratio >= LEAST else "MISSED") if is_judged else "not judged"
    speed = f"{MB / ours[0]:.0f} MB/s against {MB / floor[0]:.0f} of copy and SHA-256"
    print(f"  {name}, {MB} MB: {speed}, ratio {ratio:.2f} (at least {LEAST}) {judged}")
    print(f"  {name}, processor: {ours[1]:.2f} s of the web process against {floor[1]:.2f} (not judged)")


def prepare() -> None:
    begin()
    from tests.employers.factories import MembershipFactory

    member = MembershipFactory()
    tell_member(member.user, member.employer_id)


def web_of(folder: Path, storage: str) -> AbstractContextManager[tuple[Portal, list[Any]]]:
    settings = {"STORAGE_URL": storage, "TASKS_BACKEND": "database", "MAX_UPLOAD_MB": str(MB + 1)}
    return portal("measure_upload", folder, settings)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # who is stopped clears away, too
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        print(f"upload, local store, {MB} MB", flush=True)
        local, _rest = stack.enter_context(web_of(folder / "local", f"file://{folder}/files"))
        measure("by script", local, by_script, folder, is_judged=True)
        measure("plain form", local, by_form, folder, is_judged=False)
        rclone = shutil.which("rclone", path=str(Path(sys.executable).parent)) or shutil.which("rclone")
        if not rclone:
            print("upload, object store: rclone is not here, skipped")
            return
        (folder / "s3" / "bench").mkdir(parents=True)
        port = free_port()
        serve = [rclone, "serve", "s3", str(folder / "s3"), "--addr", f"127.0.0.1:{port}", "--config", "/dev/null"]
        serve += ["--auth-key", ",".join(KEYS), "--vfs-cache-mode", "off", "--log-level", "ERROR"]
        stack.enter_context(running(*serve, port=port))
        storage = f"s3://{':'.join(KEYS)}@127.0.0.1:{port}/bench?tls=false"
        print(f"upload, object store (rclone), {MB} MB", flush=True)
        remote, _rest = stack.enter_context(web_of(folder / "remote", storage))
        measure("straight to the store", remote, by_script, folder, is_judged=False)


if __name__ == "__main__":
    prepare() if "prepare" in sys.argv else main()
