from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from certification.evidence.checking import reading_later
from certification.standards.models import Standard
from demonstration.actions import is_seeded, seed
from demonstration.people import PASSWORD, STAFF, address


class Command(BaseCommand):
    help = "Fill a demonstration database. Running it again changes nothing; a database that is not a demo is refused."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration: DEMO is not true. Nothing was changed.")
        if not is_seeded():
            self._seed()
        self._print_accounts()

    def _seed(self) -> None:
        if User.objects.exists():
            raise CommandError("The database has accounts of its own, so it is not a demo. Nothing was changed.")
        if not Standard.objects.exists():
            raise CommandError(
                "Publish the standards first: manage.py standard publish certification/standards/data/*."
            )
        # Hundreds of mails about invented people would only fill the mail folder.
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        self.stdout.write("Making the demonstration data; this takes about a minute…")
        with reading_later():
            seed(at=timezone.now())

    def _print_accounts(self) -> None:
        self.stdout.write(f"Demonstration accounts (password of all: {PASSWORD})")
        for name, _full_name, charge, role, body in STAFF:
            self.stdout.write(f"  {address(name):44} {role.value:18} {body:10} {charge}")
        self.stdout.write(f"  {address('empresa1'):44} an employer; empresa1 to empresa44")
