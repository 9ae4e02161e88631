"""An application that was sent by the real action, with its receipt where a signer is there."""

from django.core.files.storage import default_storage
from django.utils import timezone

from certification.applications import actions
from certification.applications.receipts.actions import make_receipt
from tests.certification.applications.cases import complete_draft, signed
from tests.certification.review.factories import DECLARED


def sent_case(name="distintivo-ei"):
    case = complete_draft(name)
    actions.submit(case.application, declaration=DECLARED, sign=signed, actor=case.owner, at=timezone.now())
    case.application = case.fresh()
    return case


def receipt_of(case):
    return make_receipt(case.application.submissions.last(), at=timezone.now())


def file_of(receipt):
    with default_storage.open(receipt.pdf) as file:
        return file.read()
