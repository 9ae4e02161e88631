"""Draw one page as a picture: run as a program of its own, so that a file that breaks it breaks nothing else.

``python -I render.py FILE MEDIA_TYPE PAGE``; the picture goes to standard output. It imports nothing of ours.
"""

import io
import resource
import sys

from PIL import Image, ImageOps

LONGEST = 1600  # pixels
MOST_SCALE = 2.2  # of a PDF point: a letter page gets 1,345 × 1,742 before the cap
MEMORY = 2**30
SECONDS = 15


def limit() -> None:
    """Take away what a picture does not need. Nothing may be written, so nothing is left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pdf_page(path: str, number: int) -> Image.Image:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    document.init_forms()  # what was filled in belongs to what the document says
    page = document[number - 1]
    scale = min(MOST_SCALE, LONGEST / max(*page.get_size(), 1))
    picture: Image.Image = page.render(scale=scale).to_pil()
    return picture


def photograph(path: str) -> Image.Image:
    """The picture turned as it was taken, without anything the camera wrote into it."""
    with Image.open(path) as image:
        image.draft("RGB", (LONGEST, LONGEST))
        turned = ImageOps.exif_transpose(image).convert("RGBA")
        turned.thumbnail((LONGEST, LONGEST))
        ground = Image.new("RGBA", turned.size, "white")
        return Image.alpha_composite(ground, turned).convert("RGB")


def main(path: str, media_type: str, number: str) -> None:
    limit()
    out = io.BytesIO()
    if media_type == "application/pdf":
        pdf_page(path, int(number)).save(out, "PNG", compress_level=4)
    else:
        photograph(path).save(out, "JPEG", quality=85)
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:])
