"""Faults that only the feed can suffer: announcements that nobody hears, and a Redis that is replaced by another."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
import redis

from tests.chaos.test_faults import OUTAGE
from tests.chaos.traffic import VICTIM, Traffic, line_to_each
from tests.e2e.asking import ALL_PUBLISHED
from tests.stack import SiteInUse, Stack, wait_for
from tests.valkeys import Server, Watched

PATIENT = 60
"""Seconds of an outage from which a run counts as a long one."""

SOON = 5.0
"""Seconds within which a process must find out by itself what it was not told. It looks every second."""


@contextmanager
def nobody_hears(stack: Stack) -> Iterator[list[int]]:
    """Cuts every connection on which announcements are heard, again and again. Yields how many were cut each time."""
    cut: list[int] = []
    over = threading.Event()

    def cutting() -> None:
        with redis.Redis.from_url(stack.valkey.url) as client:
            while not over.wait(0.02):
                cut.append(client.client_kill_filter(_type="pubsub"))

    thread = threading.Thread(target=cutting)
    thread.start()
    try:
        yield cut
    finally:
        over.set()
        thread.join()


def told(line: httpx.Client, site: SiteInUse) -> list[object]:
    return [row["comment_count"] for row in line.get(f"{site.path}/feed").json()["articles"]]


def test_a_process_that_hears_no_announcement_finds_the_truth_by_itself(
    victim: Stack, traffic: Traffic
) -> None:
    site = victim.site("unheard", thresholds=ALL_PUBLISHED)
    article, author = site.article("one"), site.person()
    with line_to_each(victim) as lines, nobody_hears(victim) as cut:
        wait_for("the first line to be cut", lambda: sum(cut))
        for number in range(1, 6):
            site.decided(author, site.comment(author, article, f"Is anybody there? ({number})")["id"])
            wait_for(
                f"comment {number} in every process",
                lambda number=number: all(told(line, site) == [number] for line in lines.values()),
                patience=SOON,
            )
        traffic.more()
        before = sum(cut)
        wait_for("whoever tries to listen again to be cut off again", lambda: sum(cut) > before)
        traffic.assert_nothing_was_lost()


def count(line: httpx.Client, site: SiteInUse, name: str) -> httpx.Response:
    return line.get(f"{site.path}/counts", params={"url": f"https://{site.slug}.example/{name}"})


def test_counts_that_were_known_are_answered_while_postgresql_is_away_also_right_after_a_change(
    victim: Stack, traffic: Traffic
) -> None:
    site = victim.site("counted", thresholds=ALL_PUBLISHED)
    changed, author = site.article("changed"), site.person()
    site.article("quiet")
    with line_to_each(victim) as lines:
        wait_for(
            "the feed in every process", lambda: all(len(told(line, site)) == 2 for line in lines.values())
        )
        known = {name: count(next(iter(lines.values())), site, name).content for name in ("changed", "quiet")}
        assert all(
            count(line, site, name).content == known[name] for line in lines.values() for name in known
        )
        site.decided(author, site.comment(author, changed, "Counted?")["id"])
        wait_for(
            "the comment in every process", lambda: all(1 in told(line, site) for line in lines.values())
        )
        victim.postgres.stop()
        for line in lines.values():
            feed = line.get(f"{site.path}/feed")
            for name, content in known.items():
                answer = count(line, site, name)
                assert (answer.status_code, answer.content) == (200, content)
                assert answer.headers["cache-control"] == feed.headers["cache-control"]
            assert count(line, site, "never-asked").status_code == 503
        victim.postgres.start()
        wait_for(
            "the comment to be counted",
            lambda: all(count(line, site, "changed").content != known["changed"] for line in lines.values()),
        )
    traffic.assert_nothing_was_lost()


class LeftToPeople(Watched):
    """No server is elected: that would take more Sentinels than there are."""

    quorum = 4


@contextmanager
def behind_sentinels(kind: type[Watched]) -> Iterator[tuple[Stack, Watched]]:
    with kind.running() as watched:
        everywhere = {"DISCUSS_REDIS_URL": watched.url, "DISCUSS_QUEUE_URL": watched.url}
        with Stack.running(DISCUSS_API_PROCESSES="2", **everywhere, **VICTIM) as stack:
            yield stack, watched


def elected(watched: Watched, died: Server, heir: Server) -> None:
    """Lets the Sentinels elect the heir; the server that died comes back as its replica."""
    wait_for("the heir to be named", lambda: watched.leader() == heir.port)
    died.start()
    wait_for("the other one to follow", lambda: watched.follows(died, heir))


def promoted(watched: Watched, died: Server, heir: Server) -> None:
    """Promotes the heir by hand, as a person does at night."""
    heir.client.replicaof("NO", "ONE")
    watched.name(heir)
    died.start()
    died.client.replicaof("127.0.0.1", heir.port)
    wait_for("the other one to follow", lambda: watched.follows(died, heir))


ELECTIONS = pytest.mark.skipif(
    OUTAGE < PATIENT,
    reason="two elections take a minute: `make chaos` has it; test_redis_sentinel.py sees one in any run",
)


@pytest.mark.parametrize(
    ("kind", "take_over"), [pytest.param(Watched, elected, marks=ELECTIONS), (LeftToPeople, promoted)]
)
def test_whoever_takes_over_from_a_dead_redis_serves_the_truth(
    kind: type[Watched], take_over: Callable[[Watched, Server, Server], None]
) -> None:
    """From one server to the other and back, under load."""
    with behind_sentinels(kind) as (stack, watched), Traffic.flowing(stack) as traffic:
        for died, heir in ((watched.master, watched.replica), (watched.replica, watched.master)):
            traffic.more()
            died.kill()
            traffic.more(5)
            take_over(watched, died, heir)
            traffic.more()
        traffic.assert_nothing_was_lost()
        assert set(traffic.refused) == set()
        verify = stack.process("verify")
        verify.start()
        assert verify.child is not None
        assert verify.child.wait(60) == 0, verify.log.read_text()
