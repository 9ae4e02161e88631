"""Measure the same calls over a small and a large table, side by side, on SQLite and, where it answers, on PostgreSQL.

Each size has a database and a process of its own, and the calls of both are asked in turn: a moment in which the
machine is busy slows both alike. The best of the rounds counts. A miss is printed and fails nothing.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, int(os.environ.get("BENCH_ROWS", "100000")))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "12"))
SERVER = os.environ.get("BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
GROWTH, FLOOR = 2, 3
AGAINST = {  # kind of call → its counterpart by hand, what is compared, the limit if it is judged
    "view": ("floor", "the page", FLOOR),
    "ours": ("hand", "as the template gets it", None),
    "sent": ("hand", "our SQL alone", None),
}

Pair = tuple[Callable[[], object], Callable[[], object]]


@dataclass(frozen=True)
class Calls:
    """``pages`` must not grow. The others are pairs, ours and the best by hand for the same answer: ``views`` as the
    person gets it, which is judged, and ``floors`` as the template gets it, which is told.
    """

    pages: dict[str, Callable[[], object]]
    floors: dict[str, Pair] = field(default_factory=dict)
    views: dict[str, Pair] = field(default_factory=dict)


def run(subject: str, prepare: Callable[[int], Calls], sizes: tuple[int, int] = SIZES) -> None:
    """Run ``bench.measure_<subject>`` again for each database, where ``prepare`` fills it to a size."""
    if len(sys.argv) > 1:
        work(prepare, int(sys.argv[1]))
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # who is stopped clears away, too
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        servers = {"SQLite": [f"sqlite:///{folder}/{size}.sqlite3" for size in sizes]}
        if server_answers():
            names = [f"constancia_bench_{subject}_{size}" for size in sizes]
            servers["PostgreSQL"] = [stack.enter_context(database(name)) for name in names]
        else:
            print(f"{subject}, PostgreSQL: no server answers, skipped")
        workers = {
            name: [start(subject, at, folder, stack) for at in zip(sizes, urls, strict=True)]
            for name, urls in servers.items()
        }
        queries = {name: [answer(worker) for worker in pair] for name, pair in workers.items()}  # all are ready now
        for name, pair in workers.items():
            print(f"{subject.replace('_', ' ')}, {name}, {sizes[0]:,} and {sizes[1]:,} rows", flush=True)
            compare(pair, queries[name])


def server_answers() -> bool:
    import psycopg

    try:
        psycopg.connect(f"{SERVER}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def database(name: str) -> Iterator[str]:
    """An empty database on the server, dropped at the end."""
    import psycopg

    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER}/{name}"
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def start(subject: str, at: tuple[int, str], folder: str, stack: ExitStack) -> subprocess.Popen[str]:
    size, url = at
    settings = {"VAR_DIR": folder, "DATABASE_URL": url, "DEBUG": "false", "LOG_LEVEL": "ERROR", "DEMO": "false"}
    environment = {**os.environ, **settings, "REQUIRE_STAFF_MFA": "false", "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", f"bench.measure_{subject}", str(size)]
    worker = subprocess.Popen(
        command, env=environment, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    stack.callback(worker.wait)
    stack.callback(worker.terminate)
    return worker


def compare(pair: list[subprocess.Popen[str]], queries: list[dict[str, int]]) -> None:
    best: list[dict[str, float]] = [{}, {}]
    for _ in range(ROUNDS):
        for call in queries[0]:
            for worker, times in zip(pair, best, strict=True):
                worker.stdin.write(call + "\n")  # type: ignore[union-attr]
                worker.stdin.flush()  # type: ignore[union-attr]
                times[call] = min(answer(worker), times.get(call, 1e9))
    ours = [call for call in queries[0] if not call.startswith(("hand ", "sent ", "floor "))]
    other = [call for call in ours if queries[0][call] != queries[1][call]]
    most = max(queries[1][call] for call in ours)
    print(f"  queries: {f'NOT the same in {other}, MISSED' if other else 'the same, ok'}, at most {most}")
    for call in queries[0]:
        report(call, *best)


def report(call: str, few: dict[str, float], many: dict[str, float]) -> None:
    kind, _sep, name = call.partition(" ")
    if kind == "page":
        tell(f"{name}: {few[call]:.1f} → {many[call]:.1f} ms", many[call] / few[call], GROWTH)
    elif kind in AGAINST:
        by_hand, what, limit = AGAINST[kind]
        for size, times in zip(SIZES, (few, many), strict=True):
            ours, floor = times[call], times[f"{by_hand} {name}"]
            tell(f"{name}, {what}, {size:,} rows: {ours:.2f} ms against {floor:.2f} by hand", ours / floor, limit)


def answer(worker: subprocess.Popen[str]):  # type: ignore[no-untyped-def]
    line = worker.stdout.readline()  # type: ignore[union-attr]
    if not line:
        raise SystemExit("The measured process ended early.")
    return json.loads(line)


def tell(what: str, ratio: float, limit: float | None) -> None:
    verdict = f"(at most {limit}) {'ok' if ratio <= limit else 'MISSED'}" if limit else "(not judged)"
    print(f"  {what}, ratio {ratio:.2f} {verdict}", flush=True)


def work(prepare: Callable[[int], Calls], size: int) -> None:
    """In the process of one database: fill it, say how many queries each call asks, then time what is asked for."""
    made = prepare_django(prepare, size)
    calls = {f"page {name}": call for name, call in made.pages.items()}
    for name, (ours, by_hand) in made.views.items():
        calls |= {f"view {name}": ours, f"floor {name}": by_hand}
    for name, (ours, by_hand) in made.floors.items():
        calls |= {f"sent {name}": statements_of(ours), f"ours {name}": ours, f"hand {name}": by_hand}
    print(json.dumps({name: count_queries(call) for name, call in calls.items()}), flush=True)
    for line in sys.stdin:
        print(clock(calls[line.rstrip("\n")]), flush=True)


def prepare_django(prepare: Callable[[int], Calls], size: int) -> Calls:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ALLOWED_HOSTS.append("testserver")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # no password here guards anything
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    calls = prepare(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return calls


def count_queries(call: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    call()  # what is kept for later requests is made now
    with CaptureQueriesContext(connection) as asked:
        call()
        return len(asked)


def statements_of(call: Callable[[], object]) -> Callable[[], None]:
    """The statements that a call sends, to be sent again without Python around them."""
    from django.db import connection

    sent: list[tuple[str, object]] = []

    def keep(execute, sql, params, *rest):  # type: ignore[no-untyped-def]
        sent.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(keep):
        call()

    def send_again() -> None:
        with connection.cursor() as cursor:
            for sql, params in sent:
                cursor.execute(sql, params)
                cursor.fetchall()

    return send_again


def clock(call: Callable[[], object]) -> float:
    """Milliseconds of the best of some calls, for about 30 ms: the first warms what the other size's turn cooled."""
    spent: list[float] = []
    while len(spent) < 2 or (sum(spent) < 30 and len(spent) < 20):
        begin = time.perf_counter()
        call()
        spent.append((time.perf_counter() - begin) * 1000)
    return min(spent)


