"""Rectangles that somebody marked on the picture of a page, in pixels of that picture."""

import math
from collections import defaultdict

WHOLE = 10_000  # a side of the picture: places are told as hundredths of a per cent

Area = tuple[int, int, int, int]  # left, top, right, bottom; all of them are covered
Marked = dict[int, list[list[int]]]  # by page, counted from 1


def by_page(told: list[list[int]]) -> Marked:
    """What was told of each mark (page, left, top, width, height), by page."""
    marked: Marked = defaultdict(list)
    for page, *place in told:
        marked[page].append(place)
    return marked


def areas(places: list[list[int]], size: tuple[int, int]) -> list[Area]:
    """Whole pixels, rounded outwards: none is covered in part only."""
    across, down = size
    return [
        (
            left * across // WHOLE,
            top * down // WHOLE,
            math.ceil((left + width) * across / WHOLE),
            math.ceil((top + height) * down / WHOLE),
        )
        for left, top, width, height in places
    ]


def touches(one: Area, other: Area) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
