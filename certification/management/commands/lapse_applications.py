from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certification.applications.actions import lapse_overdue


class Command(BaseCommand):
    help = "Mark as lapsed the applications whose term ran out in the employer's hands. Run it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        lapsed = lapse_overdue(at=timezone.now())
        self.stdout.write(f"{len(lapsed)} lapsed")
