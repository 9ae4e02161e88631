"""Ask ClamAV about a content, where ``CLAMD_SOCKET`` names its daemon; without one, nothing is asked.

clamd speaks over a socket (clamd(8), INSTREAM): blocks with their length in front, an empty one at the end.
"""

from __future__ import annotations

import socket
import struct
from typing import IO

from django.conf import settings

BLOCK = 2**17
SECONDS = 120  # of silence; a large archive takes clamd half a minute
MOST_ANSWER = 4_096
HARMFUL, CLEAN = b" FOUND", b"OK"


class ScannerUnavailable(Exception):
    """The daemon does not answer, or cannot say anything of the content. It is not clean for that."""


class Infected(Exception):
    """``name`` is what ClamAV calls what it found."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def scan(file: IO[bytes]) -> str:
    """Return what looked the content through, as «ClamAV 1.0.7/27000»; "" where no scanner is configured.

    Raises Infected, and ScannerUnavailable where no sure answer comes; ``file`` is read from its start.
    """
    if not settings.CLAMD_SOCKET:
        return ""
    file.seek(0)
    try:
        answer = _ask(b"INSTREAM", file)
        if answer.endswith(HARMFUL):
            raise Infected(answer.removesuffix(HARMFUL).removeprefix(b"stream: ").decode("utf-8", "replace"))
        if answer.removeprefix(b"stream: ") != CLEAN:
            raise ScannerUnavailable(answer.decode("utf-8", "replace"))
        return version()
    except OSError as fault:
        raise ScannerUnavailable(type(fault).__name__) from fault


def version() -> str:
    """Program and number of its signatures, without their date. Raises ScannerUnavailable."""
    try:
        said = _ask(b"VERSION").decode("utf-8", "replace")
    except OSError as fault:
        raise ScannerUnavailable(type(fault).__name__) from fault
    return "/".join(said.split("/")[:2])[:120]


def _ask(command: bytes, file: IO[bytes] | None = None) -> bytes:
    with _connection() as connection:
        connection.sendall(b"z" + command + b"\0")
        while file and (block := file.read(BLOCK)):
            connection.sendall(struct.pack("!L", len(block)) + block)
        if file:
            connection.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER and (part := connection.recv(MOST_ANSWER)):
            answer += part
    if not answer.endswith(b"\0"):
        raise ScannerUnavailable("clamd hung up.")  # past its StreamMaxLength it does, too
    return answer.rstrip(b"\0")


def _connection() -> socket.socket:
    place = settings.CLAMD_SOCKET
    host, colon, port = place.rpartition(":")
    if colon and not place.startswith("/"):
        return socket.create_connection((host, int(port)), timeout=SECONDS)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(SECONDS)
    try:
        connection.connect(place)
    except OSError:
        connection.close()
        raise
    return connection
