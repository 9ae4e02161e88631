"""What a process of the dry run does. It begins without Django, so nothing of ours is imported before it is set up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from certification.applications.trial import Findings, Trial

_trials: list[Trial] = []  # one a process: what begin() leaves for run_range()


def begin(databases: dict[str, Any], draft: dict[str, Any]) -> None:
    """Set Django up on the database of the process that asks, and read the documents once."""
    import django
    from django.conf import settings

    settings.DATABASES = databases
    django.setup()
    from certification.amendments.running import trial_of
    from certification.standards.document import StandardDocument

    _trials[:] = [trial_of(StandardDocument.model_validate_json(json.dumps(draft)))]


def run_range(keys: tuple[int, int]) -> Findings:
    """One key range, over a connection of this process."""
    from certification.amendments.running import run_one

    return run_one(_trials[0], keys)
