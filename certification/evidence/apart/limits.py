"""What a program that opens a foreign file may still do."""

import resource


def limit(*, memory: int, seconds: int, most_written: int = 0) -> None:
    """Bound memory (bytes), processor time, and what may be written: nothing, so nothing is left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_written, most_written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
