"""Render a receipt: one page, PDF/A-3u and tagged, that nobody can take for a certificate."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certification.applications.receipts.content import canonical
from certification.papers.qr import qr_svg
from certification.papers.render import AttachedData, Paper, picture, render
from certification.papers.words import DAY, in_groups
from certification.standards.canonical import day_of

DATA_NAME = "acuse.json"


def render_receipt(content: dict[str, Any]) -> bytes:
    """Return the unsigned PDF/A-3u of a receipt, in Spanish; the same content always gives the same bytes."""
    return render(paper_of(content))


def paper_of(content: dict[str, Any]) -> Paper:
    data = canonical(content)
    with translation.override("es-mx"):
        return Paper(
            html=render_to_string("certification/applications/pdf/receipt.html", _words(content)),
            style="papeles",
            identifier=hashlib.sha256(data).digest()[:16],
            drawings={"qr.svg": qr_svg(address_of(content["folio"])), "band.svg": picture("banda")},
            data=AttachedData(DATA_NAME, _("Datos del acuse"), data, _received(content)),
        )


def address_of(folio: str) -> str:
    """Where anybody checks the receipt."""
    return settings.SITE_URL + reverse("verify_folio", args=(folio,))


def _received(content: dict[str, Any]) -> dt.datetime:
    return dt.datetime.fromisoformat(content["received_at"])


def _words(content: dict[str, Any]) -> dict[str, Any]:
    received = _received(content)
    steps = [{**step, "until": day_of(step["until"])} for step in content["next"]]
    return {
        "receipt": content,
        "steps": steps,
        "has_working_values": not all(step["confirmed"] for step in steps),
        "received": timezone.localtime(received),
        "created": received.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "day": DAY,
        "verify_words": address_of(content["folio"]).partition("://")[2].rstrip("/"),
        "fingerprint": in_groups(content["sha256"]),
    }
