"""Stopping while readers listen: their streams are ended, and the process exits by itself."""

import signal
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack

import httpx
import pytest

from tests.stack import TLS, Stack

LISTENERS, PROCESSES = 30, 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_open_streams_are_ended_and_nobody_has_to_be_killed(number: signal.Signals) -> None:
    with Stack.running(DISCUSS_API_PROCESSES=str(PROCESSES)) as stack, ExitStack() as opened:
        site = stack.site("stopped")
        site.article("one")
        site.built(1)
        client = opened.enter_context(
            httpx.Client(base_url=stack.base_url, timeout=30, verify=TLS, limits=httpx.Limits())
        )
        heard = [
            opened.enter_context(client.stream("GET", f"{site.path}/feed/stream")).iter_lines()
            for _ in range(LISTENERS)
        ]
        assert all(next(lines).startswith("retry: ") for lines in heard)
        readers = opened.enter_context(ThreadPoolExecutor(LISTENERS))
        rest = [readers.submit(list, lines) for lines in heard]
        stack.api.end(number)
        assert wait(rest).not_done == set()
        told = stack.api.log.read_text()
        assert [reading.exception() for reading in rest] == [None] * LISTENERS, told
        assert "Granian shutdown completed" in told
        # Each process says so itself, because granian sometimes takes one that has just ended to be alive.
        assert told.count("http.stopped") == PROCESSES
