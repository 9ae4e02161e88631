"""Remove stored files that no document, receipt or certificate needs and that are older than a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certification.applications.receipts.actions import sweep_receipts
from certification.certificates.storing import sweep_pdfs
from certification.evidence.actions import sweep_files


class Command(BaseCommand):
    help = "Remove stored files that no document, receipt or certificate needs and that are older than a day."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        count = sweep_files(at=now) + sweep_receipts(at=now) + sweep_pdfs(at=now)
        self.stdout.write(f"{count} files removed.")
