"""Open a PDF to its last object. Files are foreign: only the copies that ``apart.drawer`` makes of itself call it."""

import json
import resource
from typing import Any

import pikepdf

from certification.evidence.apart.acting import TooComplexError, carries_files, is_action, is_rich, watched_nodes
from certification.evidence.apart.limits import limit_growth

GROWTH = 300 * 2**20  # a scanned book of 2,000 pages takes a tenth; a packed stream of objects may ask for any amount


def structure(path: str, media_type: str) -> bytes:  # noqa: ARG001 - every work is told the type
    """JSON: ``pages``, and ``fault``: empty, or one word for what is wrong with the file."""
    limit_growth(GROWTH)
    pages, before = 0, _peak()
    try:
        # Mapped into memory the file itself would count, however long it is.
        with pikepdf.open(path, suppress_warnings=True, access_mode=pikepdf.AccessMode.stream) as pdf:
            pages = len(pdf.pages)
            # All of them, also after the first fault: who cleans the file opens it without these limits.
            faults = [fault for node in watched_nodes(pdf) if (fault := _fault(node))]
            fault = "password" if pdf.is_encrypted else next(iter(faults), "")
    except pikepdf.PasswordError:
        fault = "password"
    except TooComplexError:
        fault = "complex"
    except (MemoryError, pikepdf.PdfError, ValueError, RuntimeError, TypeError):
        # qpdf goes on without what it had no memory for, and then misses it: the peak tells why.
        fault = "heavy" if _peak() - before > GROWTH // 4 else "broken"
    return json.dumps({"pages": pages, "fault": fault}).encode()


def _peak() -> int:
    """The most memory that this process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024


def _fault(node: Any) -> str:
    if is_action(node):
        return "acts"
    if "/XFA" in node.keys():  # noqa: SIM118 - a PDF object, no dict
        return "form"
    return "holds" if is_rich(node) or carries_files(node) else ""
