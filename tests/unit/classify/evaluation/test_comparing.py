import pytest

from discuss.classify.evaluation.comparing import compare


@pytest.fixture(scope="module")
def differences(corpus, keywords, kinder):
    found = compare(corpus, keywords, kinder).differences
    return {(one.source, one.against, one.label): one for one in found}


def test_where_both_say_the_same_nothing_differs(differences):
    found = differences["c3_news_en", None, "toxic"]
    assert (found.auc_first, found.auc_second, found.interval) == (1, 1, (0, 0))
    assert found.verdicts_changed == 0


def test_a_model_that_sees_less_is_worse_in_the_whole_interval(differences, corpus):
    found = differences["ru_toxic_2ch_pikabu", None, "toxic"]
    low, high = found.interval
    assert low < high < 0
    assert found.auc_second < found.auc_first
    rude = [row for row in corpus.of("test", [found.source]) if "болван" in row.text]
    assert found.verdicts_changed == len(rude)
    assert (found.held_second, found.held_first) == (0, pytest.approx(len(rude) / found.rows))


def test_probes_are_compared_by_what_is_held(differences):
    found = differences["ru_news_stance_comments", None, "toxic"]
    assert (found.auc_first, found.auc_second, found.interval) == (None, None, None)
    assert (found.held_first, found.held_second, found.verdicts_changed) == (0.25, 0, 1)


def test_a_label_that_one_model_does_not_know_has_no_figure_there(corpus, keywords, kinder):
    class Narrow(type(keywords)):
        labels = ("toxic",)

    found = compare(corpus, keywords, Narrow()).differences
    spam = [one for one in found if one.label == "spam" and one.against]
    assert spam
    assert all(
        (one.auc_first, one.auc_second, one.interval, one.held_second) == (1, None, None, 0) for one in spam
    )


def test_comparing_twice_gives_the_same(corpus, keywords, kinder):
    assert compare(corpus, keywords, kinder) == compare(corpus, keywords, kinder)
