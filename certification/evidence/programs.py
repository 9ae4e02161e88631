"""Running our own programs apart: a file that breaks one breaks nothing else."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings


def run(program: str, *words: str, seconds: float) -> bytes:
    """Run a module of ``evidence.apart``, without any secret of this process; return what it prints.

    Raises subprocess.SubprocessError where it fails or takes longer.
    """
    done = subprocess.run(  # noqa: S603 - our own program; users give it numbers at most
        [sys.executable, "-E", "-s", "-m", f"certification.evidence.apart.{program}", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=seconds,
        check=True,
        env={},
        cwd=settings.BASE_DIR,
    )
    return done.stdout
