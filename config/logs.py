"""Logs are one JSON object a line, so that machines can read them; no personal data goes in."""

import logging
import sys
import traceback
from typing import Any

import structlog
import structlog.typing


def _exception_without_values(
    _logger: Any, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Say which error came up and where, never its message: that may quote what a person wrote."""
    raised = event.pop("exc_info", None)
    if not raised:
        return event
    kind, _error, where = raised if isinstance(raised, tuple) else sys.exc_info()
    event["exception"] = getattr(kind, "__name__", str(kind))
    event["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(where)[-12:]]
    return event


def formatter() -> logging.Formatter:
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _exception_without_values,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )
