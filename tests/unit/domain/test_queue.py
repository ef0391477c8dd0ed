"""How urgent a waiting comment is: risk and uncertainty from its signals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.queue import UNKNOWN, Weighed, pressure, risk, uncertainty

thresholds = st.floats(0.01, 1)
heard = st.builds(Weighed, st.floats(0, 1), thresholds, st.none() | thresholds)


@pytest.mark.parametrize(
    ("value", "threshold", "said"),
    [(0, 0.8, 0), (0.4, 0.8, 0.25), (0.8, 0.8, 0.5), (0.9, 0.8, 0.75), (1, 0.8, 1), (1, 1, 0.5), (0, 0, 0.5)],
)
def test_a_score_says_half_at_its_threshold_and_all_at_certainty(
    value: float, threshold: float, said: float
) -> None:
    assert pressure(value, threshold) == pytest.approx(said)


def test_where_nothing_was_said_everything_is_possible() -> None:
    assert (risk([]), uncertainty([])) == (UNKNOWN, 1)


def test_labels_with_different_thresholds_compare() -> None:
    just_over, far_below = Weighed(0.31, hold=0.3), Weighed(0.6, hold=0.95)
    assert risk([just_over]) > risk([far_below])


def test_a_doubtful_label_beside_a_certain_one_makes_no_doubt() -> None:
    certain, doubtful = Weighed(0.99, hold=0.5), Weighed(0.8, hold=0.8)
    assert uncertainty([certain, doubtful]) == uncertainty([certain]) < uncertainty([doubtful])


def test_what_was_nearly_rejected_is_uncertain_however_clearly_it_was_held() -> None:
    assert uncertainty([Weighed(0.97, hold=0.5, reject=0.98)]) > 0.9 > uncertainty([Weighed(0.97, hold=0.5)])


@given(st.lists(heard), heard)
def test_a_further_signal_never_lowers_a_risk_that_is_known(signals: list[Weighed], more: Weighed) -> None:
    assert risk([*signals, more]) >= (risk(signals) if signals else 0)


@given(st.lists(heard))
def test_both_are_shares(signals: list[Weighed]) -> None:
    assert 0 <= risk(signals) <= 1
    assert 0 <= uncertainty(signals) <= 1


@given(thresholds)
def test_nothing_is_more_uncertain_than_what_lies_on_its_threshold(threshold: float) -> None:
    assert uncertainty([Weighed(threshold, threshold)]) == pytest.approx(1)
