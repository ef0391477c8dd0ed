"""When the worker looks for work by itself."""

from datetime import datetime, timedelta
from itertools import pairwise

from workers.jobs import rebuild, sweep, write_views
from workers.schedule import schedule


def runs(job: object) -> list[datetime]:
    found = next(entry for entry in schedule() if entry.coroutine is job)
    at, times = datetime(2026, 1, 30, 23, 58, 30), []  # noqa: DTZ001 - arq's own clock has no zone
    for _ in range(5):
        found.calculate_next(at)
        assert found.next_run is not None
        times.append(at := found.next_run)
    return times


def gaps(job: object) -> set[timedelta]:
    return {
        later.replace(microsecond=0) - sooner.replace(microsecond=0) for sooner, later in pairwise(runs(job))
    }


def test_views_are_written_once_a_minute() -> None:
    assert gaps(write_views) == {timedelta(minutes=1)}


def test_what_no_bell_announced_is_found_within_two_seconds() -> None:
    assert gaps(sweep) == {timedelta(seconds=2)}


def test_a_feed_that_is_missing_is_built_within_two_seconds() -> None:
    assert gaps(rebuild) == {timedelta(seconds=2)}
