"""Server-sent events of the feed: sent at once, to everybody, and never more than ids and versions."""

import json
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from discuss.feed.streams import MOST_FROM_ONE
from tests.stack import TLS, SiteInUse, Stack, wait_for

Event = dict[str, str]
OK, TOO_MANY = 200, 429


@pytest.fixture
def site(stack: Stack) -> SiteInUse:
    site = stack.site("streamed")
    site.article("one")
    site.built(1)
    return site


def events(answer: httpx.Response) -> Iterator[Event]:
    """Whole events as they arrive, without comments."""
    event: Event = {}
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if line and name:
            event[name] = value
        elif not line and event:
            yield event
            event = {}


def listen(site: SiteInUse, **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.stack.client.stream("GET", f"{site.path}/feed/stream", headers=named)


def test_a_listener_is_told_of_a_change_and_can_ask_for_just_that(site):
    with listen(site) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        assert answer.headers["access-control-allow-origin"] == "*"
        heard = events(answer)
        began = next(heard)
        assert set(began) == {"retry", "id"}
        article = site.article("one", title="Renamed")
        event = next(heard)
    assert event["event"] == "feed"
    told = json.loads(event["data"])
    assert [each["id"] for each in told["articles"]] == [article]
    assert set(told) == {"point", "articles", "left"}
    assert told["point"] == event["id"]
    changed = site.stack.client.get(f"{site.path}/feed", params={"since": began["id"]}).json()
    assert (changed["full"], [row["title"] for row in changed["articles"]]) == (False, ["Renamed"])


def test_an_article_that_leaves_is_named(site):
    with listen(site) as answer:
        heard = events(answer)
        next(heard)
        article = site.article("one", withdrawn=True)
        told = json.loads(next(heard)["data"])
    assert (told["articles"], told["left"]) == ([], [article])


def test_whoever_comes_back_hears_what_was_missed(site):
    with listen(site) as answer:
        last = next(events(answer))["id"]
    new = site.article("two", published_at="2026-01-02T00:00:00Z")
    wait_for("the second article", lambda: len(site.feed()) == 2)
    with listen(site, last_event_id=last) as answer:
        heard = events(answer)
        next(heard)
        told = json.loads(next(heard)["data"])
    assert [each["id"] for each in told["articles"]] == [new]


def test_whoever_comes_back_with_an_id_of_another_life_begins_anew(site):
    with listen(site, last_event_id="0123.7") as answer:
        heard = events(answer)
        next(heard)
        assert next(heard)["event"] == "reset"


def test_a_stream_of_a_site_that_is_not_there_is_a_problem(stack):
    answer = stack.client.get("/api/v1/sites/no-such-site/feed/stream")
    assert (answer.status_code, answer.json()["code"]) == (404, "site-not-found")


def test_head_of_a_stream_ends(site):
    answer = site.stack.client.head(f"{site.path}/feed/stream")
    assert (answer.status_code, answer.content) == (200, b"")


def test_one_address_cannot_take_every_stream(site):
    """The stack runs one process; with more, each would count for itself."""
    path, unbounded = f"{site.path}/feed/stream", httpx.Limits(max_connections=None)
    with (
        httpx.Client(base_url=site.stack.base_url, timeout=20, verify=TLS, limits=unbounded) as client,
        ExitStack() as opened,
    ):
        for _ in range(MOST_FROM_ONE):
            opened.enter_context(client.stream("GET", path))
        refused = wait_for("a refusal", lambda: refusal(client, path))
        assert refused.json()["code"] == "rate-limited"
        assert int(refused.headers["retry-after"]) > 0
        assert site.feed()
    wait_for("a place that was left to be free", lambda: refusal(site.stack.client, path) is None)


def refusal(client: httpx.Client, path: str) -> httpx.Response | None:
    with client.stream("GET", path) as answer:
        if answer.status_code == OK:
            return None
        answer.read()
    assert answer.status_code == TOO_MANY
    return answer


def test_an_event_id_of_any_length_ends_no_stream(site):
    point = str(site.built(1)["point"])
    with listen(site, last_event_id=point + "9" * 5000) as answer:
        told = events(answer)
        next(told)
        site.article("two")
        assert next(told)["event"] == "feed"
