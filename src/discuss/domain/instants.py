"""Instants in UTC, and as whole microseconds since 1970, exactly: sort keys in Redis and in cursors."""

from datetime import UTC, datetime, timedelta

from discuss.errors import InvalidInput

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_micros(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """Raises `OverflowError` beyond the year 9999."""
    return EPOCH + timedelta(microseconds=micros)


def in_utc(given: datetime | None, what: str) -> datetime | None:
    """Raises `InvalidInput` for an instant without a zone, or beyond the calendar in UTC. `what` names it."""
    try:
        if given is None or given.tzinfo is not None:
            return given and given.astimezone(UTC)
    except OverflowError:
        pass
    raise InvalidInput(f"`{what}` must be a time with a time zone, such as 2026-01-31T12:00:00Z.")
