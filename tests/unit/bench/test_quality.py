import pytest

from bench import curves, heldout
from bench.roster import OURS
from discuss.classify.data import Example


def row(number: int, source: str = "forum", **labels: int) -> Example:
    return Example(f"{source}:{number}", "a text", "en", source, labels)


def test_word_lists_get_a_limited_number_of_each_source_and_always_the_same() -> None:
    rows = [row(number, source, toxic=0) for source in ("forum", "mail") for number in range(500)]
    rows += [row(number, "small", toxic=0) for number in range(20)]
    chosen = heldout.few(rows)
    assert [sum(one.source == source for one in chosen) for source in ("forum", "mail", "small")] == [
        300,
        300,
        20,
    ]
    assert heldout.few(reversed(rows)) == chosen


def test_rows_that_say_nothing_of_rudeness_are_left_out() -> None:
    assert heldout.labelled([row(1, spam=1), row(2, insult=0), row(3)]) == [row(2, insult=0)]


def test_toxic_counts_before_insult() -> None:
    assert [heldout.rude(row(1, toxic=1, insult=0)), heldout.rude(row(2, insult=1))] == [1, 1]


def test_the_curve_is_of_the_rows_that_were_scored() -> None:
    rows = [row(1, toxic=1), row(2, toxic=0), row(3, toxic=1), row(4, toxic=0)]
    assert curves.auc(rows, "toxic", {"forum:1": 0.9, "forum:2": 0.1}) == 1.0
    assert curves.auc(rows, "toxic", {one.id: float(one.id[-1]) for one in rows}) == pytest.approx(0.25)
    assert curves.auc(rows, "toxic", {"forum:1": 0.9, "forum:3": 0.1}) is None


def test_each_label_is_judged_by_our_score_for_it() -> None:
    rows = [row(1, toxic=1, insult=0), row(2, toxic=0, insult=1)]
    ours = {"toxic": {"forum:1": 1.0, "forum:2": 0.0}, "insult": {"forum:1": 0.0, "forum:2": 1.0}}
    found = curves.lines(rows, ours, {"other": ours["toxic"]})
    assert {line.label: dict(line.auc) for line in found} == {
        "toxic": {OURS.name: 1.0, "other": 1.0},
        "insult": {OURS.name: 1.0, "other": 0.0},
    }


def test_the_mean_leaves_out_who_did_not_score_every_source() -> None:
    lines = [
        curves.Line("forum", "en", "toxic", 9, {OURS.name: 0.9, "other": 0.6}),
        curves.Line("mail", "en", "toxic", 9, {OURS.name: 0.7}),
    ]
    assert curves.means(lines) == {"en": {OURS.name: pytest.approx(0.8)}}
