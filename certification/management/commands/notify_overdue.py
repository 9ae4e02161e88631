from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certification.applications.plan.reminders import remind_owners
from certification.applications.reminders import remind_of_letters
from certification.review.overdue import tell_managers


class Command(BaseCommand):
    help = "Mail what became overdue, letters about to lapse and actions about to be due. Run it every morning."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        told = tell_managers(at=now)
        drafts, actions = remind_of_letters(at=now), remind_owners(at=now)
        self.stdout.write(f"{told} told, {drafts} drafts with letters that lapse, {actions} actions of plans")
