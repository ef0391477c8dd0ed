"""Logs: text for people on a terminal, one JSON object a line for machines. No personal data goes in."""

import logging
from contextlib import suppress

import structlog

from discuss.settings import Settings


class Lines(structlog.PrintLogger):
    """Writes to standard output. What cannot be written is lost: on a full disk, or with nobody to read it, the work must go on."""

    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    debug = info = warning = error = critical = msg


def configure(settings: Settings) -> None:
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    last = (
        structlog.processors.JSONRenderer()
        if settings.log_json
        else structlog.dev.ConsoleRenderer(
            colors=False,
            # Must not print local variables: they hold what readers wrote.
            exception_formatter=structlog.dev.plain_traceback,
        )
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([structlog.processors.format_exc_info] if settings.log_json else []),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=Lines,
    )
    logging.basicConfig(level=max(level, logging.WARNING))
