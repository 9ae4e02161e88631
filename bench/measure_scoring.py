"""Scoring calls per second: an application of 14 criteria, the norm's, and one of 200; whole, and with its explanation.

No database: one process, the best of the rounds. Run: ``python -m bench.measure_scoring``.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "12"))
ON = dt.date(2026, 11, 3)
SUB_ITEMS = 4


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with tempfile.TemporaryDirectory(prefix="bench-scoring-") as folder:
        os.environ |= {"VAR_DIR": folder, "DEMO": "true", "LOG_LEVEL": "ERROR"}
        import django

        django.setup()
        measure()


def measure() -> None:
    from certification.standards.scoring import score

    print("scoring, calls a second in one process")
    for name, document in (("14 criteria", norm()), ("200 criteria", large(200))):
        facts = claims_of(document)
        alone = per_second(partial(score, document, facts))
        whole = per_second(partial(explained, document, facts))
        items = sum(len(criterion.sub_items) or 1 for criterion in document.criteria)
        print(f"  {name}, {items} answers: {alone:,.0f} scores; {whole:,.0f} with the explanation tree")


def explained(document: Any, facts: Any) -> object:
    from certification.standards.scoring import score

    return score(document, facts).explanation


def norm() -> Any:
    from certification.standards.reading import parse_yaml

    path = ROOT / "certification/standards/data/nmx-r-025-scfi-2015.yaml"
    return parse_yaml(path.read_text(encoding="utf-8"))


def large(count: int) -> Any:
    """The norm with its criteria replaced by ``count`` of half a point, each with four sub-items; ten are critical."""
    from certification.standards.document import StandardDocument

    criteria = [
        {
            "code": f"C{number:03d}",
            "title": f"Criterio {number}",
            "max_points": "0.5",
            "critical": number < 10,
            "sub_items": [{"code": f"C{number:03d}.{item}", "title": f"Inciso {item}"} for item in range(SUB_ITEMS)],
        }
        for number in range(count)
    ]
    section = {"code": "todo", "title": "Todo", "max_points": str(count / 2), "criteria": criteria}
    data = norm().model_dump(mode="json") | {"sections": [section], "cases": [], "critical_points_total": "5"}
    return StandardDocument.model_validate(data, strict=False)


def claims_of(document: Any) -> Any:
    """Three in four met, the rest in part, not met or not answered: what is missing has to be worked out, too."""
    from certification.standards.enums import Claim
    from certification.standards.scoring import Facts, RequirementFact

    draw = random.Random(25)
    choices = [Claim.MET, Claim.MET, Claim.MET, Claim.PARTLY, Claim.NOT_MET, None]
    codes = [item.code for criterion in document.criteria for item in criterion.sub_items]
    claims = {code: claim for code in codes if (claim := draw.choice(choices))}
    papers = {one.code: RequirementFact(present=True, issued_on=ON) for one in document.participation_requirements}
    figures = {"plantilla_total": 100, "personas_del_sexo_con_menor_presencia": 45, "directivos_total": 10}
    return Facts(ON, claims, papers, {"M4": True}, {**figures, "directivos_mujeres": 3, "plantilla_discapacidad": 4})


def per_second(call: Callable[[], object]) -> float:
    """The best of the rounds, each of at least a tenth of a second."""
    best = 0.0
    for _ in range(ROUNDS):
        count, start = 0, time.perf_counter()
        while (spent := time.perf_counter() - start) < 0.1:
            call()
            count += 1
        best = max(best, count / spent)
    return best


if __name__ == "__main__":
    main()
