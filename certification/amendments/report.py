"""What a dry run found, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from certification.applications.trial import LEVELS, THRESHOLD, Basis, Change, Findings

MOST_LINES = 200  # the rest is in the JSON
NO_LEVEL = "ninguno"
BASES = {Basis.CLAIMED: "declarado", Basis.VERIFIED: "verificado", Basis.CASE: "caso"}
WORDS = {THRESHOLD: "mínimo de puntos", LEVELS: "condiciones de los niveles"}
HEADER = ("Solicitud", "Qué", "Versión", "Nivel", "Puntos", "Por", "No se lleva")


def as_lines(found: Findings) -> list[str]:
    """Totals, who goes where, then a table of who changes level."""
    lines = [
        f"  Solicitudes: {found.applications} ({found.verified} revisadas). Casos guardados: {found.cases}.",
        f"  Cambian de nivel: {len(found.changes)}.",
    ]
    lines += [
        f"    {BASES[Basis(basis)]}: {before or NO_LEVEL} → {after or NO_LEVEL}: {count}"
        for (basis, before, after), count in sorted(found.moves.items())
    ]
    if found.causes:
        lines.append(f"  Causas: {_counted(found.causes.most_common())}")
    if found.gone:
        lines.append(f"  No se puede llevar: {_counted(found.gone.most_common())}")
    if found.changes:
        lines += [f"  {line}" for line in _table([HEADER, *map(_row, found.changes[:MOST_LINES])])]
    if len(found.changes) > MOST_LINES:
        lines.append(f"  … y {len(found.changes) - MOST_LINES} más: pídelas con --json.")
    return lines


def _counted(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{WORDS.get(code, code)} ({count})" for code, count in pairs)


def _row(change: Change) -> tuple[str, ...]:
    return (
        change.name,
        BASES[Basis(change.basis)],
        change.version,
        f"{change.level_before or NO_LEVEL} → {change.level_after or NO_LEVEL}",
        f"{change.points_before} → {change.points_after}",
        ", ".join(WORDS.get(code, code) for code in change.causes) or "—",
        ", ".join(change.gone) or "—",
    )


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
