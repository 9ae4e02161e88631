"""Make the receipt of what was sent. Sending never waits for it and never fails with it: see docs/decisions/0004."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from accounts.queueing import enqueue
from audit.models import Event
from certification.applications import emails
from certification.applications.models import Submission
from certification.applications.receipts.content import canonical, content_of
from certification.applications.receipts.models import Receipt
from certification.applications.receipts.pdf import render_receipt
from certification.evidence.store import drop_unneeded
from certification.papers.signing import SignerUnavailable, sign_pdf
from certification.papers.storing import StoreUnavailable, store_pdf

FOLDER = "receipts"
PATIENCE = dt.timedelta(minutes=10)  # what was sent just now is in the hands of a worker
log = logging.getLogger(__name__)


def make_soon(submission: Submission) -> None:
    """Queue the receipt, after commit (the immediate backend makes it at once). Whatever fails, what was sent stays."""
    enqueue(make_receipt_task, submission.pk)


@task()
def make_receipt_task(submission_id: int) -> None:
    """Make one receipt; without a key or a store it waits for ``make_missing``."""
    try:
        make_receipt(Submission.objects.get(pk=submission_id), at=timezone.now())
    except (SignerUnavailable, StoreUnavailable) as fault:
        log.warning("A receipt waits: %s", type(fault).__name__)


def make_receipt(submission: Submission, *, at: dt.datetime) -> Receipt:
    """Render, sign, store and register the receipt of a submission, once; the one that is there is returned.

    The file is stored before the row exists, so a crash leaves at worst a file that nothing points at. May run twice
    at once. Raises SignerUnavailable or StoreUnavailable, and then nothing is half made.
    """
    found = Receipt.objects.filter(submission=submission).first()
    if found is not None:
        return found
    content = content_of(submission)
    with override("es-mx"):
        reason = _("Acuse %(folio)s") % {"folio": content["folio"]}
    name, sha256 = store_pdf(FOLDER, sign_pdf(render_receipt(content), charge=content["recipient"], reason=reason))
    facts = {
        "data": content,
        "digest": hashlib.sha256(canonical(content)).hexdigest(),
        "pdf": name,
        "pdf_sha256": sha256,
        "issued_at": at,
    }
    with transaction.atomic():
        receipt, is_new = Receipt.objects.get_or_create(submission=submission, defaults=facts)
        if is_new:
            Event.record(receipt, "issue", actor=None, at=at, data={"folio": content["folio"], "pdf_sha256": sha256})
    return receipt


def make_missing(*, at: dt.datetime) -> int:
    """Make the receipts that could not be made on sending, tell those who wait for them, and return how many.

    Safe to run at any time. Raises like ``make_receipt`` at the first that cannot be made: so could the rest not.
    """
    waiting = Submission.objects.filter(receipt=None, submitted_at__lt=at - PATIENCE).order_by("pk")
    count = 0
    for submission in waiting.select_related("application__standard", "application__employer").iterator():
        make_receipt(submission, at=at)
        with transaction.atomic():
            emails.send_receipt_ready(submission.application, submission)
        count += 1
    return count


def sweep_receipts(*, at: dt.datetime) -> int:
    """Remove the files that no receipt names and that are older than a day before ``at``; return how many."""
    return drop_unneeded(FOLDER, lambda name: Receipt.objects.filter(pdf=name).exists(), at - dt.timedelta(days=1))
