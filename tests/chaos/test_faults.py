"""Nothing acknowledged is lost, the feed ends up equal to the truth, and polls are answered throughout."""

import json
import os
import signal
import time

import pytest
import redis

from discuss.usecases.services import Services
from tests.chaos.traffic import ARTICLES, Traffic, api_processes, line_to_each
from tests.stack import Stack, wait_for

OUTAGE = float(os.environ.get("DISCUSS_CHAOS_SECONDS", "10"))
"""Seconds that Valkey stays away while readers post."""


def test_a_worker_killed_in_mid_batch_loses_nothing(victim: Stack, traffic: Traffic) -> None:
    victim.worker.end()
    traffic.more(300)
    victim.worker.start()
    wait_for("the worker to hold claimed rows", lambda: victim.use(_someone_holds_the_outbox), closely=True)
    victim.worker.end(signal.SIGKILL)
    traffic.more()
    victim.worker.start()
    traffic.assert_nothing_was_lost()


def test_an_api_process_killed_under_load_loses_nothing(victim: Stack, traffic: Traffic) -> None:
    traffic.more()
    for _ in range(2):
        _kill_one_api_process(victim)
        traffic.more()
    traffic.assert_nothing_was_lost()


def test_a_flushed_valkey_is_rebuilt_without_a_restart(victim: Stack, traffic: Traffic) -> None:
    for _ in range(3):
        traffic.more()
        with redis.Redis.from_url(victim.valkey.url) as client:
            client.flushall()
    traffic.assert_nothing_was_lost()


def test_comments_posted_while_valkey_is_away_are_scored_when_it_is_back(
    victim: Stack, traffic: Traffic
) -> None:
    traffic.more()
    victim.valkey.stop()
    until = time.monotonic() + OUTAGE
    while time.monotonic() < until:
        traffic.more(5)
    victim.valkey.start()
    traffic.assert_nothing_was_lost()
    assert set(traffic.refused) == set()


def test_a_valkey_that_was_killed_and_forgot_its_last_second_is_believed_no_longer(
    victim: Stack, traffic: Traffic
) -> None:
    traffic.more()
    victim.valkey.kill()
    victim.valkey.start()
    traffic.more()
    traffic.assert_nothing_was_lost()


@pytest.mark.parametrize("verb", ["stop", "kill"])
def test_the_sidebar_is_answered_while_postgresql_is_away(victim: Stack, traffic: Traffic, verb: str) -> None:
    traffic.more()
    getattr(victim.postgres, verb)()
    traffic.more_polls(100)
    health = wait_for("the outage to be noticed", lambda: _degraded(victim, "postgresql"))
    assert health == ["postgresql"]
    wait_for("readers to be told", lambda: traffic.refused)
    assert set(traffic.refused) == {503}
    victim.postgres.start()
    traffic.more()
    traffic.assert_nothing_was_lost()


def test_a_fragment_is_written_while_postgresql_is_away_though_nobody_asked_for_one_before(
    victim: Stack, traffic: Traffic
) -> None:
    victim.postgres.stop()
    with line_to_each(victim) as lines:
        for line in lines.values():
            fragment = line.get(f"{traffic.site.path}/feed.html")
            assert (fragment.status_code, fragment.text.count("<li ")) == (200, ARTICLES)
    victim.postgres.start()
    traffic.assert_nothing_was_lost()


def test_an_api_that_starts_while_both_stores_are_away_serves_the_last_snapshot(
    victim: Stack, traffic: Traffic
) -> None:
    traffic.more()
    traffic.settle()
    kept = wait_for("every process to say the last word", lambda: _last_word(traffic))
    fragment = victim.client.get(f"{traffic.site.path}/feed.html")
    victim.api.end()
    victim.valkey.stop()
    victim.postgres.stop()
    victim.api.start()
    victim.wait_until_ready()
    answer = victim.client.get(f"{traffic.site.path}/feed")
    assert answer.status_code == 200
    assert answer.content == kept
    again = victim.client.get(f"{traffic.site.path}/feed.html")
    assert (again.status_code, again.content) == (200, fragment.content)
    degraded = wait_for("the outage to be noticed", lambda: _degraded(victim, "redis"))
    assert sorted(degraded) == ["postgresql", "redis"]


async def _someone_holds_the_outbox(services: Services) -> bool:
    async with services.database.transaction() as tx:
        held = await tx.exec_driver_sql(
            "SELECT (SELECT count(*) FROM outbox WHERE topic = 'revision.submitted') >"
            " (SELECT count(*) FROM (SELECT 1 FROM outbox WHERE topic = 'revision.submitted' FOR UPDATE SKIP LOCKED) free)"
        )
        return bool(held.scalar_one())


def _last_word(traffic: Traffic) -> bytes | None:
    """What every process answers, if all agree with the feed in Redis; otherwise None."""
    with line_to_each(traffic.stack) as lines:
        answers = {line.get(f"{traffic.site.path}/feed").content for line in lines.values()}
    newest = traffic.stack.use(lambda services: services.reader.seqs([traffic.site.slug]))
    points = {json.loads(answer)["point"] for answer in answers}
    return answers.pop() if points == {f"{epoch}.{seq}" for epoch, seq in newest} else None


def _kill_one_api_process(victim: Stack) -> None:
    """Kills one of two, and returns when there are two again."""
    worker = next(iter(api_processes(victim).values()))
    started = victim.api.log.read_text().count("Started worker")
    worker.send_signal(signal.SIGKILL)
    wait_for(
        "another process in its place", lambda: victim.api.log.read_text().count("Started worker") > started
    )


def _degraded(victim: Stack, store: str) -> list[str]:
    answer = victim.client.get("/health/ready")
    assert answer.status_code == 200, answer.text
    degraded: list[str] = answer.json()["degraded"]
    return degraded if store in degraded else []
