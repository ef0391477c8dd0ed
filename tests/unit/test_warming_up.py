"""An API process gets ready."""

import asyncio

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from discuss import app
from discuss.errors import Unavailable

SOON, LATER = 0.001, 0.002


def away(cause: Exception) -> Unavailable:
    """What the database raises for that reason."""
    error = Unavailable()
    error.__cause__ = cause
    return error


REFUSED = DBAPIError(None, None, asyncpg.InvalidPasswordError('password authentication failed for user "us"'))
UNPRIVILEGED = DBAPIError(None, None, asyncpg.InsufficientPrivilegeError("permission denied for table"))


@pytest.fixture
def asked(monkeypatch):
    """What a process that gets ready is told about the schema, one after the other."""
    answers = []

    async def schema_is_current(services):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def warm(services):
        assert answers == []

    monkeypatch.setattr(app, "schema_is_current", schema_is_current)
    monkeypatch.setattr(app.read_feed, "warm", warm)
    monkeypatch.setattr(app.read_feed, "recall", lambda _: False)
    monkeypatch.setattr(app, "WAIT", SOON)
    monkeypatch.setattr(app, "WAIT_AFTER_ERROR", LATER)
    return answers


async def test_a_process_becomes_ready_whatever_went_wrong_before(asked):
    asked[:] = [UNPRIVILEGED, away(REFUSED), away(ConnectionRefusedError()), False, True]
    ready = asyncio.Event()
    await asyncio.wait_for(app.warm_up(None, ready), 20)
    assert ready.is_set()


async def test_a_process_that_is_refused_says_why_and_leaves_more_time_to_put_it_right(asked):
    asked[:] = [away(REFUSED), away(ConnectionRefusedError("nobody listens")), True]
    with capture_logs() as logs:
        await asyncio.wait_for(app.warm_up(None, asyncio.Event()), 20)
    told = [(line["event"], line["retry_in"]) for line in logs]
    assert told == [("app.database_away", LATER), ("app.database_away", SOON)]
    assert "password authentication failed" in logs[0]["cause"]
    assert "nobody listens" in logs[1]["cause"]


async def test_a_process_that_finds_an_earlier_feed_is_ready_to_serve_it_although_the_tables_are_old(
    monkeypatch,
):
    async def schema_is_current(services):
        return False

    monkeypatch.setattr(app, "schema_is_current", schema_is_current)
    monkeypatch.setattr(app.read_feed, "recall", lambda _: True)
    ready = asyncio.Event()
    warming = asyncio.create_task(app.warm_up(None, ready))
    await asyncio.wait_for(ready.wait(), 20)
    warming.cancel()
