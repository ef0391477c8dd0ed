"""The address of a queue: the filters in it, and the links that lead on from there."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs
from uuid import UUID

import pytest

from discuss.domain.queue import Queue, Sort, View
from discuss.domain.states import State
from discuss.errors import InvalidInput
from discuss.http.console.sieve import Sieve, sieve_in

ANNA, ARTICLE, COMMENT = UUID(int=1), UUID(int=2), UUID(int=3)
FULL = Sieve(
    Queue.ALL, Sort.OLDEST, search="cats & dogs", author=ANNA, state=State.HELD, since=date(2026, 3, 1),
    until=date(2026, 3, 2), unclaimed="yes",
)  # fmt: skip


def test_an_address_leads_back_to_the_same_filters() -> None:
    assert sieve_in(FULL.query) == FULL


def test_what_is_usual_is_not_in_the_address() -> None:
    assert Sieve(Queue.HELD).query == "queue=held"


def test_days_are_those_of_the_site_and_both_are_meant() -> None:
    view = FULL.view("Europe/Moscow")
    assert view.since == datetime(2026, 2, 28, 21, tzinfo=UTC)
    assert view.until == datetime(2026, 3, 2, 21, tzinfo=UTC)
    assert view.unclaimed


def test_without_filters_everything_of_the_queue_is_asked_for() -> None:
    assert Sieve(Queue.REPORTED).view("UTC") == View(Queue.REPORTED)


def test_a_filter_is_taken_away_alone() -> None:
    assert sieve_in(FULL.without("search")).narrowing == {
        name: value for name, value in FULL.narrowing.items() if name != "search"
    }


def test_another_queue_keeps_what_makes_sense_there() -> None:
    assert sieve_in(FULL.only("rejected")) == Sieve(Queue.REJECTED, search="cats & dogs", author=ANNA)


def test_one_author_or_article_is_looked_at_from_the_beginning_of_the_list() -> None:
    deep = Sieve(search="cats", cursor="far", open=COMMENT)
    assert sieve_in(deep.among(article=ARTICLE)) == Sieve(search="cats", article=ARTICLE)


def test_an_item_is_opened_where_it_stands() -> None:
    told = parse_qs(Sieve(search="cats", cursor="far").opening(COMMENT))
    assert (told["cursor"], told["open"]) == (["far"], [str(COMMENT)])


@pytest.mark.parametrize("sieve", [Sieve(), Sieve(Queue.REJECTED, Sort.OLDEST)])
def test_what_comes_in_belongs_at_the_end_of_the_oldest_first(sieve: Sieve) -> None:
    assert sieve.grows


@pytest.mark.parametrize("sieve", [Sieve(sort=Sort.NEWEST), Sieve(search="cats"), Sieve(Queue.ALL)])
def test_elsewhere_nobody_knows_where_it_belongs(sieve: Sieve) -> None:
    assert not sieve.grows


@pytest.mark.parametrize("query", ["queue=mine", "author=Anna", "from=yesterday", "language=English"])
def test_an_address_that_means_nothing_is_refused(query: str) -> None:
    with pytest.raises(InvalidInput):
        sieve_in(query)


@pytest.mark.parametrize("sieve", [Sieve(until=date.max), Sieve(since=date.min)])
def test_days_beyond_the_calendar_are_refused(sieve: Sieve) -> None:
    with pytest.raises(InvalidInput):
        sieve.view("Europe/Moscow")
