from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.chain import prove


class Command(BaseCommand):
    help = "Prove that no event of the audit trail was changed, removed or added; exit 1 with the first broken place."

    def handle(self, *args: Any, **options: Any) -> None:
        proof = prove()
        if proof.problem:
            raise CommandError(proof.problem, returncode=1)
        self.stdout.write(f"{proof.count} events, unbroken. Newest hash: {proof.newest}")
