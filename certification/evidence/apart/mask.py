"""Cover personal data in a file for good: a program of its own, so that a file that breaks it breaks nothing else.

``python -m certification.evidence.apart.mask FILE MASKED ORDER``. The order is JSON: ``most_bytes``, ``media_type`` and
``marked``, a list of page, left, top, width and height for each mark of the employer. Each page of a PDF becomes a
picture in which what is marked or found is black, with the other words laid over it unseen. Nothing of the file's own
objects is taken over.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import closing

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name
from PIL import Image, ImageChops, ImageDraw

from certification.evidence.apart import photographs
from certification.evidence.apart.boxes import Boxes
from certification.evidence.apart.characters import characters, flat_page
from certification.evidence.apart.layer import Letters
from certification.evidence.apart.limits import limit
from certification.evidence.apart.regions import Area, Marked, areas, by_page, touches
from certification.evidence.sightings import sightings

MEMORY = 2 * 2**30
SECONDS = 280
DOTS = 150  # an inch: small print stays legible
LONGEST = 2600  # pixels of a side, for posters
QUALITY = 80
GREY = 10  # how far colours may be apart on a page that is stored without any


def main(path: str, masked: str, order: str) -> None:
    said = json.loads(order)
    limit(memory=MEMORY, seconds=SECONDS, most_written=said["most_bytes"])
    marked = by_page(said["marked"])
    if said["media_type"] in photographs.FORMATS:
        photographs.cover(path, masked, said["media_type"], marked[1])
    else:
        cover(path, masked, marked)


def cover(path: str, masked: str, marked: Marked) -> None:
    """Write the copy of a PDF; end without success where personal data can still be found in it."""
    with pypdfium2.PdfDocument(path) as document, pikepdf.new() as pdf:
        document.init_forms()
        letters = Letters()
        for index in range(len(document)):
            with closing(flat_page(document, index)) as page:
                add_page(pdf, page, letters, marked.get(index + 1, []))
        fonts = letters.fonts(pdf)
        for made in pdf.pages:
            made.Resources.Font = fonts
        pdf.save(masked, deterministic_id=True)
    with pypdfium2.PdfDocument(masked) as document:
        if any(sightings(text) for text in all_texts(document)):
            raise SystemExit("Something can still be found.")


def all_texts(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for index in range(len(document)):
        with closing(document[index]) as page, closing(page.get_textpage()) as textpage:
            yield characters(textpage)


def add_page(pdf: pikepdf.Pdf, page: pypdfium2.PdfPage, letters: Letters, places: list[list[int]]) -> None:
    """Add the picture of a page, with what is marked or found in black, and its other words."""
    width, height = page.get_size()
    scale = min(DOTS / 72, LONGEST / max(width, height, 1))
    bitmap = page.render(scale=scale)
    picture = bitmap.to_pil().convert("RGB")
    black = areas(places, picture.size)
    with closing(page.get_textpage()) as textpage:
        text = characters(textpage)
        boxes = Boxes(textpage, bitmap.get_posconv(page), scale, height)
        found = {place for one in sightings(text) for place in range(one.start, one.end)}
        hidden = found | under(black, text, boxes)
        words = list(boxes.words(text, hidden))
        black += [box for place in sorted(found) if text[place].strip() and (box := boxes.box(place))]
    draw = ImageDraw.Draw(picture)
    for area in black:
        draw.rectangle(area, fill="black")
    made = pdf.add_blank_page(page_size=(width, height))
    made.Resources = Dictionary(XObject=Dictionary(Page=stored(pdf, picture)))
    shown = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Page Do Q\n".encode("ascii")
    made.Contents = pdf.make_stream(shown + letters.content(words))


def under(black: list[Area], text: str, boxes: Boxes) -> set[int]:
    """The places of the characters that lie under what was marked, or touch it."""
    if not black:
        return set()
    placed = ((place, boxes.box(place)) for place in range(len(text)) if text[place].strip())
    return {place for place, box in placed if box and any(touches(box, area) for area in black)}


def stored(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    """A picture as an object of the PDF, in grey where it has no colour."""
    if not has_colour(picture):
        picture = picture.convert("L")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return pikepdf.Stream(
        pdf,
        out.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def has_colour(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return any(apart.histogram()[GREY:])


if __name__ == "__main__":
    main(*sys.argv[1:])
