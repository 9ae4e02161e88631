from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certification.review.overdue import tell_managers


class Command(BaseCommand):
    help = "Mail the managers a list of what became overdue in the programme's hands. Run it every morning."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{tell_managers(at=timezone.now())} told")
