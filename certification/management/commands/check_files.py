"""Check the files that still wait in quarantine, and read clean ones that nobody read: what a dead worker left."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certification.evidence.checking import check_waiting
from certification.evidence.looking import look_waiting


class Command(BaseCommand):
    help = "Check the files that wait in quarantine for more than ten minutes, and read clean ones that were not read."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"{check_waiting(at=now)} files checked.")
        self.stdout.write(f"{look_waiting(at=now)} texts read.")
