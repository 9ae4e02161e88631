"""The real worker, which stops for ever before one step of the checks: python -m … STEP MARK. It is there to be killed.

STEP names a function that certification.evidence.checking calls; MARK is a file that appears once the worker stands.
"""

import sys
import time
from pathlib import Path

import django
from django.core.management import call_command


def stop_at(step, mark):
    from certification.evidence import checking

    def stopped(*_args, **_kwargs):
        Path(mark).touch()
        time.sleep(600)

    owner = checking.Event if step == "record" else checking
    setattr(owner, step, stopped)


if __name__ == "__main__":
    django.setup()
    stop_at(*sys.argv[1:])
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
