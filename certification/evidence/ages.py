"""From where a document ages: the day it was issued, or the end of what it proves where that is later."""

from __future__ import annotations

import datetime as dt

from django.db.models import DateField
from django.db.models.functions import Coalesce, Greatest

# The same as ``newest_day``, for the database.
NEWEST_DAY = Greatest(
    Coalesce("issued_on", "proves_until"), Coalesce("proves_until", "issued_on"), output_field=DateField()
)


def newest_day(issued_on: dt.date | None, proves_until: dt.date | None) -> dt.date | None:
    """None for a document without a date."""
    return max((day for day in (issued_on, proves_until) if day), default=None)
