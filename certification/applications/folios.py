"""Folios that a person can say on the phone: series, year, number and a check character."""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction
from django.db.models import F
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from certification.applications.models import FolioCounter

# A check character that looks like another one is never given: its number is passed over.
AMBIGUOUS = frozenset("01IO")
APPLICATION_SERIES = "S"
FOLIO = re.compile(r"([A-Z][A-Z0-9]*?)(20[0-9]{2})([0-9]{4,})([A-Z0-9])")  # series, year, number, check character


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36 over letters and digits: catches every slip of one character and nearly every swap."""
    return mod_37_36.calc_check_digit(text.replace("-", ""))


def normalise(text: str) -> str:
    """A folio as it is written, however it was typed: in lower case, with spaces, other dashes or nothing between."""
    for dash in "‐‑‒–—−_":
        text = text.replace(dash, "-")
    written = "".join(letter for letter in text if letter.isprintable() and not letter.isspace()).upper()
    parts = FOLIO.fullmatch(written.replace("-", ""))
    return "-".join(parts.groups()) if parts else written


def is_well_formed(folio: str) -> bool:
    """Tell whether the check character of a normalised folio fits."""
    parts = folio.split("-")
    if len(parts) < 4 or not folio.isascii():
        return False
    try:
        mod_37_36.validate("".join(parts))
    except ValidationError:
        return False
    return True


@transaction.atomic
def next_folio(series: str, on: dt.date) -> str:
    """Give the next folio of a series in the year of ``on``, like NMX25-2026-0417-V. Never given twice."""
    counter, _ = FolioCounter.objects.get_or_create(series=series, year=on.year)
    while True:
        FolioCounter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
        counter.refresh_from_db()
        stem = f"{series}-{on.year}-{counter.last:04d}"
        character = check_character(stem)
        if character not in AMBIGUOUS:
            return f"{stem}-{character}"
