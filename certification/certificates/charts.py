"""Figures of the register as small drawings: the country as tiles, the years as bars. No markup here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from employers import catalogues

TILE = 46
# Column, row and the letters that fit, by INEGI key: neighbours stay neighbours.
TILES = {
    "02": (0, 0, "BC"), "26": (1, 0, "Son"), "08": (2, 0, "Chih"), "05": (3, 0, "Coah"), "19": (4, 0, "NL"),
    "28": (5, 0, "Tam"), "03": (0, 1, "BCS"), "25": (1, 1, "Sin"), "10": (2, 1, "Dgo"), "32": (3, 1, "Zac"),
    "24": (4, 1, "SLP"), "18": (1, 2, "Nay"), "01": (2, 2, "Ags"), "11": (3, 2, "Gto"), "22": (4, 2, "Qro"),
    "13": (5, 2, "Hgo"), "30": (6, 2, "Ver"), "31": (9, 2, "Yuc"), "14": (2, 3, "Jal"), "16": (3, 3, "Mich"),
    "15": (4, 3, "Mex"), "09": (5, 3, "CMX"), "29": (6, 3, "Tlax"), "21": (7, 3, "Pue"), "04": (8, 3, "Cam"),
    "23": (9, 3, "QR"), "06": (2, 4, "Col"), "12": (4, 4, "Gro"), "17": (5, 4, "Mor"), "20": (6, 4, "Oax"),
    "07": (7, 4, "Chis"), "27": (8, 4, "Tab"),
}  # fmt: skip


@dataclass(frozen=True)
class Tile:
    """One state. ``shade`` is 0 for none, then 1 to 3 by thirds of the greatest number."""

    key: str
    name: str
    letters: str
    x: int
    y: int
    number: int
    shade: int

    @property
    def middle(self) -> int:
        return self.x + TILE // 2

    @property
    def line(self) -> int:
        return self.y + TILE // 2 + 5


@dataclass(frozen=True)
class StateMap:
    tiles: tuple[Tile, ...]
    steps: tuple[tuple[int, int, int], ...]  # shade, from, to (0: or more)

    @property
    def table(self) -> list[Tile]:
        return sorted(self.tiles, key=lambda tile: (-tile.number, tile.name))

    @property
    def most(self) -> list[str]:
        return [tile.name for tile in self.table[:3] if tile.number]


def state_map(numbers: Mapping[str, int]) -> StateMap:
    """The 32 states with their numbers, by INEGI key; what is not given is none."""
    greatest = max(numbers.values(), default=0)
    second, third = max(2, -(-greatest // 3)), max(3, -(-greatest * 2 // 3))
    tiles = []
    for key, (column, row, letters) in TILES.items():
        number = numbers.get(key, 0)
        shade = 0 if not number else 1 if number < second else 2 if number < third else 3
        name = catalogues.state(key).name
        tiles.append(Tile(key, name, letters, column * TILE, row * TILE, number, shade))
    return StateMap(tuple(tiles), ((1, 1, second - 1), (2, second, third - 1), (3, third, 0)))


@dataclass(frozen=True)
class Bar:
    year: int
    number: int
    x: str
    width: str
    middle: str
    y: int
    height: int
    is_current: bool

    @property
    def above(self) -> int:
        return self.y - 6


BASE, TALLEST, MOST_YEARS = 176, 150, 8


def year_bars(numbers: Mapping[int, int], current: int) -> list[Bar]:
    """The last eight years of the register, gaps as zero; positions across in per cent, heights in pixels."""
    if not numbers:
        return []
    years = range(max(min(numbers), current - MOST_YEARS + 1), current + 1)
    greatest = max((numbers.get(year, 0) for year in years), default=0) or 1
    step = 100 / max(len(years), 1)
    bars = []
    for place, year in enumerate(years):
        number = numbers.get(year, 0)
        height = round(TALLEST * number / greatest)
        x, width = step * place + step * 0.08, min(step * 0.84, 14.0)
        across = (f"{x:.2f}%", f"{width:.2f}%", f"{x + width / 2:.2f}%")
        bars.append(Bar(year, number, *across, BASE - height, height, year == current))
    return bars
