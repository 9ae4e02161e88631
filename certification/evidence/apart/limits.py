"""What a program that opens a foreign file may still do."""

import resource
from pathlib import Path


def limit(*, memory: int, seconds: int, most_written: int = 0) -> None:
    """Bound memory (bytes), processor time, and what may be written: nothing, so nothing is left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_written, most_written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_growth(most: int) -> None:
    """Bound memory to so many bytes more than there are now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    memory = pages * resource.getpagesize() + most
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
