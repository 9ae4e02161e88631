from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certification.applications.receipts.actions import make_missing
from certification.papers.signing import SignerUnavailable
from certification.papers.storing import StoreUnavailable


class Command(BaseCommand):
    help = "Make the receipts that could not be made when the application was sent. Run it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make_missing(at=timezone.now())
        except SignerUnavailable as refusal:
            raise CommandError(f"Receipts wait for the signer: {refusal}") from refusal
        except StoreUnavailable as fault:
            raise CommandError("Receipts wait for the store of files, which does not answer.") from fault
        self.stdout.write(f"{made} receipts made")
