"""The dry run of a new version over 100,000 stored applications. Run: ``python -m bench.measure_trial``.

Two processes against one: at least 1.8 times as fast. One process against the scoring calls alone, for the same facts
held in memory: at most 3 times. Wall time, the best of BENCH_ROUNDS (2), in turn; so the machine must be quiet. The
same in processor time is told beside it, for a machine that is not. A fifth of the applications is reviewed, so that
their verdicts are scored, too.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
import time
from typing import Any

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "2"))
FASTER, WHOLE = 1.8, 3
CLAIMS = ("met",) * 8 + ("partly", "not_met", "not_met", "not_applicable")


def main() -> None:
    from bench import harness

    if len(sys.argv) > 1:
        measure(sys.argv[1])
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        in_process_of_its_own("SQLite", f"sqlite:///{folder}/trial.sqlite3", folder)
        if harness.server_answers():
            with harness.database("constancia_bench_trial") as url:
                in_process_of_its_own("PostgreSQL", url, folder)


def in_process_of_its_own(name: str, url: str, folder: str) -> None:
    import subprocess

    from bench.harness import ROOT

    settings = {"VAR_DIR": folder, "DATABASE_URL": url, "DEBUG": "false", "LOG_LEVEL": "ERROR", "DEMO": "false"}
    environment = {**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, "-m", "bench.measure_trial", name], env=environment, cwd=ROOT, check=True)


def measure(name: str) -> None:
    from bench import harness

    harness.prepare_django(fill, ROWS)
    from certification.amendments.running import dry_run
    from tests.certification.amendments.factories import revised
    from tests.certification.standards.factories import NMX

    draft = revised(stricter, name=NMX)
    found: dict[int, Any] = {}
    wall, cpu = {"one": 1e9, "two": 1e9, "calls": 1e9}, {"one": 1e9, "two": 1e9, "calls": 1e9}
    calls = {
        "one": lambda: found.update({1: dry_run(draft)}),
        "two": lambda: found.update({2: dry_run(draft, processes=2)}),
    }
    for _ in range(ROUNDS):
        for kind, call in calls.items():
            started = (time.perf_counter(), processor_seconds(1 if kind == "one" else 2))
            call()
            wall[kind] = min(wall[kind], time.perf_counter() - started[0])
            cpu[kind] = min(cpu[kind], processor_seconds(1 if kind == "one" else 2) - started[1])
        spent = calls_alone(draft)
        wall["calls"], cpu["calls"] = min(wall["calls"], spent[0]), min(cpu["calls"], spent[1])
    assert found[1] == found[2]
    tell(name, wall, cpu, found[1])


def processor_seconds(workers: int) -> float:
    """Of this process, and of each of its workers in the mean: what the wall would show on a quiet machine."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + (children.ru_utime + children.ru_stime) / workers


def tell(name: str, wall: dict[str, float], cpu: dict[str, float], found: Any) -> None:
    print(
        f"trial, {name}, {found.applications:,} applications, {found.verified:,} reviewed; "
        f"{len(found.changes):,} change level"
    )
    for times, what in ((wall, "wall"), (cpu, "processor, not judged")):
        faster, whole = times["one"] / times["two"], times["one"] / times["calls"]
        judged = [
            f"{'ok' if good else 'MISSED'}" if times is wall else "" for good in (faster >= FASTER, whole <= WHOLE)
        ]
        print(f"  {what}: two processes {times['one']:.1f} → {times['two']:.1f} s, {faster:.2f} times as fast", end=" ")
        print(f"(at least {FASTER}) {judged[0]}")
        print(
            f"  {what}: the whole {times['one']:.1f} s against {times['calls']:.1f} s of scoring, {whole:.2f}", end=" "
        )
        print(f"(at most {WHOLE}) {judged[1]}", flush=True)


def stricter(data: dict[str, Any]) -> None:
    """Every criterion becomes critical, which costs many their level."""
    for section in data["sections"]:
        for criterion in section["criteria"]:
            criterion["critical"] = True


def calls_alone(draft: Any) -> tuple[float, float]:
    """Wall and processor time of ``score`` alone: facts in memory, each under its own version and under the draft."""
    from certification.amendments.running import ranges_of, read_past, trial_of
    from certification.standards.scoring import score

    trial, wall, cpu = trial_of(draft), 0.0, 0.0
    for keys in ranges_of(draft.code):
        past = list(read_past(trial, keys))
        start = (time.perf_counter(), time.process_time())
        for one in past:
            own = trial.documents[one.fingerprint]
            for facts in (one.claimed, one.verified):
                if facts is not None:
                    score(own, facts)
                    score(draft, facts)
        wall, cpu = wall + time.perf_counter() - start[0], cpu + time.process_time() - start[1]
    return wall, cpu


def fill(size: int) -> Any:
    """Applications of the norm: what each sent differs, as a text of the same size."""
    from bench.harness import Calls
    from certification.applications.models import Submission
    from tests.certification.review.factories import State, make_case

    case = make_case(State.DECIDED, name="nmx-r-025-scfi-2015")
    text = json.loads(Submission.objects.get().snapshot)
    rng = random.Random(size)
    for start in range(1, size, 2_000):
        add(case, text, rng, range(start, min(start + 2_000, size)))
    return Calls({})


def add(case: Any, text: dict[str, Any], rng: random.Random, numbers: range) -> None:
    from certification.applications.models import Application, Submission
    from tests.certification.review.factories import AT, NAMED

    one = case.application
    common = {
        "employer_id": one.employer_id, "standard_id": one.standard_id, "body_id": case.body.pk, "state": "decided",
        "reviewer_id": case.reviewer.pk, "created_by_id": case.owner.pk, "created_at": AT, "saved_at": AT,
        "submitted_at": AT, "state_since": AT,
    }  # fmt: skip
    made = Application.objects.bulk_create(Application(folio=f"B-{number}", **common) for number in numbers)
    said = {"round": 1, "sha256": "", "declaration": "Sí", "submitted_at": AT, "submitted_by_id": case.owner.pk}
    said |= NAMED
    Submission.objects.bulk_create(
        Submission(application=application, snapshot=vary(text, rng), **said) for application in made
    )
    review(case, made[::5], rng)


def vary(text: dict[str, Any], rng: random.Random) -> str:
    for answer in text["answers"].values():
        answer["claims"] = {code: rng.choice(CLAIMS) for code in answer["claims"]}
    return json.dumps(text, ensure_ascii=False)


def review(case: Any, made: list[Any], rng: random.Random) -> None:
    from certification.review.items import items_of
    from certification.review.models import Verdict
    from tests.certification.review.factories import AT, POINTER, REASON, RULE

    items = items_of(case.application.standard.document)
    said = {"updated_at": AT, "reviewer_id": case.reviewer.pk, "pointer": POINTER, "rule": RULE, "reason": REASON}
    Verdict.objects.bulk_create(
        Verdict(
            application=application, item=item.code, outcome=(outcome := rng.choice(("met", "met", "met", "not_met"))),
            claims={part.code: outcome for part in item.parts}, **said,
        )
        for application in made
        for item in items
    )  # fmt: skip


if __name__ == "__main__":
    main()
