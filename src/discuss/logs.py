"""Logs: text for people on a terminal, one JSON object a line for machines. No personal data goes in.

They go to standard error, because standard output is for what a command answers.
"""

import logging
import sys
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

from discuss.settings import Settings


class Lines(structlog.PrintLogger):
    """What cannot be written is lost: on a full disk, or with nobody to read it, the work must go on."""

    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    debug = info = warning = error = critical = msg


THROUGH_ROOT: Mapping[str, Any] = MappingProxyType(
    {"handlers": {}, "loggers": {"_granian": {"handlers": [], "propagate": True}}}
)
"""For granian, which otherwise writes lines of its own form."""


def configure(settings: Settings) -> None:
    """Lines of libraries get the same form as ours; they are written only if they are warnings at least."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    begun: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    ended = _as_json() if settings.log_json else _as_text()
    structlog.configure(
        processors=[*begun, *ended],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: Lines(sys.stderr),
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=begun, processors=[ProcessorFormatter.remove_processors_meta, *ended]
        )
    )
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)


def _as_json() -> list[Processor]:
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]


def _as_text() -> list[Processor]:
    # Must not print local variables: they hold what readers wrote.
    return [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
