"""What a poll is told: everything, or what changed since the last time."""

import json
from typing import Any
from uuid import UUID

import pytest

from discuss.feed.answers import MOST_LEFT, Query, answer, makeshift
from discuss.feed.facts import Facts, Placed, Position, Rating
from discuss.feed.reading import Delta
from discuss.feed.window import Window
from tests.epochs import EARLIER, EPOCH, LATER, NEVER

TOP = Query(limit=2)


def placed(name: str, at: int, seq: int, *, language: str = "en", row: str = "", tag: str = "") -> Placed:
    facts = Facts(name, f"https://example.org/{name}", name, language, (tag,), 0, Rating(0, 0))
    return Placed(facts, row_id(row or name), at, seq)


def row_id(name: str) -> str:
    return str(UUID(int=ord(name)))


def window(
    *articles: Placed,
    seq: int,
    floor: int = 0,
    edge: Position | None = None,
    epoch: str = "epoch",
    **gone: int,
) -> Window:
    return Window(Delta(epoch, seq, floor, edge, True, True, articles, gone))


def ask(known: Window, query: Query, **changes: Any) -> dict[str, Any]:
    found = answer("site", known, query._replace(**changes))
    assert found is not None
    told: dict[str, Any] = json.loads(found.body)
    told["articles"] = [article["id"] for article in told["articles"]]
    return told


def since(known: Window, seq: int, query: Query = TOP) -> tuple[list[str], list[str]]:
    """The ids that came or changed, and those that left."""
    told = ask(known, query, since=f"epoch.{seq}")
    assert (told["full"], told["point"]) == (False, f"epoch.{known.seq}")
    return told["articles"], told["left"]


A, B, C = placed("a", 30, 1), placed("b", 20, 2), placed("c", 10, 3)


def test_the_point_of_a_full_answer_is_how_far_the_process_had_come() -> None:
    assert ask(window(A, B, C, seq=9), TOP)["point"] == "epoch.9"
    assert ask(window(seq=9), TOP)["point"] == "epoch.9"


@pytest.mark.parametrize("later", [window(B, C, seq=4, a=4), window(placed("a", 5, 4), B, C, seq=4)])
def test_a_row_that_left_or_moved_down_is_never_told_again_by_a_process_that_has_not_heard_of_it(
    later: Window,
) -> None:
    point = ask(later, TOP)["point"]
    told = ask(window(A, B, C, seq=3), TOP, since=point)
    assert (told["full"], told["point"], told["articles"], told["left"]) == (False, point, [], [])


def test_who_knows_everything_is_told_nothing() -> None:
    assert since(window(A, B, C, seq=3), 3) == ([], [])


def test_a_row_that_moved_to_the_top_is_told() -> None:
    assert since(window(A, B, placed("c", 40, 4), seq=4), 3) == (["c"], [])


def test_a_row_that_moved_down_left_and_the_one_that_took_its_place_is_told() -> None:
    assert since(window(placed("a", 5, 4), B, C, seq=4), 3) == (["c"], ["a"])


def test_a_row_that_was_withdrawn_left_and_the_one_that_took_its_place_is_told() -> None:
    assert since(window(B, C, seq=4, a=4), 3) == (["c"], ["a"])


def test_a_change_below_the_first_rows_may_tell_more_than_needed_and_never_less() -> None:
    articles, left = since(window(A, B, placed("c", 10, 4), seq=4), 3)
    assert left == ["c"]
    assert set(articles) <= {"a", "b"}


def test_a_row_that_was_pushed_out_is_older_than_all_that_stay() -> None:
    """It need not be named: a client that sorts and cuts drops it."""
    assert since(window(placed("d", 40, 4), A, B, seq=4), 3) == (["d"], [])


def test_a_row_that_was_pushed_out_by_one_of_the_same_instant_is_named() -> None:
    level = moved(C, 20)
    assert since(window(placed("d", 20, 4), A, B, level, seq=4), 3, Query(3)) == (["d", "c"], ["b"])


def moved(member: Placed, at: int) -> Placed:
    return Placed(member.facts, member.row_id, at, member.seq)


def test_a_row_whose_first_edition_left_goes_by_the_other_ones_name() -> None:
    both = window(placed("a", 30, 1, row="r"), placed("b", 20, 1, row="r"), C, seq=3)
    assert ask(both, TOP)["articles"] == ["a", "c"]
    assert since(window(placed("b", 20, 4, row="r"), C, seq=4, a=4), 3) == (["b", "c"], ["a"])


def test_a_row_that_is_no_longer_in_the_language_left() -> None:
    query = Query(limit=2, language="ru")
    before = placed("a", 30, 1, language="ru")
    assert ask(window(before, B, seq=2), query)["articles"] == ["a"]
    assert since(window(placed("a", 30, 4, language="de"), B, seq=4), 3, query) == ([], ["a"])


