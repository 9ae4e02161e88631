"""Names of files inside a ZIP that every system can write, and none can be led astray by."""

from __future__ import annotations

import re
import unicodedata

LENGTH = 80
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')  # by Windows, and what separates folders
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control and format characters, also those that turn a text round


def path_of(code: str, number: int, title: str, extension: str) -> str:
    """«DEI-1.1/03-Política de inclusión.pdf»: once for each number in the folder of an item."""
    ending = re.sub(r"[^a-z0-9]", "", extension.lower())[:8]
    return f"{_safe(code) or 'otros'}/{number:02d}-{_safe(title) or 'documento'}{'.' if ending else ''}{ending}"


def _safe(text: str) -> str:
    seen = "".join(" " if unicodedata.category(one) in UNSEEN else one for one in unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", " ", FORBIDDEN.sub("-", seen))[:LENGTH].strip(" .")
