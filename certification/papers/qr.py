"""The QR code of a paper, as one path: a path for each module makes a third of the PDF's cost."""

from __future__ import annotations

from itertools import groupby

import segno

QUIET = 2  # modules of white around the code; the paper adds the rest
INK = "#1d1b1a"


def qr_svg(text: str) -> str:
    """SVG of the QR code (error level M) of ``text``, with all its dark modules in one path."""
    rows = segno.make(text, error="m", micro=False).matrix
    side = len(rows) + 2 * QUIET
    path = "".join(_row(row, y + QUIET) for y, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="{INK}" d="{path}"/></svg>\n'
    )


def _row(row: bytearray, y: int) -> str:
    out, x = [], QUIET
    for is_dark, run in groupby(row, key=bool):
        length = len(list(run))
        if is_dark:
            out.append(f"M{x} {y}h{length}v1h-{length}z")
        x += length
    return "".join(out)
