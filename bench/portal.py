"""The portal in a real gunicorn on loopback, for measures that need its memory, its processor or its network.

A measure fills the empty database by its own ``prepare``, in a process with the settings of the portal.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from bench.harness import ROOT

if TYPE_CHECKING:
    from accounts.models import User

TOKEN = "b" * 32  # of CSRF: cookie and header must agree
OPTIONS = "--worker-class gthread --workers 1 --threads 4 --no-control-socket --log-level warning"


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
def portal(measure: str, folder: Path, settings: dict[str, str]) -> Iterator[tuple[Portal, list[Any]]]:
    """The portal with a database of its own, and what ``prepare`` of the measure told besides who is logged in.

    Its one worker is the web process.
    """
    (folder / "static").mkdir(parents=True)
    environment = {**os.environ, "VAR_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
    environment |= {"LOG_LEVEL": "ERROR", "DEMO": "false", "DJANGO_SETTINGS_MODULE": "config.settings", **settings}
    prepare = [sys.executable, "-m", f"bench.{measure}", "prepare"]
    told = subprocess.run(prepare, cwd=ROOT, env=environment, check=True, capture_output=True).stdout
    session, employer, *rest = json.loads(told)
    port = free_port()
    command = [str(Path(sys.executable).with_name("gunicorn")), "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    with running(*command, *OPTIONS.split(), port=port, environment=environment) as master:
        made = Portal(port, 0, f"sessionid={session}; csrftoken={TOKEN}", employer)
        made.ask("GET", "/api/v1/openapi.json")  # the worker is there
        made.pid = int(Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()[0])
        yield made, rest


def begin() -> None:
    """First of a ``prepare``: Django, and an empty database."""
    import django

    django.setup()
    from django.core.management import call_command

    for command in ("migrate", "createcachetable"):
        call_command(command, verbosity=0)


def tell_member(user: User, employer: int, *rest: Any) -> None:
    """Last of a ``prepare``: log a member in, and tell ``portal`` of it."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    print(json.dumps([client.cookies["sessionid"].value, employer, *rest]))
