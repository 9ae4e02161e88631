"""Cover parts of a photograph for good. It opens foreign files: only ``apart.mask`` calls it."""

from PIL import Image, ImageDraw, ImageOps

from certification.evidence.apart.regions import areas

QUALITY = 90
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def cover(path: str, masked: str, media_type: str, places: list[list[int]]) -> None:
    """Write the picture anew, turned as it was taken, with the places black and nothing else that the file says.

    What is transparent becomes white: something may lie under it that no preview shows.
    """
    with Image.open(path) as image:
        turned = ImageOps.exif_transpose(image).convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", turned.size, "white"), turned).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for area in areas(places, picture.size):
        draw.rectangle(area, fill="black")
    picture.save(masked, FORMATS[media_type], quality=QUALITY)
