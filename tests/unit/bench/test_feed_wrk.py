from dataclasses import replace

import pytest

from bench.feed import wrk
from bench.processes import Failed

SAID = """Running 3s test @ http://127.0.0.1:8000/api/v1/sites/bench/feed
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.36ms    1.02ms  28.61ms   93.40%
    Req/Sec    25.12k     2.03k   28.96k    70.00%
  Latency Distribution
     50%    1.15ms
     75%    1.50ms
     90%    2.01ms
     99%    5.62ms
  75001 requests in 3.00s, 300.00MB read
Requests/sec:  24996.12
Transfer/sec:     99.98MB
"""
BROKEN = SAID.replace(
    "Requests/sec:",
    "  Socket errors: connect 0, read 3, write 0, timeout 4\n  Non-2xx or 3xx responses: 12\nRequests/sec:",
)


def test_the_rate_and_the_times_are_read() -> None:
    found = wrk.parse(SAID)
    assert (found.rate, found.p50_ms, found.p99_ms) == (24996.12, 1.15, 5.62)
    assert found.requests == 75001


def test_the_size_of_an_answer_follows_from_the_bytes_read() -> None:
    assert wrk.parse(SAID).bytes_each == pytest.approx(300 * 2**20 / 75001)


@pytest.mark.parametrize(
    ("said", "ms"), [("980.00us", 0.98), ("5.62ms", 5.62), ("1.20s", 1200.0), ("2.00m", 120_000.0)]
)
def test_every_unit_of_time_is_known(said: str, ms: float) -> None:
    assert wrk.parse(SAID.replace("5.62ms", said)).p99_ms == pytest.approx(ms)


def test_samples_of_the_same_thing_make_one() -> None:
    slower = replace(
        wrk.parse(BROKEN), rate=5003.88, p50_ms=2.85, p99_ms=9.0, requests=25000, bytes_each=100.0
    )
    found = wrk.together([wrk.parse(SAID), slower])
    assert (found.rate, found.p50_ms, found.p99_ms) == (15000.0, 2.0, 9.0)
    assert (found.requests, found.failed) == (100_001, 19)
    assert found.bytes_each == pytest.approx((300 * 2**20 + 25000 * 100) / 100_001)


def test_nothing_failed_where_nothing_is_said_of_it() -> None:
    assert wrk.parse(SAID).failed == 0


def test_refusals_and_broken_connections_are_failures() -> None:
    assert wrk.parse(BROKEN).failed == 12 + 3 + 4


def test_bodies_are_not_taken_for_answers_without_one() -> None:
    found = wrk.parse(SAID)
    assert wrk.Address("http://ours/", at_most=5000).checked(found) is found
    with pytest.raises(Failed):
        wrk.Address("http://ours/", at_most=2000).checked(found)


@pytest.mark.parametrize(
    "said", ["", "unable to connect to 127.0.0.1:8000", SAID.replace("Requests/sec", "Rate")]
)
def test_an_answer_that_cannot_be_read_is_no_measurement(said: str) -> None:
    with pytest.raises(Failed):
        wrk.parse(said)
