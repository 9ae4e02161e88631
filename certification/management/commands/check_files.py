"""Check the files that still wait in quarantine: what a dead worker held, or a scanner that was down."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certification.evidence.checking import check_waiting


class Command(BaseCommand):
    help = "Check the files that wait in quarantine for more than ten minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{check_waiting(at=timezone.now())} files checked.")
