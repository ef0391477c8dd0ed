import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from discuss.classify.evaluation import metrics

TRUTH = np.array([0, 0, 0, 1, 0, 1, 1, 0, 1, 1], dtype=np.int8)
SCORES = np.linspace(0.05, 0.95, 10)
EVEN = np.ones(10)


def made(rows, seed=1):
    chance = np.random.default_rng(seed)
    scores = chance.random(rows)
    return (chance.random(rows) < scores).astype(np.int8), scores


def test_rows_of_one_kind_give_no_curve():
    assert metrics.auc(np.ones(3, dtype=np.int8), np.ones(3)) is None
    assert metrics.average_precision(np.zeros(3, dtype=np.int8), np.ones(3)) is None


def test_probabilities_that_mean_what_they_say_have_next_to_no_calibration_error():
    truth, scores = made(20_000)
    bins = metrics.reliability(truth, scores, np.ones(20_000))
    assert len(bins) == metrics.BINS
    assert metrics.expected_calibration_error(bins) < 0.02


def test_probabilities_that_are_too_high_by_a_fifth_have_that_calibration_error():
    truth, scores = made(20_000)
    bins = metrics.reliability(truth, scores * 0.5 + 0.2, np.ones(20_000))
    assert metrics.expected_calibration_error(bins) == pytest.approx(
        np.mean([abs(0.5 * middle - 0.2) for middle in np.arange(0.05, 1, 0.1)]), abs=0.02
    )


def test_bins_have_equal_mass_also_when_rows_weigh_differently():
    truth, scores = made(5000)
    weights = metrics.reweighted(truth, 0.08)
    assert np.average(truth, weights=weights) == pytest.approx(0.08)
    masses = [one.mass for one in metrics.reliability(truth, scores, weights)]
    assert masses == pytest.approx([0.1] * 10, abs=0.01)


def test_always_saying_the_base_rate_has_no_skill_and_knowing_has_all():
    assert metrics.brier_skill(TRUTH, np.full(10, 0.5), EVEN) == pytest.approx(0)
    assert metrics.brier_skill(TRUTH, TRUTH.astype(float), EVEN) == pytest.approx(1)
    assert metrics.brier_skill(TRUTH, 1.0 - TRUTH, EVEN) < 0


def test_a_curve_rises_in_recall_and_holds_the_best_precision():
    points = metrics.precision_recall(TRUTH, SCORES)
    assert [recall for recall, _ in points] == sorted(recall for recall, _ in points)
    assert points[0] == (0.0, 1.0)
    assert (1.0, round(5 / 7, 4)) in points


def test_a_model_does_not_differ_from_itself():
    truth, scores = made(300)
    assert metrics.paired_difference(truth, scores, scores, resamples=100, seed=1) == (0.0, 0.0)


def test_a_model_that_is_clearly_better_is_better_in_the_whole_interval():
    truth, scores = made(500)
    low, high = metrics.paired_difference(truth, 1 - scores, scores, resamples=200, seed=1)
    assert 0 < low < high


@given(st.integers(0, 5))
def test_the_interval_lies_around_the_difference_even_with_ties(seed):
    truth, scores = made(400, seed)
    coarse = np.round(scores, 1)
    low, high = metrics.paired_difference(truth, scores, coarse, resamples=400, seed=seed)
    assert low < roc_auc_score(truth, coarse) - roc_auc_score(truth, scores) < high
    assert high - low < 0.05


def test_the_same_seed_gives_the_same_interval():
    truth, scores = made(300)
    worse = scores + np.sin(np.arange(300))
    first, again, other = (
        metrics.paired_difference(truth, scores, worse, resamples=60, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again != other


def test_there_is_no_interval_without_both_kinds_of_rows():
    assert (
        metrics.paired_difference(np.zeros(5, dtype=np.int8), np.ones(5), np.ones(5), resamples=9, seed=1)
        is None
    )
