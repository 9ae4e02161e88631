from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certification.papers.dev_signer import make_dev_signer
from certification.papers.signing import KEY_FILE


class Command(BaseCommand):
    help = "Make a development authority and signer of certificates in SIGNER_DIR. Does nothing when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_HTTPS:
            raise CommandError(
                f"SITE_URL={settings.SITE_URL!r} is a public site: put the signer's real key in "
                f"SIGNER_DIR/{KEY_FILE} instead. A development signer is never made here."
            )
        folder = Path(settings.SIGNER_DIR)
        if (folder / KEY_FILE).exists():
            self.stdout.write(f"There is a signer in {folder}. Nothing was changed.")
            return
        make_dev_signer(folder, passphrase=settings.SIGNER_PASSPHRASE, at=timezone.now())
        self.stdout.write(f"A development signer was made in {folder}.")
