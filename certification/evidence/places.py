"""Where a photograph was taken, as the camera wrote it down: told to the employer, and taken out when asked."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import IO

from PIL import Image
from PIL.ExifTags import IFD

EXIF_HEAD = b"Exif\x00\x00"
XMP_PLACE = b"GPSL"  # exif:GPSLatitude and exif:GPSLongitude
MARKERS_ALONE = {0x01, *range(0xD0, 0xD9)}  # without a length (ITU-T T.81, table B.1)
START_OF_SCAN = 0xDA
ENTRY = 12  # bytes of an entry of an EXIF directory
TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_METADATA = (b"XML:com.adobe.xmp\0", b"Raw profile type ")  # keywords of texts that hold XMP and EXIF
WEBP_XMP = 0x04  # the flag that announces XMP


def tells_place(file: IO[bytes]) -> bool:
    """Whether a photograph says where it was taken, in EXIF or XMP; ``file`` was checked and is left at its start."""
    file.seek(0)
    try:
        with Image.open(file) as image:
            texts = [value for value in image.info.values() if isinstance(value, (str, bytes))]
            xmp = b"".join(one.encode() if isinstance(one, str) else one for one in texts)
            return bool(image.getexif().get_ifd(IFD.GPSInfo)) or XMP_PLACE in xmp
    finally:
        file.seek(0)


def without_place(file: IO[bytes], media_type: str) -> bytes:
    """Return the photograph without its place. Pixels, orientation and the other EXIF data stay as they are.

    XMP that may tell it is left out whole. Raises ValueError for another media type, struct.error for a broken file.
    """
    file.seek(0)
    content = file.read()
    parts = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}
    if media_type not in parts:
        raise ValueError(f"media_type={media_type!r} holds no photograph. Pass JPEG, PNG or WEBP.")
    return parts[media_type](content)


def _exif_without_place(exif: bytes) -> bytes:
    """The same EXIF block, with zeros for its GPS directory; ``exif`` begins with the TIFF header."""
    data = bytearray(exif)
    order = "<" if data.startswith(b"II") else ">"
    for entry in _entries(data, order, _number(data, order, 4)):
        if struct.unpack_from(order + "H", data, entry)[0] != IFD.GPSInfo:
            continue
        directory = _number(data, order, entry + 8)
        for one in _entries(data, order, directory):
            kind, count = struct.unpack_from(order + "HI", data, one + 2)
            if (length := TYPE_SIZES.get(kind, 1) * count) > 4:
                _blank(data, _number(data, order, one + 8), length)
            _blank(data, one, ENTRY)
        _blank(data, directory, 2)  # how many entries it has
    return bytes(data)


def _entries(data: bytearray, order: str, directory: int) -> list[int]:
    """Where the entries of a directory stand (TIFF 6.0, section 2)."""
    count = struct.unpack_from(order + "H", data, directory)[0]
    return [directory + 2 + ENTRY * n for n in range(count)]


def _number(data: bytearray, order: str, place: int) -> int:
    return int(struct.unpack_from(order + "I", data, place)[0])


def _blank(data: bytearray, place: int, length: int) -> None:
    length = max(min(length, len(data) - place), 0)
    data[place : place + length] = bytes(length)


def _jpeg(content: bytes) -> bytes:
    out = io.BytesIO()
    for marker, segment in _segments(content):
        body = segment[4:]
        if marker == 0xE1 and body.startswith(EXIF_HEAD):
            body = EXIF_HEAD + _exif_without_place(body[len(EXIF_HEAD) :])
        if not (marker == 0xE1 and XMP_PLACE in body):
            out.write(segment[:4] + body)
    return out.getvalue()


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG with their markers; from the first scan on, all that is left is one."""
    place = 0
    while place < len(content):
        marker = content[place + 1]
        if marker == START_OF_SCAN:
            yield marker, content[place:]
            return
        length = 2 if marker in MARKERS_ALONE else 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
        yield marker, content[place : place + length]
        place += length


def _png(content: bytes) -> bytes:
    out = io.BytesIO()
    out.write(PNG_HEAD)
    place = len(PNG_HEAD)
    while place < len(content):
        length = struct.unpack(">I", content[place : place + 4])[0]
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += 12 + length
        if kind == b"eXIf":
            body = _exif_without_place(body)
        if not body.startswith(PNG_METADATA):
            out.write(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))
    return out.getvalue()


def _webp(content: bytes) -> bytes:
    out = io.BytesIO()
    place = 12  # after «RIFF», the length and «WEBP»
    while place < len(content):
        kind, length = content[place : place + 4], struct.unpack("<I", content[place + 4 : place + 8])[0]
        body = content[place + 8 : place + 8 + length]
        place += 8 + length + length % 2
        if kind == b"EXIF":
            body = _exif_without_place(body.removeprefix(EXIF_HEAD))
        if kind == b"VP8X":
            body = bytes((body[0] & ~WEBP_XMP,)) + body[1:]
        if kind != b"XMP ":
            out.write(kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2))
    return b"RIFF" + struct.pack("<I", out.tell() + 4) + b"WEBP" + out.getvalue()
