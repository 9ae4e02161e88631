"""Waits with its libraries loaded, and forks for each thing to open: the copy has limits, and dies with what it opened.

``python -m certification.evidence.apart.drawer``. Standard input is a socket of packets; each is an order in JSON with
two open files: where the answer goes, and what is to be read. The answer is its length in eight bytes, then itself;
a file that breaks the copy or runs into a limit has none. It ends when the other end is closed.
"""

import json
import os
import signal
import socket
from collections.abc import Callable

from certification.evidence.apart.limits import limit
from certification.evidence.apart.pictures import load, picture, sizes
from certification.evidence.apart.structure import structure

MEMORY = 2**30
ORDER_BYTES = 4_096


def tables(path: str, media_type: str) -> bytes:
    from certification.evidence.apart import tables as reading  # slow to load, and seldom asked for

    return reading.tables(path, media_type)


WORKS: dict[str, Callable[..., bytes]] = {"picture": picture, "sizes": sizes, "structure": structure, "tables": tables}


def serve(desk: socket.socket) -> None:
    load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the copies
    while True:
        order, files, _flags, _address = socket.recv_fds(desk, ORDER_BYTES, 2)
        if not order:
            return
        if os.fork() == 0:
            desk.close()  # a file that takes the copy over reads no other order
            work(order, *files)
        for file in files:
            os.close(file)


def work(order: bytes, answer: int, file: int) -> None:
    """In the copy: do what is ordered and end, whatever happens."""
    try:
        said = json.loads(order)
        seconds = said.pop("seconds")
        limit(memory=MEMORY, seconds=seconds)
        signal.alarm(seconds)  # the other limit counts the time of the processor only
        content = WORKS[said.pop("work")](path=f"/proc/self/fd/{file}", **said)
        with socket.socket(fileno=answer) as out:
            out.sendall(len(content).to_bytes(8, "big") + content)
    finally:
        os._exit(0)


if __name__ == "__main__":
    with socket.socket(fileno=0) as own:
        serve(own)
