"""Draw pages as pictures. It opens foreign files: only the copies that ``apart.drawer`` makes of itself call it."""

import io
import json
import math

import pypdfium2
from PIL import Image, ImageOps

MOST_SCALE = 1 / 727  # of a PDF point, by pixel of the longest side: a letter page of 1,600 pixels gets 2.02
PDF = "application/pdf"
TURNED = {5, 6, 7, 8}  # EXIF orientations that lie on their side
ORIENTATION = 0x0112


def picture(path: str, media_type: str, page: int, longest: int) -> bytes:
    """The JPEG of a page, counted from 1, without anything that a camera or a program wrote into the file.

    PNG of a page of text is no smaller and takes six times as long to write; of a scan it is four times the size.
    """
    drawn = _pdf_page(path, page, longest) if media_type == PDF else _photograph(path, longest)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=85)
    return out.getvalue()


def load() -> None:
    """Draw a sheet of our own: both libraries load most of themselves at their first work."""
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(100, 100).render(rev_byteorder=True).to_pil().save(io.BytesIO(), "JPEG")


def sizes(path: str, media_type: str, most: int, longest: int) -> bytes:
    """JSON: width and height of the picture of each page, at most ``most`` of them."""
    if media_type == PDF:
        with pypdfium2.PdfDocument(path) as document:
            count = min(len(document), most)
            found = [_fitted(document.get_page_size(index), longest) for index in range(count)]
    else:
        with Image.open(path) as image:
            width, height = image.size
            lies = image.getexif().get(ORIENTATION) in TURNED
            scale = min(1, longest / max(width, height))
            found = [_scaled(*((height, width) if lies else (width, height)), scale)]
    return json.dumps(found).encode()


def _pdf_page(path: str, page: int, longest: int) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()  # what was filled in belongs to what the document says
        sheet = document[page - 1]
        bitmap = sheet.render(scale=_scale(sheet.get_size(), longest), rev_byteorder=True)
        drawn: Image.Image = bitmap.to_pil()
        return drawn.convert("RGB")


def _photograph(path: str, longest: int) -> Image.Image:
    """The picture turned as it was taken; what is transparent becomes white."""
    with Image.open(path) as image:
        image.draft("RGB", (longest, longest))
        turned = ImageOps.exif_transpose(image).convert("RGBA")
        turned.thumbnail((longest, longest))
        ground = Image.new("RGBA", turned.size, "white")
        return Image.alpha_composite(ground, turned).convert("RGB")


def _scale(size: tuple[float, float], longest: int) -> float:
    return min(MOST_SCALE * longest, longest / max(*size, 1))


def _fitted(size: tuple[float, float], longest: int) -> tuple[int, int]:
    return _scaled(*size, _scale(size, longest))


def _scaled(width: float, height: float, scale: float) -> tuple[int, int]:
    return max(1, math.ceil(width * scale)), max(1, math.ceil(height * scale))
