"""Answers to «is this certificate, or this receipt, good?», by folio or by file."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certification.applications.folios import is_well_formed, normalise
from certification.applications.models import Submission
from certification.certificates.models import Certificate
from certification.papers.signing import PdfResult, verify_pdf

SHAPE = re.compile(r"[A-Z0-9]{1,12}-\d{4}-\d{4,}-[A-Z0-9]")
LETTERS = string.ascii_uppercase + string.digits
LONGEST = 30
MAX_PDF_MB = 10


class Finding(StrEnum):
    CERTIFICATE = "certificate"
    RECEIPT = "receipt"
    UNKNOWN = "unknown"
    MALFORMED = "malformed"
    ALTERED = "altered"
    NOT_OURS = "not_ours"
    NOT_REGISTERED = "not_registered"


@dataclass(frozen=True)
class Found:
    """``slip`` says what is wrong with what was typed; ``nearest`` are folios of the register one slip away.

    ``submissions`` are what a receipt acknowledges: one for a file, all of its folio for a folio.
    """

    finding: Finding
    folio: str = ""
    certificate: Certificate | None = None
    submissions: tuple[Submission, ...] = ()
    slip: str = ""
    nearest: tuple[str, ...] = ()
    is_file: bool = False


def by_folio(text: str) -> Found:
    """Look a typed folio up: case, blanks and kinds of hyphen do not matter."""
    folio = normalise(text[: LONGEST * 2])[:LONGEST]
    certificate = _certificates().filter(folio=folio).first()
    if certificate is not None:
        return Found(Finding.CERTIFICATE, folio, certificate)
    # A draft was never sent: its folio is as unknown as one that was never given.
    submissions = tuple(_submissions().filter(application__folio=folio))
    if submissions:
        return Found(Finding.RECEIPT, folio, submissions=submissions)
    if not is_well_formed(folio):
        return Found(Finding.MALFORMED, folio, slip=_slip(folio), nearest=_nearest(folio))
    return Found(Finding.UNKNOWN, folio)


def by_file(content: bytes) -> Found:
    """Tell what a PDF is. Nothing of it is kept. Only a file that is in the register, byte by byte, is genuine."""
    check = verify_pdf(content)
    if check.result == PdfResult.GENUINE:
        return _registered(check.sha256)
    altered = check.result == PdfResult.ALTERED
    return Found(Finding.ALTERED if altered else Finding.NOT_OURS, is_file=True)


def _registered(sha256: str) -> Found:
    certificate = _certificates().filter(pdf_sha256=sha256).first()
    if certificate is not None:
        return Found(Finding.CERTIFICATE, certificate.folio, certificate, is_file=True)
    submission = _submissions().filter(receipt__pdf_sha256=sha256).first()
    if submission is not None:
        return Found(Finding.RECEIPT, submission.application.folio, submissions=(submission,), is_file=True)
    return Found(Finding.NOT_REGISTERED, is_file=True)


def newer_than(certificate: Certificate) -> Certificate | None:
    """The newest later certificate of the same employer and standard, whose data the reader may want instead."""
    return (
        Certificate.objects.filter(
            employer_id=certificate.employer_id,
            standard_slug=certificate.standard_slug,
            issued_at__gt=certificate.issued_at,
        )
        .only("folio", "issued_on")
        .order_by("-issued_at")
        .first()
    )


def _certificates() -> QuerySet[Certificate]:
    rows = Certificate.objects.select_related("standard", "body", "employer")
    return rows.prefetch_related("sites", "status_changes")


def _submissions() -> QuerySet[Submission]:
    """No more of each than the answer tells: the texts that were sent stay unread."""
    told = ("round", "sha256", "submitted_at", "application__folio", "application__standard__fingerprint")
    return Submission.objects.select_related("application__standard").only(*told).order_by("-round")


def _slip(folio: str) -> str:
    if SHAPE.fullmatch(folio):
        return _(
            "El último carácter es de comprobación y no corresponde con los demás: "
            "hay al menos una letra o un número cambiado. Míralo otra vez en el papel."
        )
    return _("Un folio se escribe así: NMX25-2026-0417-V. Lleva siglas, año, número y un carácter final.")


def _nearest(folio: str) -> tuple[str, ...]:
    """Certificates whose folio is one wrong character, or one swap, away: a few candidates, one query."""
    if not SHAPE.fullmatch(folio):
        return ()
    changed = {folio[:i] + letter + folio[i + 1 :] for i in range(len(folio)) if folio[i] != "-" for letter in LETTERS}
    swapped = {folio[:i] + folio[i + 1] + folio[i] + folio[i + 2 :] for i in range(len(folio) - 1)}
    candidates = [text for text in changed | swapped if is_well_formed(text)]
    return tuple(Certificate.objects.filter(folio__in=candidates).order_by("folio").values_list("folio", flat=True)[:3])
