"""Draw the guilloche ornaments: pure geometry, the same input always gives the same bytes.

A rosette is the portrait of a fingerprint: every choice (petals, depth, phase) is read from a SHA-256
digest, so two documents that differ by one letter get two visibly different seals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import cos, pi, sin, tau

AGAVE, MARIGOLD, PALE = "#0b5d57", "#b86e00", "#d5cdbf"
CENTRE = 1000  # of the square of 2000 units in which a rosette is drawn

Point = tuple[float, float]


@dataclass(frozen=True)
class Wave:
    """A closed wave between two radii. ``lobes`` scallop the whole ring by ``sway``, a share of the radius."""

    inner: float
    outer: float
    petals: int
    twist: float = 0.0
    lobes: int = 0
    sway: float = 0.0

    def at(self, angle: float, phase: float) -> tuple[float, float]:
        """Radius at an angle, and how fast it grows with the angle."""
        middle, depth = (self.inner + self.outer) / 2, (self.outer - self.inner) / 2
        turn = self.petals * angle + phase
        height = (cos(turn) + self.twist * cos(2 * turn)) / (1 + self.twist)
        slope = -self.petals * (sin(turn) + 2 * self.twist * sin(2 * turn)) / (1 + self.twist)
        scallop = 1 + self.sway * (cos(self.lobes * angle) - 1)
        radius = middle + depth * height
        bend = -self.sway * self.lobes * sin(self.lobes * angle)
        return radius * scallop, depth * slope * scallop + radius * bend


@lru_cache(maxsize=256)
def rosette(digest: str) -> str:
    """SVG of the seal of a SHA-256 digest, given as 64 hexadecimal digits."""
    b = bytes.fromhex(digest)
    turns = [value / 255 * tau for value in b[2:6]]
    waist, lobes = 500 + b[6] % 140, 6 + b[11] % 9
    edge = Wave(870, 990, lobes * (2 + b[7] % 3), lobes=lobes, sway=0.035)
    petals = Wave(waist, 900, 7 + b[0] % 8, 0.12 + b[8] / 255 * 0.3, lobes, 0.035)
    heart = Wave(300, waist + 60, petals.petals + 2 + b[9] % 4, lobes=lobes, sway=0.05)
    eye = Wave(120, 430, 5 + b[1] % 6, b[10] / 255 * 0.25)
    layers = (
        (_lace(edge, 4, turns[0]), AGAVE),
        (_lace(petals, 12, turns[1]), AGAVE),
        (_lace(heart, 8, turns[2]), MARIGOLD),
        (_lace(eye, 8, turns[3]), AGAVE),
    )
    body = "".join(f'<path stroke="{colour}" d="{path}"/>' for path, colour in layers)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2000 2000" width="400" height="400">'
        f'<g fill="none" stroke-width="5" stroke-linejoin="round">{body}</g></svg>\n'
    )


def _lace(wave: Wave, strands: int, turn: float) -> str:
    return "".join(_ring(wave, turn + tau * k / strands) for k in range(strands))


def _ring(wave: Wave, phase: float) -> str:
    count = max(wave.petals, wave.lobes) * 6
    points, tangents = [], []
    for i in range(count + 1):
        a = tau * i / count
        r, growth = wave.at(a, phase)
        points.append((CENTRE + r * cos(a), CENTRE + r * sin(a)))
        tangents.append(((growth * cos(a) - r * sin(a)) * tau / count, (growth * sin(a) + r * cos(a)) * tau / count))
    return smooth_path(points, tangents)


def smooth_path(points: Sequence[Point], tangents: Sequence[Point]) -> str:
    """Closed cubic path through equally spaced points, as relative integers: smooth and small."""
    x, y = round(points[0][0]), round(points[0][1])
    first = (points[0][0] + tangents[0][0] / 3, points[0][1] + tangents[0][1] / 3)
    out = [f"M{x} {y}"]
    for i in range(1, len(points)):
        (px, py), (tx, ty) = points[i], tangents[i]
        numbers = [round(px - tx / 3) - x, round(py - ty / 3) - y, round(px) - x, round(py) - y]
        if i == 1:
            numbers = [round(first[0]) - x, round(first[1]) - y, *numbers]
        out.append(("c" if i == 1 else "s") + " ".join(map(str, numbers)).replace(" -", "-"))
        x, y = round(px), round(py)
    return "".join(out) + "z"


@dataclass(frozen=True)
class Edge:
    """A rounded rectangle, in millimetres, along which the frame of the certificate runs."""

    width: float
    height: float
    inset: float
    corner: float

    @property
    def sides(self) -> tuple[float, ...]:
        w, h, r = self.width - 2 * self.inset, self.height - 2 * self.inset, self.corner
        return (w - 2 * r, pi * r / 2, h - 2 * r, pi * r / 2) * 2

    def at(self, s: float) -> tuple[float, float, float, float]:
        """Point and outward normal at distance ``s`` along the edge, clockwise from the top left."""
        w, h, r = self.width - 2 * self.inset, self.height - 2 * self.inset, self.corner
        starts = (
            (r, 0, 0), (w - r, r, -pi / 2), (w, r, pi / 2), (w - r, h - r, 0),
            (w - r, h, pi), (r, h - r, pi / 2), (0, h - r, -pi / 2), (r, r, pi),
        )  # fmt: skip
        side = 0
        while side < 7 and s > self.sides[side]:
            s -= self.sides[side]
            side += 1
        x, y, a = starts[side]
        if side % 2:  # a corner: x, y is its centre
            a += s / r
            return self.inset + x + r * cos(a), self.inset + y + r * sin(a), cos(a), sin(a)
        return self.inset + x + s * cos(a), self.inset + y + s * sin(a), sin(a), -cos(a)


@cache
def frame() -> str:
    """SVG of the guilloche that runs round the face of the certificate (A4 landscape)."""
    edge, strands = Edge(297, 210, inset=11, corner=9), 5
    paths = "".join(_strand(edge, tau * k / strands, depth=3.2, waves=120) for k in range(strands))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29700 21000" width="297mm" height="210mm">'
        f'<path fill="none" stroke="{AGAVE}" stroke-width="16" d="{paths}"/></svg>\n'
    )


def _strand(edge: Edge, phase: float, *, depth: float, waves: int) -> str:
    total, count = sum(edge.sides), waves * 6
    points = []
    for i in range(count + 1):
        x, y, nx, ny = edge.at(total * i / count % total)
        d = depth * cos(tau * waves * i / count + phase)
        points.append(((x + nx * d) * 100, (y + ny * d) * 100))
    tangents = []
    for i in range(count):
        before, after = points[i - 1 if i else count - 1], points[i + 1]
        tangents.append(((after[0] - before[0]) / 2, (after[1] - before[1]) / 2))
    return smooth_path(points, [*tangents, tangents[0]])


@cache
def level_bars(reached: int, levels: int) -> str:
    """SVG of rising bars, ``reached`` of ``levels`` filled: the level as a shape beside its word."""
    rise = 17 / max(levels - 1, 1)
    bars = []
    for i in range(levels):
        height = round(7 + rise * i, 1)
        colour = AGAVE if i < reached else PALE
        bars.append(f'<rect x="{i * 8}" y="{round(24 - height, 1)}" width="6" height="{height}" fill="{colour}"/>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {levels * 8 - 2} 24">{"".join(bars)}</svg>\n'
