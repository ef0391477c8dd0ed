from itertools import product
from statistics import median

import pytest

from bench.feed.interval import interval, percentile


def test_fifteen_pairs_give_the_fourth_and_the_twelfth_ratio() -> None:
    found = interval([n / 10 for n in range(15, 0, -1)])
    assert (found.median, found.low, found.high) == (0.8, 0.4, 1.2)
    assert found.confidence == pytest.approx(0.9648, abs=0.0001)
    assert found.sound


def test_six_pairs_are_the_fewest_that_give_an_interval_of_95_per_cent() -> None:
    assert interval([1.0] * 6).sound
    assert not interval([1.0] * 5).sound


def test_with_too_few_pairs_the_interval_is_all_that_was_seen() -> None:
    found = interval([0.9, 1.2, 1.0])
    assert (found.low, found.median, found.high) == (0.9, 1.0, 1.2)
    assert found.confidence == 0.75


def test_one_pair_says_nothing_with_any_confidence() -> None:
    found = interval([0.9])
    assert (found.low, found.high, found.confidence) == (0.9, 0.9, 0.0)


@pytest.mark.parametrize("count", [6, 9, 12])
def test_the_confidence_is_the_share_of_samples_whose_interval_holds_the_true_median(count: int) -> None:
    """Each value lies below or above the true median, 0, like the toss of a coin: this tries all outcomes."""
    falls = [
        interval([side * (n + 1) for n, side in enumerate(sides)]) for sides in product((-1, 1), repeat=count)
    ]
    held = sum(found.low < 0 < found.high for found in falls)
    assert held / len(falls) == pytest.approx(falls[0].confidence)


def test_an_interval_holds_its_median_whatever_the_order() -> None:
    ratios = [0.77, 1.16, 0.98, 1.02, 0.91, 1.3, 0.99]
    found = interval(ratios)
    assert found.median == median(ratios)
    assert found.low <= found.median <= found.high


def test_intervals_overlap_when_they_share_a_value() -> None:
    low, middle, high = (interval([start, start + 1]) for start in (1.0, 2.0, 3.5))
    assert low.overlaps(middle)
    assert middle.overlaps(low)
    assert not low.overlaps(high)


def test_ninety_nine_of_a_hundred_are_not_above_the_99th_percentile() -> None:
    assert percentile([float(n) for n in range(1, 101)], 99) == 99.0
    assert percentile([float(n) for n in range(1, 201)], 99) == 198.0
    assert percentile([5.0], 50) == 5.0
