import pytest

from bench.feed.bars import Bar
from bench.feed.interval import Interval


def found(median: float, low: float) -> Interval:
    return Interval(median, low, 2.0, 0.96, 15)


@pytest.mark.parametrize(
    ("median", "low", "met"), [(0.90, 0.85, True), (0.89, 0.88, False), (0.95, 0.84, False), (1.1, 1.0, True)]
)
def test_both_the_median_and_the_lower_end_have_to_reach_their_bar(
    median: float, low: float, met: bool
) -> None:
    assert Bar(median=0.90, low=0.85).met(found(median, low)) is met


def test_a_bar_for_the_lower_end_alone_does_not_ask_for_the_median() -> None:
    assert Bar(low=0.90).met(found(0.91, 0.90))
    assert not Bar(low=0.90).met(found(1.2, 0.89))


def test_a_bar_says_what_it_asks_for() -> None:
    assert str(Bar(median=0.9, low=0.85)) == "median ≥ 0.90, lower bound ≥ 0.85"
    assert str(Bar(median=0.65)) == "median ≥ 0.65"
