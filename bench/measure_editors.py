"""Two hundred people at once on twenty applications: what was sent, what is stored, and whether each was told.

A real gunicorn, as in deploy/, on loopback; each person saves by itself a few texts of criteria that others write, too.
What was accepted must be in the database as its versions say, what was refused must have been shown, and no answer may
be an error. Run: ``python -m bench.measure_editors``.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import urlencode

from bench.measure_autosave import ROOT, on_each_database
from bench.measure_saving import make_draft
from bench.portal import free_port

EDITORS, APPLICATIONS = int(os.environ.get("BENCH_EDITORS", "200")), 20
SAVES = int(os.environ.get("BENCH_SAVES", "10"))  # of each person: the load is bounded
CRITERIA = ("R02", "R05", "R07", "R08")  # few, so that people meet
GUNICORN = "--worker-class gthread --workers 2 --threads 4 --max-requests 5000 --max-requests-jitter 500"
CHOICE = re.compile(r'name="mine" value="\w+=(\d+)"')
VERSION = re.compile(r'name="version" value="((\d+)[^"]*)"')


def main() -> None:
    if len(sys.argv) > 1:
        measure()
    else:
        on_each_database("editors", f"{EDITORS} people on {APPLICATIONS} applications, {SAVES} saves each")


@dataclass
class Editor:
    """One person with an open page. ``accepted`` holds (folio, criterion, version) and the text that was kept."""

    number: int
    folio: str
    cookies: str
    token: str
    port: int
    seen: dict[str, str] = field(default_factory=dict)
    accepted: dict[tuple[str, str, int], str] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    untold: int = 0  # refusals that did not show what is stored
    slowest: float = 0

    def work(self) -> None:
        chance = random.Random(self.number)
        for turn in range(SAVES):
            criterion = chance.choice(CRITERIA)
            text = f"Persona {self.number}, texto {turn}"
            if self.save(criterion, text) == 409 and chance.random() < 0.5:
                self.save(criterion, f"{text}, a sabiendas")  # who saw both texts chose their own

    def save(self, criterion: str, text: str) -> int:
        fields = {"version": self.seen.get(criterion, "0"), "note": text, "page": f"page-{self.number}"}
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token})
        headers = {"Cookie": self.cookies, "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("POST", f"/empresa/solicitudes/{self.folio}/criterios/{criterion}/", body, headers)
        response = connection.getresponse()
        answer = response.read().decode()
        connection.close()
        self.slowest = max(self.slowest, time.perf_counter() - start)
        self.statuses[response.status] += 1
        self.learn(response.status, criterion, text, answer)
        return response.status

    def learn(self, status: int, criterion: str, text: str, answer: str) -> None:
        if status == 200 and (version := VERSION.search(answer)):
            self.seen[criterion] = version[1]
            self.accepted[self.folio, criterion, int(version[2])] = text
        elif status == 409 and (choice := CHOICE.search(answer)) and "<td>Persona" in answer and text in answer:
            self.seen[criterion] = choice[1]
        elif status == 409:
            self.untold += 1


def measure() -> None:
    import django

    django.setup()
    with tempfile.TemporaryFile("w+") as log, served(log) as port:
        editors = open_pages(port)
        threads = [threading.Thread(target=editor.work) for editor in editors]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        spent = time.perf_counter() - start
        log.seek(0)
        report(editors, spent, log.read())


@contextmanager
def served(log: IO[str]) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", *GUNICORN.split()]
    server = subprocess.Popen([*command, "--no-control-socket"], cwd=ROOT, stdout=log, stderr=log)
    try:
        for _ in range(20):  # both workers have loaded everything
            warm_up(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def warm_up(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/cuenta/sesion/", headers={"HX-Request": "true"})
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("gunicorn did not start")


def open_pages(port: int) -> list[Editor]:
    """As many sessions as people; those of one application write in turn for its owner and for an editor."""
    from django.conf import settings
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    settings.ALLOWED_HOSTS.append("testserver")
    applications, editors = drafts(), []
    for number in range(EDITORS):
        application, people = applications[number % APPLICATIONS]
        client, token = Client(), _get_new_csrf_string()
        client.force_login(people[number // APPLICATIONS % 2], backend="django.contrib.auth.backends.ModelBackend")
        cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
        editors.append(Editor(number, application.folio, cookies, token, port))
    return editors


def drafts() -> list[tuple[Any, list[Any]]]:
    from django.utils import timezone

    from accounts.models import User
    from certification.applications.actions import open_application
    from employers.enums import MemberRole
    from employers.models import Membership

    first = make_draft()
    owner, employer, at = first.created_by, first.employer, timezone.now()
    editor = User.objects.create_user("otra@ejemplo.mx")
    Membership.objects.create(employer=employer, user=editor, role=MemberRole.EDITOR)
    said = {"actor": owner, "at": at}
    more = [
        open_application(employer, first.standard, list(first.workplaces.all()), **said)
        for _ in range(APPLICATIONS - 1)
    ]
    return [(application, [owner, editor]) for application in (first, *more)]


def report(editors: list[Editor], spent: float, log: str) -> None:
    statuses = sum((editor.statuses for editor in editors), Counter())
    sent, accepted = statuses.total(), statuses[200]
    rate = f"{sent / spent:.0f} a second"
    print(f"  {sent} saves sent in {spent:.0f} s ({rate}): {accepted} accepted, {statuses[409]} refused and shown")
    slowest = max(editor.slowest for editor in editors)
    print(f"  slowest answer {slowest:.1f} s")
    verdict("every answer says saved or shows both texts", [status for status in statuses if status not in {200, 409}])
    verdict("every refusal shows what is stored and what was typed", [one.number for one in editors if one.untold])
    verdict("no «database is locked» and no fault in the server's log", re.findall(r"(?i)locked|traceback", log))
    verdict("every accepted save is in the database, as its versions say", missing(editors))


def missing(editors: list[Editor]) -> list[str]:
    """What the people were told was saved, against the versions and texts that the database holds."""
    from certification.applications.models import Answer

    told: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    faults = []
    for editor in editors:
        for (folio, criterion, version), text in editor.accepted.items():
            if version in told[folio, criterion]:
                faults.append(f"{folio} {criterion}: version {version} was given twice")
            told[folio, criterion][version] = text
    stored = {(one.application.folio, one.criterion): one for one in Answer.objects.select_related("application")}
    for key in stored.keys() | told.keys():
        versions, row = told[key], stored.get(key)
        if row is None or sorted(versions) != list(range(1, row.version + 1)) or versions[row.version] != row.note:
            faults.append(f"{key}: told {sorted(versions)}, stored {row and (row.version, row.note)}")
    return faults


def verdict(what: str, faults: list[Any]) -> None:
    print(f"  {what}: {'ok' if not faults else f'MISSED, {len(faults)}: {faults[:3]}'}", flush=True)


if __name__ == "__main__":
    main()