def client(user=None):  # type: ignore[no-untyped-def]
    from django.test import Client

    made = Client()
    if user is not None:
        made.force_login(user)
    return made


def page(visitor, address: str) -> Callable[[], None]:  # type: ignore[no-untyped-def]
    def get() -> None:
        assert visitor.get(address).status_code == 200, address

    return get


def against_minimal_view(visitor, address: str, by_hand: Callable[[], dict[str, object]]) -> Pair:  # type: ignore[no-untyped-def]
    """Our page, and that of a view which does nothing but get its rows by hand and fill the same template.

    Both go through the same middleware. What the rows do not change (forms, titles, drawings) the minimal view has
    ready beforehand. The two must answer the same.
    """
    from unittest.mock import patch

    from django.urls import path, resolve

    from config.urls import urlpatterns

    plain, _mark, query = address.partition("?")
    ours = resolve(plain).func
    module = sys.modules[ours.__module__]
    with patch.object(module, "render", wraps=module.render) as render:
        page(visitor, address)()
    _request, template, ready = render.call_args.args

    def minimal(request):  # type: ignore[no-untyped-def]
        return module.render(request, template, ready | by_hand())

    minimal.login_required = getattr(ours, "login_required", True)  # type: ignore[attr-defined]
    place = f"by-hand/{len(urlpatterns)}/"
    urlpatterns.insert(0, path(place, minimal))  # found at once
    floor = f"/{place}?{query}"
    assert main_of(visitor.get(address)) == main_of(visitor.get(floor)), address
    return page(visitor, address), page(visitor, floor)


def main_of(response) -> str:  # type: ignore[no-untyped-def]
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def fetch(sql: str, params: list[Any] | None = None) -> list[dict[str, Any]]:
    """The rows of a statement by hand, each as a dictionary: what the program that asked would work with."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
