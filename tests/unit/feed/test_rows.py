"""A row of the sidebar as JSON: what it says of its editions, and of views, which are filled in last."""

import json
from typing import Any

from discuss.feed.facts import Facts, Placed, Rating, Row

VIEWS = {"a": 1024, "b": 7}


def edition(name: str, language: str, up: int, title: str = "Ice") -> Placed:
    facts = Facts(name, f"https://example.org/{name}", title, language, (), 2 * up, Rating(up, 1))
    return Placed(facts, "a", 0, 1)


def told(row: Row, language: str | None = None) -> Any:
    return json.loads(row.told(language, VIEWS))


def figures(of: Any) -> tuple[int, int, int]:
    return of["comment_count"], of["rating"]["up"], of["views"]


def test_editions_counted_apart_have_figures_of_their_own() -> None:
    row = Row([edition("a", "ru", 3), edition("b", "en", 5)], joint=False)
    assert figures(told(row)) == (6, 3, 1024)
    assert figures(told(row, "en")) == (10, 5, 7)
    assert [figures(each) for each in told(row)["editions"]] == [(6, 3, 1024), (10, 5, 7)]


def test_editions_counted_together_have_the_sum_in_their_row() -> None:
    row = Row([edition("a", "ru", 3), edition("b", "en", 5)], joint=True)
    assert figures(told(row, "en")) == (16, 8, 1031)
    assert [figures(each) for each in told(row)["editions"]] == [(6, 3, 1024), (10, 5, 7)]


def test_an_article_alone_has_no_editions() -> None:
    row = told(Row([edition("b", "en", 5)], joint=False))
    assert figures(row) == (10, 5, 7)
    assert "editions" not in row


def test_a_title_is_told_as_it_is() -> None:
    title = 'A 100% "%d" %s of %(ice)s \0 \\u0000d'
    assert told(Row([edition("a", "en", 1, title)], joint=True))["title"] == title


def test_nothing_that_a_validator_covers_depends_on_views() -> None:
    row = Row([edition("a", "ru", 3), edition("b", "en", 5)], joint=False)
    before = row.written(None)
    row.told(None, {"a": 1})
    assert row.written(None) == before
