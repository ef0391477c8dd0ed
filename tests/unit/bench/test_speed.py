import pytest

from bench import speed

QUICK = {"start": 1.0, "texts_per_s": 100.0, "one_p50_ms": 2.0, "version": "1.0"}


def test_a_figure_is_the_median_of_its_rounds() -> None:
    rounds = [QUICK | {"start": start} for start in (1.0, 9.0, 2.0)]
    assert speed.medians(rounds)["start"] == 2.0


def test_what_is_no_number_is_kept_as_it_is() -> None:
    rounds = [{"version": "1.9", "resident_mb": None}] * 2
    assert speed.medians(rounds) == {"version": "1.9", "resident_mb": None}


def test_a_ratio_compares_figures_of_the_same_round() -> None:
    ours = [{"texts_per_s": rate} for rate in (10.0, 40.0, 30.0)]
    theirs = [{"texts_per_s": rate} for rate in (10.0, 20.0, 10.0)]
    assert speed.ratios(ours, theirs) == {"texts_per_s": 2.0}


def test_a_comment_with_spans_is_set_against_the_yardsticks_scores_alone() -> None:
    ours = [QUICK | {"one_explained_p50_ms": 6.0}]
    assert speed.ratios(ours, [QUICK])["one_explained_p50_ms"] == pytest.approx(3.0)


def test_a_figure_that_is_unknown_has_no_ratio() -> None:
    assert "resident_mb" not in speed.ratios([QUICK | {"resident_mb": None}], [QUICK | {"resident_mb": 5.0}])
