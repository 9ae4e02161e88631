"""Autosaves a second against the least view that saves one row for a logged-in person, in the same run.

Each is called as a server calls it (WSGI, with cookies and CSRF), in turn, on SQLite and, where it answers, on
PostgreSQL: at least half as many. Points, gates and what is missing are asked for apart, once after some choices; what
that costs is told beside it. Run: ``python -m bench.measure_autosave``.
"""

from __future__ import annotations

import io
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.harness import database, server_answers
from bench.measure_saving import add_floor, make_draft

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "300"))
LEAST = 0.5
NOTE = "Se revisa cada enero con el tabulador vigente y lo firma la dirección. " * 6


def main() -> None:
    if len(sys.argv) > 1:
        measure()
    else:
        on_each_database("autosave", "against a view that saves one row")


def on_each_database(subject: str, what: str) -> None:
    """Run ``bench.measure_<subject>`` again, in a process of its own, for each empty database that there is."""
    with tempfile.TemporaryDirectory(prefix=f"bench-{subject}-") as folder, ExitStack() as stack:
        urls = {"SQLite": f"sqlite:///{folder}/bench.sqlite3"}
        if server_answers():
            urls["PostgreSQL"] = stack.enter_context(database(f"constancia_bench_{subject}"))
        else:
            print(f"{subject}, PostgreSQL: no server answers, skipped")
        for name, url in urls.items():
            print(f"{subject}, {name}, {what}", flush=True)
            run_apart(subject, url, folder)


def run_apart(subject: str, url: str, folder: str) -> None:
    environment = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": url, "DEMO": "true", "LOG_LEVEL": "ERROR"}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "MAIL_BACKEND": "dummy"}
    for command in (["migrate", "--verbosity", "0"], ["createcachetable"]):
        subprocess.run([sys.executable, ROOT / "manage.py", *command], env=environment, check=True, cwd=ROOT)
    command = [sys.executable, "-m", f"bench.measure_{subject}", "measure"]
    subprocess.run(command, env=environment, check=True, cwd=ROOT)


class Browser:
    """A logged-in person's calls of the whole application, as a server makes them."""

    def __init__(self, person: Any) -> None:
        from django.core.wsgi import get_wsgi_application
        from django.middleware.csrf import _get_new_csrf_string
        from django.test import Client

        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        self.token = _get_new_csrf_string()
        self.cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={self.token}"
        self.application = get_wsgi_application()
        self.version = "0"

    def post(self, address: str, fields: dict[str, str], expected: str) -> tuple[float, float]:
        body = urlencode({**fields, "version": self.version, "csrfmiddlewaretoken": self.token}).encode()
        return self.call("POST", address, body, expected)

    def call(self, method: str, address: str, body: bytes, expected: str) -> tuple[float, float]:
        """Milliseconds by the clock, and of this process alone, which other work on the machine does not distort."""
        environ = self._environ(method, address, body)
        answer: list[str] = []

        def begin(status: str, _headers: Any, _fault: Any = None) -> Any:
            answer.append(status)

        start, busy = time.perf_counter(), time.process_time()
        response = self.application(environ, begin)
        text = b"".join(response).decode()
        response.close()
        spent = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
        assert answer[0].startswith(expected), (answer, text)
        self.version = next(iter(re.findall(r'name="version" value="([^"]+)"', text)), self.version)
        return spent

    def _environ(self, method: str, address: str, body: bytes) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": address,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self.cookies,
            "HTTP_HX_REQUEST": "true",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
        }


def measure() -> None:
    import django
    from django.conf import settings

    django.setup()
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    application = make_draft()
    add_floor(application)
    browser = Browser(application.created_by)
    address = f"/empresa/solicitudes/{application.folio}/criterios/R07/"
    times: dict[str, list[tuple[float, float]]] = {"floor": [], "text": [], "claim": [], "beside": []}
    for number in range(ROUNDS):  # in turn, so that a busy machine slows all alike
        typed = {"claim_R07a": "met", "claim_R07b": "not_met", "note": f"{NOTE}{number}", "page": "bench"}
        times["floor"].append(browser.post("/floor/", typed, "302"))
        times["text"].append(browser.post(address, typed, "200"))
        times["claim"].append(browser.post(address, {**typed, "claim_R07b": "met"}, "200"))
        times["beside"].append(browser.call("GET", address, b"", "200"))
        browser.post(address, {**typed, "claim_R07b": "not_met"}, "200")  # so that the next text is text alone
    report("text that is typed", times["floor"], times["text"])
    report("a claim that is chosen", times["floor"], times["claim"])
    apart = [statistics.median(one[place] for one in times["beside"]) for place in (0, 1)]
    print(f"  points and gates beside it, asked for apart: {apart[0]:.1f} ms, {apart[1]:.1f} of the processor")


def report(what: str, floor: list[tuple[float, float]], ours: list[tuple[float, float]]) -> None:
    for place, name in enumerate(("by the clock", "of the processor")):
        least, whole = (statistics.median(one[place] for one in times) for times in (floor, ours))
        verdict = "ok" if least / whole >= LEAST else "MISSED"
        rates = f"{1000 / whole:.0f} a second against {1000 / least:.0f}"
        print(f"  {what}, {name}: {rates}, ratio {least / whole:.2f} (at least {LEAST}) {verdict}", flush=True)


if __name__ == "__main__":
    main()
