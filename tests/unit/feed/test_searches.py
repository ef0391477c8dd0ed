"""Who searches, and who is given what somebody else found."""

import asyncio
import json

import pytest

from discuss.errors import Unavailable
from discuss.feed.answers import Query
from discuss.feed.facts import Facts, Placed, Position, Rating
from discuss.feed.reading import Delta
from discuss.feed.searches import MOST_KEPT, Found, Searches
from discuss.feed.snapshot import Snapshot
from discuss.feed.window import Window

ASKED = "site", Query(tag="rare")
HERE = Placed(Facts("a", "https://example.org/a", "A", "en", (), 0, Rating(0, 0)), "row", 30, 1)


class Store:
    """Answers with the number of the search."""

    def __init__(self) -> None:
        self.asked = 0
        self.away = False
        self.free = asyncio.Event()
        self.free.set()

    async def search(self) -> Found:
        self.asked += 1
        number = self.asked
        await self.free.wait()
        if self.away:
            raise Unavailable("Away.")
        return found("epoch", number)


def found(epoch: str, seq: int, *ids: str) -> Found:
    told = {"point": f"{epoch}.{seq}", "articles": [{"id": i, "editions": [{"id": f"{i}-ru"}]} for i in ids]}
    return Found.of(Snapshot(json.dumps(told).encode(), "digest"))


class Asking:
    def __init__(self) -> None:
        self.now = 0.0
        self.store = Store()
        self.searches = Searches(fresh=1, meanwhile=3, clock=lambda: self.now)
        self.holds = True

    async def ask(self) -> str:
        return (await self.searches.share(ASKED, self.store.search, lambda _: self.holds)).point


@pytest.fixture
async def asking() -> Asking:
    return Asking()


async def test_many_who_ask_the_same_at_once_are_answered_by_one_search(asking: Asking) -> None:
    assert set(await asyncio.gather(*(asking.ask() for _ in range(9)))) == {"epoch.1"}
    assert asking.store.asked == 1


async def test_an_answer_is_given_out_for_a_second(asking: Asking) -> None:
    await asking.ask()
    asking.now = 0.9
    assert (await asking.ask(), asking.store.asked) == ("epoch.1", 1)


async def test_an_answer_that_is_a_little_older_is_given_out_while_the_next_one_is_sought(
    asking: Asking,
) -> None:
    await asking.ask()
    asking.now = 1.1
    asking.store.free.clear()
    assert [await asking.ask() for _ in range(3)] == ["epoch.1"] * 3
    asking.store.free.set()
    asking.now = 4
    assert (await asking.ask(), asking.store.asked) == ("epoch.2", 2)


async def test_an_old_answer_is_not_given_out(asking: Asking) -> None:
    await asking.ask()
    asking.now = 3.1
    assert await asking.ask() == "epoch.2"


async def test_an_answer_that_holds_no_longer_is_not_given_out(asking: Asking) -> None:
    await asking.ask()
    asking.holds = False
    assert await asking.ask() == "epoch.2"


async def test_where_the_store_is_away_all_who_wait_are_told_and_the_next_one_tries_again(
    asking: Asking,
) -> None:
    await asking.ask()
    asking.now, asking.store.away = 10, True
    told = await asyncio.gather(*(asking.ask() for _ in range(3)), return_exceptions=True)
    assert [type(each) for each in told] == [Unavailable] * 3
    known = asking.searches.last(ASKED)
    assert known is not None
    assert known.point == "epoch.1"
    asking.store.away = False
    assert await asking.ask() == "epoch.3"


async def test_whoever_gives_up_waiting_takes_the_answer_from_nobody_else(asking: Asking) -> None:
    asking.store.free.clear()
    hasty, patient = (asyncio.create_task(asking.ask()) for _ in range(2))
    await asyncio.sleep(0)
    hasty.cancel()
    asking.store.free.set()
    assert (await patient, asking.store.asked) == ("epoch.1", 1)


async def test_no_more_is_kept_than_there_is_room_for(asking: Asking) -> None:
    for number in range(MOST_KEPT + 1):
        await asking.searches.make(("site", Query(tag=str(number))), asking.store.search)
    assert asking.searches.last(("site", Query(tag="0"))) is None
    assert asking.searches.last(("site", Query(tag="1"))) is not None


@pytest.mark.parametrize(
    ("answer", "gone"),
    [
        (found("epoch", 3, "a"), True),
        (found("epoch", 4, "a"), False),
        (found("epoch", 3, "b"), False),
        (found("epoch", 3, "c"), True),
        (found("epoch", 1, "b"), True),
        (found("other", 5, "b"), True),
    ],
)
def test_an_answer_names_what_is_gone_if_one_of_its_articles_or_editions_left_or_may_have(
    answer: Found, gone: bool
) -> None:
    window = Window(Delta("epoch", 5, 2, None, True, True, [], {"a": 4, "c-ru": 5}))
    assert answer.names_gone(window) is gone


@pytest.mark.parametrize(
    ("answer", "ids"),
    [
        (found("epoch", 3, "a", "b", "c"), ["c"]),
        (found("epoch", 3, "c", "d"), ["c"]),
        (found("epoch", 4, "b", "c"), ["b", "c"]),
        (found("epoch", 1, "c"), []),
        (found("other", 5, "c"), []),
    ],
    ids=["here or gone", "an edition is gone", "it had left already", "long ago", "another epoch"],
)
def test_of_an_answer_those_rows_are_left_that_the_window_neither_has_nor_has_seen_leave(
    answer: Found, ids: list[str]
) -> None:
    window = Window(Delta("epoch", 5, 2, (20, "edge"), True, True, [HERE], {"b": 4, "d-ru": 5}))
    assert [json.loads(row)["id"] for row in answer.rows_beyond(window)] == ids


@pytest.mark.parametrize(
    ("edge", "answer", "gone"),
    [
        ((20, "edge"), found("epoch", 3, "c"), True),
        ((20, "edge"), found("epoch", 4, "c"), False),
        ((20, "edge"), found("epoch", 5, "c"), False),
        (None, found("epoch", 3, "c"), False),
    ],
    ids=["before", "since", "long since", "no row is out of reach"],
)
def test_any_article_of_an_answer_may_be_one_that_left_since_without_a_name(
    edge: Position | None, answer: Found, gone: bool
) -> None:
    window = Window(Delta("epoch", 3, 2, edge, True, True, [HERE], {}))
    window.advance(Delta("epoch", 4, 2, edge, True, False, [], {}, unseen=True))
    window.advance(Delta("epoch", 5, 2, edge, True, False, [], {}))
    assert answer.names_gone(window) is gone
    assert bool(answer.rows_beyond(window)) is not gone
