"""A large upload through a real gunicorn over loopback, of ``BENCH_MB``. Run: ``python -m bench.measure_upload``.

The content has the shape of an MP4. The road is measured and not the checks, which a worker makes afterwards
(``TASKS_BACKEND=database``). The floor is a plain copy of the same file plus its SHA-256.
Memory is the peak of the web process (VmHWM) over what it holds at rest, after a first small upload.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import mmap
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.harness import ROOT

MB = int(os.environ.get("BENCH_MB", "500"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
LEAST, MOST_MB = 0.6, 80
TOKEN = "b" * 32  # of CSRF: cookie and header must agree
KEYS = ("bench-access-key", "bench-secret-of-it")


@dataclass
class Portal:
    """A web process of the portal, and somebody who is logged in."""

    port: int
    pid: int
    cookie: str
    employer: int

    def ask(self, method: str, address: str, body: object = b"", **headers: str) -> bytes:
        place = urlsplit(address)
        own = {"Cookie": self.cookie, "X-CSRFToken": TOKEN, "HX-Request": "true"} if not place.netloc else {}
        to = http.client.HTTPConnection(place.hostname or "127.0.0.1", place.port or self.port, timeout=300)
        to.request(method, address, body, {**own, **headers})  # type: ignore[arg-type]
        answer = to.getresponse()
        told = answer.read()
        assert answer.status in {200, 201, 302}, (method, address, answer.status, told[:500])
        return told

    def form(self, address: str, **said: object) -> bytes:
        content_type = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", address, urlencode(said).encode(), **content_type)

    def memory(self, name: str) -> float:
        """Megabytes of the web process: VmRSS now, VmHWM at most since it was reset."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024

    def processor(self) -> float:
        """Seconds of the processor that the web process took so far."""
        times = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")

    def forget_peak(self) -> None:
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")


def by_script(portal: Portal, path: Path) -> None:
    """What static/js/uploads.js does."""
    place, size = f"/empresa/{portal.employer}/documentos/subir", path.stat().st_size
    begun = json.loads(portal.form(f"{place}/archivo/", name=path.name, size=size, changed=time.time()))
    own = begun["address"].startswith("/")
    headers = {"Upload-Offset": "0"} if own else begun["headers"]
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
        memoryview(content) as view,
    ):
        portal.ask("PUT", begun["address"], view, **{"Content-Length": str(size)}, **headers)
    assert b"Guardado" in portal.form(f"{place}/terminar/", upload=begun["upload"])


def by_form(portal: Portal, path: Path) -> None:
    """What a browser without scripts does: one form with the file in it."""
    boundary, place = "-" * 30 + "bench", f"/empresa/{portal.employer}/documentos/subir/"
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
    portal.ask("POST", place, parts(), **{"Content-Type": f"multipart/form-data; boundary={boundary}"}, **length)


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


def measure(name: str, portal: Portal, send: Callable[[Portal, Path], None], folder: Path, *, is_judged: bool) -> None:
    """Both in turn, so that a busy moment slows both alike; the best of each counts."""
    send(portal, write_video(folder / "first.mp4", 10_000, mark=0))
    floors, ours, rest, peak = [], [], portal.memory("VmRSS"), 0.0
    for mark in range(1, ROUNDS + 1):
        path = write_video(folder / f"{name.replace(' ', '-')}-{mark}.mp4", MB * 2**20, mark)
        floors.append(clock(partial(floor, path), time.process_time))
        portal.forget_peak()
        ours.append(clock(partial(send, portal, path), portal.processor))
        peak = max(peak, portal.memory("VmHWM") - rest)
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


@contextmanager
def running(*command: str, port: int, environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(port)
        yield process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def portal(folder: Path, storage: str) -> Iterator[Portal]:
    """The portal with an empty database of its own; its one worker is the web process."""
    (folder / "static").mkdir(parents=True)
    settings = {"VAR_DIR": str(folder), "STORAGE_URL": storage, "TASKS_BACKEND": "database", "LOG_LEVEL": "ERROR"}
    settings |= {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "MAX_UPLOAD_MB": str(MB + 1), "DEMO": "false"}
    environment = {**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "config.settings"}
    prepare = [sys.executable, "-m", "bench.measure_upload", "prepare"]
    cookie, employer = json.loads(
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, capture_output=True).stdout
    )
    port = free_port()
    options = ["--worker-class", "gthread", "--workers", "1", "--threads", "4", "--no-control-socket"]
    command = [str(Path(sys.executable).with_name("gunicorn")), "config.wsgi", "--bind", f"127.0.0.1:{port}", *options]
    with running(*command, "--log-level", "warning", port=port, environment=environment) as master:
        made = Portal(port, 0, f"sessionid={cookie}; csrftoken={TOKEN}", employer)
        made.ask("GET", "/api/v1/openapi.json")  # the worker is there
        children = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()
        made.pid = int(children[0])
        yield made


def prepare() -> None:
    """In a process with the settings of the portal: make the database and somebody who is logged in; tell the two."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    for command in ("migrate", "createcachetable"):
        call_command(command, verbosity=0)
    from tests.employers.factories import MembershipFactory

    member, client = MembershipFactory(), Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    print(json.dumps([client.cookies["sessionid"].value, member.employer_id]))


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # who is stopped clears away, too
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        print(f"upload, local store, {MB} MB", flush=True)
        local = stack.enter_context(portal(folder / "local", f"file://{folder}/files"))
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
        remote = stack.enter_context(portal(folder / "remote", storage))
        measure("straight to the store", remote, by_script, folder, is_judged=False)


if __name__ == "__main__":
    prepare() if "prepare" in sys.argv else main()
