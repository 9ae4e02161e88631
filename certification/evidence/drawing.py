"""Have pages drawn in a process that a foreign file may break: one is kept ready, and forks for each page."""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from typing import IO

from django.conf import settings

PROGRAM = "certification.evidence.apart.drawer"
SECONDS = 15
MOMENT = 0.3  # in which a process ends that was told to, when its copies have
PATIENCE = 5  # longer than it gets: it ends itself
MOST_BYTES = 2**25
# Drawing takes a core each: a long document must not take them all.
_desks = threading.BoundedSemaphore(2)


class DrawingError(Exception):
    """The file broke the drawer, or ran into a limit of time or memory."""


class Drawer:
    """The process that waits with its libraries loaded: starting one for each page would take longer than drawing."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.desk: socket.socket | None = None

    def order(self, message: bytes, files: list[int]) -> subprocess.Popen[bytes] | None:
        """Send an order with the files that it is about; return who has it. One that has died since is replaced."""
        with self.lock:
            try:
                socket.send_fds(self.desk or self._start(), [message], files)
            except OSError:
                self.close()
                socket.send_fds(self._start(), [message], files)
            return self.process

    def get_ready(self) -> None:
        """Start the process, and do not wait for it: somebody will soon need it."""
        with self.lock:
            if self.desk is None:
                self._start()

    def close(self) -> None:
        """Let the process end: it does when nobody can send it an order any more."""
        if self.desk is not None and self.process is not None:
            self.desk.close()
            self.process.wait(timeout=PATIENCE)
        self.desk = self.process = None

    def _start(self) -> socket.socket:
        self.desk, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own program, without a word of anybody's
                [sys.executable, "-E", "-s", "-m", PROGRAM],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={},
                cwd=settings.BASE_DIR,
            )
        return self.desk


_drawer = Drawer()
atexit.register(_drawer.close)


def _forget_in_a_copy() -> None:
    """A copy of this process starts a drawer of its own: this one ends with its parent."""
    global _drawer  # noqa: PLW0603 - one for each process
    if _drawer.desk is not None and _drawer.process is not None:
        _drawer.desk.close()
        _drawer.process.poll()
    _drawer = Drawer()


os.register_at_fork(after_in_child=_forget_in_a_copy)


def get_ready() -> None:
    """Start the process that draws, where there is none yet, while a page that shows pictures is on its way."""
    _drawer.get_ready()


def draw(file: IO[bytes], work: str, *, seconds: int = SECONDS, **order: str | int) -> bytes:
    """Return what a function of ``apart.drawer.WORKS`` makes of an open file of the disk.

    Raises DrawingError, or OSError where no process can be started, or it was stopped: that is no fault of the file.
    """
    message = json.dumps({"work": work, "seconds": seconds, **order}).encode()
    ours, theirs = socket.socketpair()
    with _desks, ours:
        with theirs:
            process = _drawer.order(message, [theirs.fileno(), file.fileno()])
        ours.settimeout(seconds + PATIENCE)
        try:
            return _answer(ours)
        except DrawingError as fault:
            if _was_stopped(process):
                raise ChildProcessError("the drawer was stopped") from fault
            raise


def _was_stopped(process: subprocess.Popen[bytes] | None) -> bool:
    """Whether the process itself is gone, or going. A file can only end the copy that opened it."""
    try:
        return process is None or process.wait(timeout=MOMENT) is not None
    except subprocess.TimeoutExpired:
        return False


def _answer(ours: socket.socket) -> bytes:
    try:
        with ours.makefile("rb") as stream:
            length = int.from_bytes(stream.read(8), "big")
            content = stream.read(min(length, MOST_BYTES))
    except OSError as fault:
        raise DrawingError(type(fault).__name__) from fault
    if not content or len(content) != length:
        raise DrawingError("no answer")
    return content
