from collections.abc import Iterator

import pytest

from bench.feed import page, record, tables
from bench.feed.bars import FULL
from bench.feed.comparing import Comparison, Effort, Measured, Pair
from bench.feed.order import PARTS, Found, Order
from bench.feed.wrk import Address, Sample


def sample(rate: float, failed: int = 0) -> Sample:
    return Sample(rate, 1.0, 5.0, 1000, 4000.0, failed)


def measured(key: str, ours: list[float], failed: int = 0) -> Measured:
    raw = Address("http://raw/")
    comparison = Comparison(
        key, f"title of {key}", Address("http://ours/"), raw, "raw", FULL if key != "nginx" else None
    )
    return Measured(comparison, [Pair(sample(rate, failed), sample(1000.0), 1.0) for rate in ours])


def kept(*found: Measured, order: Order | None = None, **parts: object) -> dict[str, object]:
    nothing = {
        "writers": [],
        "spending": {},
        "steady": {},
        "propagation": {},
        "queries": {},
        "memory": {},
        "body_bytes": 4000,
        "notes": [],
    }
    whole = Found(measured={one.comparison.key: one for one in found}, **(nothing | parts))
    made = record.as_json(order or Order(PARTS, Effort(15, 3)), whole)
    return {"measured_at": "2026-01-02T03:04:05+00:00", "commit": "abc1234", **made}


def row(rendered: str, title: str) -> list[str]:
    line = next(line for line in rendered.splitlines() if line.startswith(f"| {title} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def rows(rendered: str) -> Iterator[int]:
    """The number of cells in each line of a table."""
    yield from (line.count("|") for line in rendered.splitlines() if line.startswith("|"))


def test_a_comparison_shows_its_ratio_with_the_interval_and_the_verdict() -> None:
    rendered = tables.render(kept(measured("feed-200", [950.0] * 15)))
    assert row(rendered, "title of feed-200")[4:] == [
        "0.95 (0.95 to 0.95)", "", "median ≥ 0.90, lower bound ≥ 0.85", "yes",
    ]  # fmt: skip


def test_a_bar_that_was_missed_is_shown_as_missed() -> None:
    assert row(tables.render(kept(measured("feed-200", [600.0] * 15))), "title of feed-200")[-1] == "**no**"


def test_the_ratio_to_nginx_is_taken_round_by_round() -> None:
    found = kept(measured("nginx", [1000.0, 2000.0, 4000.0]), measured("feed-200", [400.0, 800.0, 1600.0]))
    assert row(tables.render(found), "title of feed-200")[5] == "0.40"


def test_too_few_pairs_are_told_beside_the_interval() -> None:
    rendered = tables.render(kept(measured("feed-200", [900.0, 1000.0])))
    assert "(0.90 to 1.00, 50% only)" in rendered


def test_what_a_comment_costs_is_told_for_each_process_and_together() -> None:
    spent = {
        "each_ms": {"worker": 3.3, "Valkey": 0.6},
        "idle_ms": {"worker": 0.2, "Valkey": 0.1},
        "total_ms": 3.9,
    }
    rendered = tables.render(kept(spending=spent))
    assert row(rendered, "worker")[1:] == ["3.30", "0.20"]
    assert row(rendered, "together")[1:] == ["3.90", "0.30"]


def test_answers_that_failed_are_told() -> None:
    assert "title of feed-200, 30" in tables.render(kept(measured("feed-200", [900.0] * 15, failed=2)))


@pytest.mark.parametrize(
    "order",
    [
        Order(PARTS, Effort(14, 3)),
        Order(PARTS, Effort(15, 3), articles=999_999),
        Order(PARTS[:-1], Effort(15, 3)),
        Order(PARTS, Effort(15, 3), decisions=199),
    ],
)
def test_a_run_that_was_cut_short_says_so(order: Order) -> None:
    found = kept(measured("feed-200", [900.0] * 15), order=order)
    assert found["complete"] is False
    assert "no complete run" in tables.render(found)


def test_a_complete_run_does_not_excuse_itself() -> None:
    assert "no complete run" not in tables.render(kept(measured("feed-200", [900.0] * 15)))


@pytest.mark.parametrize(("p99", "verdict"), [(50.0, "met: yes"), (50.1, "met: **no**")])
def test_propagation_has_fifty_milliseconds(p99: float, verdict: str) -> None:
    took = {"decisions": 200, "p50_ms": 9.0, "p99_ms": p99, "most_ms": 60.0, "polls_per_second": 1000}
    assert verdict in tables.render(kept(propagation=took))


@pytest.mark.parametrize(("more", "verdict"), [(3, "yes"), (5000, "**no**")])
def test_a_command_for_every_other_poll_is_too_many_and_a_sweep_more_is_not(more: int, verdict: str) -> None:
    one = {
        "requests": 10_000, "busy": {"redis": 100 + more, "postgresql": 50}, "idle": {"redis": 100, "postgresql": 50},
        "each": {"redis": more / 10_000, "postgresql": 0.0},
    }  # fmt: skip
    assert row(tables.render(kept(steady={"feed-200": one})), "feed-200")[-1] == verdict


def test_the_large_case_is_compared_with_the_small_one() -> None:
    small = measured("feed-200", [900.0 + n for n in range(15)])
    alike, apart = (measured("feed-large", [start + n for n in range(15)]) for start in (905.0, 700.0))
    assert "overlaps that with 1,000: yes" in tables.render(kept(small, alike))
    assert "overlaps that with 1,000: **no**" in tables.render(kept(small, apart))


@pytest.mark.parametrize(("same", "verdict"), [(True, "yes"), (False, "**no**")])
def test_what_a_request_costs_is_told_for_few_and_for_very_many_articles(same: bool, verdict: str) -> None:
    small, large = ({"each": {"redis": redis, "postgresql": 3.0}} for redis in (-0.004, 0.026))
    rendered = tables.render(kept(queries={"thread": {"small": small, "large": large, "same": same}}))
    assert row(rendered, "thread")[1:] == ["0.00 / 0.03", "3.00 / 3.00", verdict]


def test_what_could_not_be_measured_is_told_and_makes_the_run_incomplete() -> None:
    found = kept(measured("feed-200", [900.0] * 15), notes=["nginx is not installed."])
    assert "nginx is not installed." in tables.render(found)
    assert found["complete"] is False


def test_every_line_of_a_table_has_as_many_cells_as_its_head() -> None:
    rendered = tables.render(kept(measured("nginx", [2000.0] * 15), measured("feed-200", [950.0] * 15)))
    assert set(rows(rendered)) == {9}


def test_the_figures_replace_what_stood_between_the_marks() -> None:
    text = f"# Page\n\n{page.BEGIN}\nold\n{page.END}\n\nafter\n"
    assert page.inserted(text, "new") == f"# Page\n\n{page.BEGIN}\nnew\n{page.END}\n\nafter\n"


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        page.inserted("# Page\n", "new")


def test_the_page_in_the_documentation_has_a_place_for_the_figures() -> None:
    assert page.inserted(page.PAGE.read_text(encoding="utf-8"), "new")
