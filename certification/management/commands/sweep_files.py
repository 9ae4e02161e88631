"""Remove stored files that nothing needs and that are older than a day, and sheets that nobody confirmed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certification.applications.receipts.actions import sweep_receipts
from certification.applications.spreadsheet.actions import sweep_uploads
from certification.certificates.storing import sweep_pdfs
from certification.evidence.actions import sweep_files
from certification.evidence.previews import sweep_previews
from certification.evidence.text import sweep_texts
from certification.evidence.uploads.actions import sweep_incoming


class Command(BaseCommand):
    help = "Remove stored files that nothing needs, a day later, and uploaded sheets that were confirmed or are old."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        count = (
            sweep_files(at=now)
            + sweep_texts(at=now)
            + sweep_previews(at=now)
            + sweep_incoming(at=now)
            + sweep_receipts(at=now)
            + sweep_pdfs(at=now)
        )
        self.stdout.write(f"{count} files removed.")
        if sheets := sweep_uploads(at=now):
            self.stdout.write(f"{sheets} uploaded sheets forgotten.")