def test_a_row_that_lost_its_tag_left() -> None:
    query = Query(limit=2, tag="ice")
    assert since(window(placed("a", 30, 4), placed("b", 20, 1, tag="ice"), seq=4), 3, query) == (["b"], ["a"])


@pytest.mark.parametrize("point", ["other.3", "3", ".3", "epoch.", "epoch.-1", "epoch.x", "epoch.1", ""])
def test_a_point_that_says_nothing_here_gets_the_full_answer(point: str) -> None:
    known = window(A, B, seq=4, floor=2)
    assert ask(known, TOP, since=point) == ask(known, TOP)


def test_a_process_that_is_behind_the_client_has_nothing_to_say_and_takes_nothing_back() -> None:
    told = ask(window(A, B, C, seq=3), TOP, since="epoch.7")
    assert (told["full"], told["point"], told["articles"], told["left"]) == (False, "epoch.7", [], [])


def test_a_process_that_has_not_heard_of_a_feed_built_anew_has_nothing_to_say_either() -> None:
    point = f"{LATER}.1"
    told = ask(window(A, B, C, seq=9, epoch=EPOCH), TOP, since=point)
    assert (told["full"], told["point"], told["articles"], told["left"]) == (False, point, [], [])


@pytest.mark.parametrize("epoch", [EARLIER, NEVER])
def test_a_point_from_before_a_feed_was_built_anew_or_one_that_no_feed_had_gets_the_full_answer(
    epoch: str,
) -> None:
    known = window(A, B, C, seq=9, epoch=EPOCH)
    assert ask(known, TOP, since=f"{epoch}.1") == ask(known, TOP)


@pytest.mark.parametrize("point", [None, "epoch.3", "epoch.4"])
def test_a_window_that_does_not_reach_far_enough_down_leaves_the_answer_to_the_database(
    point: str | None,
) -> None:
    """Two rows are here, and there may be a third below the edge: so it is not known either whether there is a next page."""
    known = window(A, B, seq=4, edge=(10, row_id("c")), c=4)
    assert answer("site", known, TOP._replace(since=point)) is None
    told = json.loads(makeshift("site", known, TOP, []).body)
    assert ([row["id"] for row in told["articles"]], told["next"]) == (["a", "b"], None)


def test_rows_that_were_told_before_fill_up_what_the_window_lacks() -> None:
    known, query = window(A, B, seq=4, edge=(10, row_id("c"))), Query(limit=3)
    told = json.loads(makeshift("site", known, query, [b'{"id":"c"}', b'{"id":"d"}']).body)
    assert ([row["id"] for row in told["articles"]], told["next"]) == (["a", "b", "c"], None)
    assert (told["full"], told["point"]) == (True, "epoch.4")
    none = window(seq=4, edge=(10, row_id("c")))
    assert json.loads(makeshift("site", none, query, [b'{"id":"c"}']).body)["articles"] == [{"id": "c"}]


def test_rows_below_the_edge_are_not_told() -> None:
    """A row that came in while the feed was built may be there, and rows that are missing here may be above it."""
    known = window(A, B, placed("z", 1, 1), seq=4, edge=(10, row_id("c")))
    assert ask(known, Query(limit=1))["articles"] == ["a"]
    assert answer("site", known, TOP) is None


def test_where_very_much_left_the_full_answer_is_shorter() -> None:
    gone = {f"x{number}": 4 for number in range(MOST_LEFT + 1)}
    assert ask(window(A, B, seq=4, **gone), TOP, since="epoch.3")["full"]
    gone.popitem()
    assert not ask(window(A, B, seq=4, **gone), TOP, since="epoch.3")["full"]


def test_views_and_changes_elsewhere_are_no_news() -> None:
    known, other = window(A, B, C, seq=3), window(A, B, placed("c", 10, 4), seq=4)
    other.views = {"a": 5}
    told = [answer("site", each, TOP) for each in (known, other)]
    assert told[0] is not None
    assert told[1] is not None
    assert told[0].digest == told[1].digest
    assert told[0].body != told[1].body


@pytest.mark.parametrize(
    "other", [window(A, placed("b", 20, 4), C, seq=3, epoch="anew"), window(C, B, seq=3), window(A, B, seq=3)]
)
def test_other_rows_another_page_behind_them_and_a_feed_built_anew_are_news(other: Window) -> None:
    told = [answer("site", each, TOP) for each in (window(A, B, C, seq=3), other)]
    assert told[0] is not None
    assert told[1] is not None
    assert told[0].digest != told[1].digest
