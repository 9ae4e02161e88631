from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.mail_queue import requeue


class Command(BaseCommand):
    help = "Queue again the mail that failed and what dead workers held; empty sent messages. Run it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        done = requeue(at=timezone.now())
        self.stdout.write(f"{done.abandoned} abandoned and {done.failed} failed queued again, {done.emptied} emptied")
