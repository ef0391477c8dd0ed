"""Counts that a process holds are never older than the feed it follows."""

from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discuss.feed.counts import Counts, Urls, render
from discuss.feed.facts import Facts, Placed, Rating
from discuss.feed.reading import Delta
from discuss.feed.window import Window

URLS = tuple("abc")
EMPTY = Delta("epoch", 0, 0, None, True, True, [], {})
IDS = st.integers(0, 4)


@dataclass
class Piece:
    """`deep`: it is shown, but too old for the feed in Redis."""

    url: str
    count: int = 0
    shown: bool = True
    deep: bool = False
    group: int | None = None


@dataclass
class Site:
    """The truth, a process that follows it, and what changed since it last heard."""

    pieces: dict[int, Piece] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)
    changed: set[int] = field(default_factory=set)
    asked: list[Any] = field(default_factory=list)
    seq: Any = field(default_factory=lambda: count(1))

    def members(self, number: int) -> set[int]:
        group = self.pieces[number].group
        return {n for n, p in self.pieces.items() if n == number or (group is not None and p.group == group)}

    def change(self, number: int, piece: Piece) -> None:
        """A row changes as a whole: with an article change all others that share its row, before or after."""
        before = self.members(number) if number in self.pieces else set()
        self.pieces[number] = piece
        self.changed |= before | self.members(number)

    def counted(self, url: str) -> list[int]:
        here = max((n for n, p in self.pieces.items() if p.shown and p.url == url), default=None)
        return [] if here is None else sorted(n for n in self.members(here) if self.pieces[n].shown)

    def truth(self, urls: Urls) -> bytes:
        sums = {url: sum(self.pieces[n].count for n in self.counted(url)) for url in urls}
        return render("site", urls, sums).body

    def hear(self) -> None:
        """Either all articles of a row are in the feed, or none."""
        seq = next(self.seq)
        out = {n for n in self.changed if any(self.pieces[m].deep for m in self.members(n))}
        out |= {n for n in self.changed if not self.pieces[n].shown}
        placed = [_placed(n, self.pieces[n], seq) for n in sorted(self.changed - out)]
        delta = Delta("epoch", seq, 0, None, True, False, placed, {str(n): seq for n in out})
        self.counts.hear("site", Window(EMPTY), delta)
        self.changed = set()

    def ask(self, urls: Urls) -> None:
        """Begins to read the counts from PostgreSQL; they are kept when `answered`."""
        about = {url: list(map(str, self.counted(url))) for url in urls if self.counted(url)}
        self.asked.append((urls, self.truth(urls), about, self.counts.changes("site")))

    def answered(self) -> None:
        for urls, body, about, changes in self.asked:
            self.counts.keep("site", urls, replace_body(urls, body), about, changes)
        self.asked = []

    def check(self) -> None:
        """Only meaningful once everything was heard."""
        for urls in QUESTIONS:
            held = self.counts.find("site", urls)
            assert held is None or held.body == self.truth(urls)


def replace_body(urls: Urls, body: bytes) -> Any:
    snapshot = render("site", urls, {})
    snapshot.body = body
    return snapshot


def _placed(number: int, piece: Piece, seq: int) -> Placed:
    facts = Facts(str(number), piece.url, "Title", "en", (), piece.count, Rating(0, 0))
    return Placed(facts, str(piece.group or number), 1, seq)


QUESTIONS = [("a",), ("b",), ("a", "b"), ("b", "c"), ("a", "b", "c")]

steps = st.lists(
    st.one_of(
        st.tuples(st.just("count"), IDS, st.integers(0, 5)),
        st.tuples(st.just("move"), IDS, st.sampled_from(URLS)),
        st.tuples(st.sampled_from(["show", "deep"]), IDS, st.booleans()),
        st.tuples(st.just("group"), IDS, st.sampled_from([None, 100, 101])),
        st.tuples(st.just("ask"), st.sampled_from(QUESTIONS), st.booleans()),
        st.tuples(st.just("hear"), st.none(), st.none()),
    ),
    min_size=20,
    max_size=40,
)

FIELDS = {"count": "count", "move": "url", "show": "shown", "deep": "deep", "group": "group"}


