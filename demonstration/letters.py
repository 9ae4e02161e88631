"""Letters of participation of a draft, one of which lapses before the likely day of the visit."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta

from certification.applications import saving
from certification.applications.models import Application

AGES = {"P1": 172, "P2": 40}  # days since each was issued; six months are the most


def add_letters(application: Application, *, at: dt.datetime) -> None:
    """Say which letters the draft has already."""
    for code, days in AGES.items():
        saving.save_requirement(
            application,
            code,
            present=True,
            issued_on=(at - timedelta(days=days)).date(),
            reference=f"EJ-{code}",
            actor=application.created_by,
            at=at - timedelta(days=5),
        )
