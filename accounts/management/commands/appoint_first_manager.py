from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions import appoint_first_manager
from accounts.refusals import ActionRefused


class Command(BaseCommand):
    help = "Make the person with a confirmed account the first programme manager; all other roles are given on a page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            appoint_first_manager(email=options["email"], at=timezone.now())
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("Done. This person now gives all other roles at /programa/personas/.")
