"""What a text says of itself and what is wrong with it, as it is kept in its row."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from certification.standards.document import StandardDocument, fingerprint
from certification.standards.reading import DocumentFaults, Fault, parse_yaml, read_yaml


@dataclass(frozen=True)
class Report:
    """``fingerprint`` and what names the document are empty while it has faults."""

    faults: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    fingerprint: str = ""
    code: str = ""
    version: str = ""
    title: str = ""


def report_of(text: str) -> Report:
    """All faults in one run, each with its line, its place, what is wrong and what to do."""
    try:
        reading = read_yaml(text)
    except DocumentFaults as found:
        return Report(_plain(found.faults), [])
    document = reading.document
    return Report([], _plain(reading.warnings), fingerprint(document), document.code, document.version, document.title)


def document_of(text: str) -> StandardDocument:
    """The document of a text without faults. Raises DocumentFaults."""
    return parse_yaml(text)


def _plain(faults: list[Fault] | tuple[Fault, ...]) -> list[dict[str, Any]]:
    return [asdict(fault) for fault in faults]
