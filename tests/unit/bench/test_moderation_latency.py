from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bench.feed import page
from bench.moderation import command, latency, tables
from bench.moderation.asking import Taken, in_turns, rows
from bench.moderation.known import Known, Words, words
from bench.moderation.latency import Waits
from bench.moderation.plans import Plan
from bench.moderation.questions import Question, questions
from bench.processes import Failed
from discuss.domain.queue import Queue, orders

NOW = datetime(2026, 1, 2, tzinfo=UTC)
TWO = [UUID(int=1), UUID(int=2)]
KNOWN = Known(
    articles=TWO, authors=TWO, held=TWO, moderators=TWO, since=NOW - timedelta(days=30), until=NOW,
    words={"ru": Words(["слово", "дело"], ["бирюза"]), "en": Words(["word"], ["turquoise"])},
)  # fmt: skip
EXPLAINED = [
    "Limit  (cost=0.43..8.45 rows=1 width=16) (actual time=0.1..0.2 rows=50.00 loops=1)",
    "  Buffers: shared hit=40 read=2",
    "  ->  Index Scan using ix_queue_entries_risk on queue_entries  (cost=0.43..8.45 rows=1 width=16)",
    "        Buffers: shared hit=30 read=2",
    "  ->  Seq Scan on articles  (cost=0.00..1.00 rows=1 width=16)",
    "Planning Time: 0.5 ms",
    "Execution Time: 1.250 ms",
]
PLAN = Plan("queue", "held, by risk", "SELECT 1", EXPLAINED)


def waits(alone: float, written: float) -> Waits:
    asked = [Question("queue", "held, by risk", ["/queue"])]
    times = [{"held, by risk": Taken([ms] * 60, 50)} for ms in (alone, written)]
    return Waits(asked, times[0], times[1], [], [PLAN], [], 3.0)


def kept(found: Waits, comments: int = 2_000_000, each: int = 60) -> dict[str, object]:
    made = latency.as_json(command.of_size(comments), each, found)
    return {"measured_at": "2026-01-02T03:04:05+00:00", "commit": "abc1234", **made}


def test_every_queue_is_asked_for_in_every_order() -> None:
    asked = "\n".join(path for question in questions(KNOWN, {}) for path in question.paths)
    assert all(f"queue={queue}&sort={sort}" in asked for queue in Queue for sort in orders(queue))


def test_no_two_kinds_have_the_same_name_and_none_is_without_a_path() -> None:
    asked = [*questions(KNOWN, {Queue.HELD: "further"})]
    assert len({question.kind for question in asked}) == len(asked)
    assert all(question.paths for question in asked)


def test_questions_are_mixed_each_as_often_and_each_with_all_of_its_paths() -> None:
    asked = [Question("", "one", ["a", "b", "c"]), Question("", "other", ["d"])]
    turns = [path for _, path in in_turns(asked, 6)]
    assert sorted(turns) == ["a", "a", "b", "b", "c", "c", *"dddddd"]
    assert turns != sorted(turns)


def test_common_words_are_in_many_texts_and_rare_ones_in_few() -> None:
    found = words(
        ["often often seldom", "often again", "often again", "often again", "often a 12345", "again often"]
    )
    assert (found.common[0], found.rare) == ("often", ["seldom"])


@pytest.mark.parametrize(
    ("answer", "number"), [({"items": [1, 2]}, 2), ({"entries": []}, 0), ({"counts": {"held": 5}}, 1)]
)
def test_rows_are_those_of_a_page(answer: dict[str, object], number: int) -> None:
    assert rows(answer) == number


@pytest.mark.parametrize(
    ("alone", "written", "verdict"), [(100.0, 100.0, "yes"), (100.1, 50.0, "**no**"), (50.0, 100.1, "**no**")]
)
def test_the_bar_is_met_by_both_or_by_none(alone: float, written: float, verdict: str) -> None:
    rendered = tables.render(kept(waits(alone, written)))
    line = next(line for line in rendered.splitlines() if line.startswith("| held, by risk | 50 |"))
    assert line.strip("| ").split(" | ")[-1] == verdict
    assert f"met: {verdict}." in rendered


@pytest.mark.parametrize(("comments", "each"), [(1_999_999, 60), (2_000_000, 59)])
def test_a_run_that_was_cut_short_says_so(comments: int, each: int) -> None:
    assert "no complete run" in tables.render(kept(waits(1, 1), comments, each))


def test_a_complete_run_does_not_excuse_itself() -> None:
    assert "no complete run" not in tables.render(kept(waits(1, 1)))


def test_a_plan_tells_what_it_read_and_by_which_ways() -> None:
    assert (PLAN.execution_ms, PLAN.pages) == (1.25, 42)
    assert PLAN.ways == ["ix_queue_entries_risk", "seq scan on articles"]


def test_the_dearest_statement_stands_for_its_kind() -> None:
    cheap, dear = ({"kind": "held", "execution_ms": ms} for ms in (1.0, 2.0))
    assert tables.dearest([cheap, dear, cheap], "kind") == [dear]


def test_a_smaller_site_has_its_share_of_everything() -> None:
    size = command.of_size(200_000)
    assert (size.comments, size.held, size.rejected) == (200_000, 10_000, 15_000)


def test_the_page_in_the_documentation_has_a_place_for_the_figures() -> None:
    assert page.inserted(command.PAGE.read_text(encoding="utf-8"), "new")


class Writers:
    """Writers that fail when they are told to stop."""

    @contextmanager
    def at_work(self) -> Iterator[None]:
        yield
        raise Failed("waited 60 s")


def test_writers_that_break_down_leave_the_figures_and_a_note() -> None:
    found, notes = latency.while_written(Writers(), lambda: {"held, by risk": Taken([1.0])})
    assert found["held, by risk"].ms == [1.0]
    assert "waited 60 s" in notes[0]
