"""Who is linked with whom, after any sequence of linking and unlinking."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.articles import Article, Commenting
from discuss.domain.editions import link, require_distinct_languages, require_linkable, unlink
from discuss.errors import InvalidInput

START = datetime(2026, 1, 1, tzinfo=UTC)
PLAIN = Article(
    UUID(int=0), UUID(int=999), "0", "https://example.org/0", "Title", "en", (), Commenting.OPEN, START, None, 1, 0, None
)  # fmt: skip

World = dict[UUID, Article]


def world(size: int = 7) -> World:
    return {UUID(int=n): replace(PLAIN, id=UUID(int=n), external_id=str(n)) for n in range(1, size + 1)}


def around(articles: World, ids: set[UUID]) -> list[Article]:
    groups = {articles[id_].edition_group for id_ in ids} - {None}
    return [article for article in articles.values() if article.edition_group in groups]


def apply(articles: World, groups: dict[UUID, UUID | None]) -> None:
    for id_, group in groups.items():
        articles[id_] = replace(articles[id_], edition_group=group)


def partition(articles: World) -> set[frozenset[UUID]]:
    linked = {article.edition_group for article in articles.values()} - {None}
    return {frozenset(a.id for a in articles.values() if a.edition_group == group) for group in linked}


ids = st.integers(1, 7).map(lambda number: UUID(int=number))
steps = st.lists(st.one_of(st.sets(ids, min_size=2, max_size=5), ids), max_size=12)


@given(steps)
def test_links_are_what_was_said_last_and_nobody_is_linked_with_himself(said) -> None:
    articles, numbers, expected = world(), count(1000), set()
    for step in said:
        leaving = step if isinstance(step, set) else {step}
        expected = {rest for group in expected if len(rest := group - leaving) > 1}
        if isinstance(step, set):
            expected.add(frozenset(step))
            named = [articles[id_] for id_ in step]
            apply(articles, link(named, around(articles, step), UUID(int=next(numbers))))
        else:
            apply(articles, unlink(articles[step], around(articles, {step})))
        assert partition(articles) == expected


@given(st.sets(ids, min_size=2, max_size=7))
def test_saying_the_same_again_changes_nothing(said) -> None:
    articles = world()
    named = [articles[id_] for id_ in said]
    apply(articles, link(named, [], UUID(int=1000)))
    again = [articles[id_] for id_ in said]
    assert link(again, around(articles, said), UUID(int=1001)) == {}


def test_only_those_whose_group_changes_are_named() -> None:
    articles = world(5)
    all_five = list(articles.values())
    apply(articles, link(all_five, [], UUID(int=1000)))
    left = unlink(articles[UUID(int=1)], list(articles.values()))
    assert left == {UUID(int=1): None}
    assert unlink(PLAIN, []) == {}


@pytest.mark.parametrize(
    ("named", "told"),
    [
        (["a"], "Between 2 and 20"),
        ([], "Between 2 and 20"),
        ([str(number) for number in range(21)], "Between 2 and 20"),
        (["a", "b", "a"], "The article a is listed more than once."),
    ],
)
def test_what_is_no_group_is_refused(named, told) -> None:
    with pytest.raises(InvalidInput, match=told):
        require_linkable(named)


def test_two_editions_in_one_language_are_refused() -> None:
    with pytest.raises(InvalidInput, match="the language ru"):
        require_distinct_languages(
            [replace(PLAIN, language=language) for language in ("en", "ru", "de", "ru")]
        )
    require_distinct_languages([replace(PLAIN, language=language) for language in ("en", "ru")])
