"""Instants as whole microseconds since 1970, exactly: sort keys in Redis and in cursors."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_micros(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """Raises `OverflowError` beyond the year 9999."""
    return EPOCH + timedelta(microseconds=micros)
