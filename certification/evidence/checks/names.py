"""Names of files as they are kept and shown. They never name anything in the store."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

MAX_LENGTH = 200
LONGEST_EXTENSION = 10


def clean_name(name: str) -> str:
    """Return the name without folders, control characters and direction marks, at most 200 characters long.

    The extension stays when the name is cut. A name of nothing becomes «archivo».
    """
    last = re.split(r"[/\\]|%2F|%5C", name, flags=re.IGNORECASE)[-1]  # as they are, and as addresses write them
    # Cf holds the right-to-left override, that makes «fdp.exe» of «exe.pdf», and the invisible joiners.
    kept = "".join(letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    kept = " ".join(unicodedata.normalize("NFC", kept).split()).rstrip(". ")
    stem, extension = split_name(kept)
    stem = stem[: MAX_LENGTH - len(extension)].rstrip(". ")
    return (stem or _("archivo")) + extension


def split_name(name: str) -> tuple[str, str]:
    """Return the stem, and the extension with its dot as it was written («» without one)."""
    extension = PurePosixPath(name).suffix or (name if name.startswith(".") else "")
    if len(extension) > LONGEST_EXTENSION:
        return name, ""
    return name[: len(name) - len(extension)], extension
