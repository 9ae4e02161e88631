"""Check the files that wait in quarantine, read clean ones that nobody read, and scan old ones again when asked."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certification.evidence.checking import check_waiting
from certification.evidence.looking import look_waiting
from certification.evidence.rescanning import rescan


class Command(BaseCommand):
    help = "Check the files that wait in quarantine for more than ten minutes, and read clean ones that were not read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        text = "also ask the scanner about clean files that it did not see for so many days"
        parser.add_argument("--rescan-days", type=int, metavar="N", help=text)

    def handle(self, *args: Any, **options: Any) -> None:
        days, now = options["rescan_days"], timezone.now()
        if days is not None and (days < 0 or not settings.CLAMD_SOCKET):
            raise CommandError(f"--rescan-days={days} needs CLAMD_SOCKET, and a number of days from 0.")
        self.stdout.write(f"{check_waiting(at=now)} files checked.")
        self.stdout.write(f"{look_waiting(at=now)} texts read.")
        if days is not None:
            scanned, refused = rescan(days=days, at=now)
            self.stdout.write(f"{scanned} files scanned again, {refused} of them refused.")
