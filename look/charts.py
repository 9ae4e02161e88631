"""Sizes of the small charts, in per cent so that text never scales. No markup here: templates/components has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


def percent(part: Any, whole: Any) -> str:
    """Return «72%», between 0 and 100, of two numbers or their texts; nothing of nothing is 0."""
    share = max(0.0, min(1.0, float(part) / float(whole))) if float(whole or 0) else 0.0
    return f"{share * 100:.1f}".rstrip("0").rstrip(".") + "%"


def share(text: str) -> float:
    return float(text.rstrip("%"))


def anchor(at: str) -> str:
    """Which end of a text stands at its place, so that it stays inside the drawing."""
    return "end" if share(at) > 55 else "start"


def score_places(points: Any, total: Any, threshold: Any, claimed: Any) -> dict[str, Any]:
    """Where things stand on a score bar; a scale mark is left out where the threshold's word would cover it."""
    at = percent(points, total)
    least = percent(threshold, total) if threshold is not None else ""
    return {
        "at": at,
        "anchor": anchor(at),
        "claimed_at": percent(claimed, total) if claimed is not None else "",
        "threshold_at": least,
        "threshold_anchor": anchor(least) if least else "",
        "show_ends": not least or share(least) > 25,
        "show_total": not least or share(least) < 90,
    }


@dataclass(frozen=True)
class ProfileRow:
    code: str
    title: str
    points: Any
    maximum: Any
    confirmed: bool
    track: str
    filled: str
    short: bool


def profile_rows(rows: Iterable[Any]) -> list[ProfileRow]:
    """Rows with code, title, points and maximum (attributes or keys) become bars on one common scale.

    A row may say ``short`` (its points do not suffice) and ``confirmed`` (its maximum is official; true unless told).
    """
    seen = [(row, float(_get(row, "maximum", 0) or 0)) for row in rows]
    widest = max((maximum for _row, maximum in seen), default=0.0)
    return [_row(row, maximum, widest) for row, maximum in seen]


def _row(row: Any, maximum: float, widest: float) -> ProfileRow:
    points = _get(row, "points", 0) or 0
    return ProfileRow(
        code=_get(row, "code", ""),
        title=_get(row, "title", ""),
        points=points,
        maximum=_get(row, "maximum", 0),
        confirmed=_get(row, "confirmed", True) is True,
        track=percent(maximum, widest),
        filled=percent(float(points), widest) if points else "",
        short=bool(_get(row, "short", False)),
    )


def _get(row: Any, name: str, default: Any) -> Any:
    return row.get(name, default) if isinstance(row, dict) else getattr(row, name, default)