@settings(max_examples=100, deadline=None)
@given(steps)
def test_whatever_changes_no_answer_is_stale_once_it_was_heard_of(todo: list[tuple[str, Any, Any]]) -> None:
    site = Site()
    site.counts.hear("site", Window(EMPTY), EMPTY)
    for what, which, value in todo:
        if what == "ask":
            site.ask(which)
            if value:
                site.answered()
        elif what == "hear":
            site.hear()
            site.answered()
            site.check()
        else:
            piece = site.pieces.get(which, Piece(URLS[which % 3]))
            site.change(which, replace(piece, **{FIELDS[what]: value}))
    site.hear()
    site.answered()
    site.check()


def asked(about: dict[str, list[str]], urls: Urls = ("a", "b")) -> Counts:
    counts = Counts()
    counts.hear("site", Window(EMPTY), EMPTY)
    counts.keep("site", urls, render("site", urls, {}), about, counts.changes("site"))
    return counts


def told(counts: Counts, *placed: Placed) -> None:
    counts.hear("site", Window(EMPTY), Delta("epoch", 1, 0, None, True, False, placed, {}))


def test_an_answer_is_kept_while_others_change() -> None:
    counts = asked({"a": ["1"]})
    told(counts, _placed(2, Piece("c"), 1))
    assert counts.find("site", ("a", "b")) is not None


def test_an_article_that_moves_to_an_address_is_counted_there_though_it_was_known_elsewhere() -> None:
    counts = asked({"a": ["1"]})
    counts.keep("site", ("c",), render("site", ("c",), {}), {"c": ["2"]}, counts.changes("site"))
    told(counts, _placed(2, Piece("b"), 1))
    assert counts.find("site", ("a", "b")) is None


def test_a_newer_article_takes_over_an_address_that_had_one() -> None:
    counts = asked({"a": ["1"], "b": ["3"]})
    told(counts, _placed(2, Piece("a"), 1))
    assert counts.find("site", ("a", "b")) is None


def placing(*placed: Placed, **others: Any) -> Delta:
    return replace(Delta("epoch", 1, 0, None, True, False, placed, {}), **others)


@pytest.mark.parametrize(
    "delta",
    [
        placing(_placed(1, Piece("a"), 1)),
        placing(gone={"9": 1}),
        placing(unseen=True),
        placing(whole=True, epoch="another"),
    ],
    ids=["a change", "an article that left", "a change of what was never seen", "a feed that was built anew"],
)
def test_an_answer_that_is_true_no_longer_is_the_last_known_until_there_is_another(delta: Delta) -> None:
    counts, urls = asked({"a": ["1"]}), ("a", "b")
    before, after = counts.find("site", urls), render("site", urls, {"a": 1})
    assert before is not None
    counts.hear("site", Window(EMPTY), delta)
    assert counts.find("site", urls) is None
    assert counts.find_last("site", urls) is before
    counts.keep("site", urls, after, {"a": ["1"]}, counts.changes("site"))
    assert counts.find("site", urls) is counts.find_last("site", urls) is after


def test_an_answer_that_changed_while_it_was_read_is_the_last_known_all_the_same() -> None:
    counts = Counts()
    counts.hear("site", Window(EMPTY), EMPTY)
    before, read = counts.changes("site"), render("site", ("a",), {})
    told(counts, _placed(1, Piece("a"), 1))
    counts.keep("site", ("a",), read, {}, before)
    assert counts.find("site", ("a",)) is None
    assert counts.find_last("site", ("a",)) is read


def test_whoever_asked_earlier_and_waited_longer_does_not_take_back_what_is_known() -> None:
    counts = asked({"a": ["1"]})
    before, urls = counts.changes("site"), ("a",)
    told(counts, _placed(1, Piece("a"), 1))
    newer = render("site", urls, {"a": 1})
    counts.keep("site", urls, newer, {"a": ["1"]}, counts.changes("site"))
    counts.keep("site", urls, render("site", urls, {}), {"a": ["1"]}, before)
    told(counts, _placed(1, Piece("a"), 2))
    assert counts.find_last("site", urls) is newer


def test_a_site_that_nobody_follows_is_not_kept() -> None:
    counts = Counts()
    counts.keep("site", ("a",), render("site", ("a",), {}), {}, counts.changes("site"))
    assert counts.find("site", ("a",)) is None
