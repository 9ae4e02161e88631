"""Make the search index of the published practices anew."""

from typing import Any

from django.core.management.base import BaseCommand

from good_practices.search import reindex


class Command(BaseCommand):
    help = "Make the search index of the published practices anew."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reindex()} practices indexed.")
