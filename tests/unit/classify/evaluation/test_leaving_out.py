"""How a model does on a site it has never seen."""

import pytest

from discuss.classify import recipe
from discuss.classify.evaluation.leaving_out import leave_out
from discuss.classify.material import OWN, gather
from tests.training import SMALL, corpus_of, write_more


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return corpus_of(write_more(tmp_path_factory.mktemp("comments")))


@pytest.fixture(scope="module")
def announced():
    return []


@pytest.fixture(scope="module")
def found(corpus, announced):
    return leave_out(corpus, lambda *said: announced.append(said), SMALL)


def test_all_rows_of_a_source_are_asked_about_if_both_sides_are_known(corpus, found):
    rows = {
        source: [row.labels["toxic"] for row in corpus.examples if row.source == source]
        for source in ("c3_news_en", "ru_toxic_2ch_pikabu", "ru_toxic_mixed")
    }
    assert {one.source: (one.rows, one.positives) for one in found.sources} == {
        source: (len(labels), sum(labels)) for source, labels in rows.items()
    }
    assert all(0 <= one.auc <= 1 for one in found.sources)


def test_figures_belong_to_a_family_and_its_language(found):
    assert {(one.family, one.language, one.source) for one in found.sources} == {
        ("Globe and Mail", "en", "c3_news_en"),
        ("2ch and ok.ru", "ru", "ru_toxic_2ch_pikabu"),
        ("2ch and ok.ru", "ru", "ru_toxic_mixed"),
    }


def test_nothing_of_the_family_is_learnt_from(corpus):
    family = {*recipe.FAMILIES["2ch and ok.ru"]}
    left = {item.source for item in gather(corpus.apart_from(family), SMALL)}
    assert left == {item.source for item in gather(corpus, SMALL)} - family
    assert OWN in left


def test_no_near_duplicate_of_the_family_is_learnt_from_either(corpus):
    """The rows of ru_toxic_mixed repeat some of ru_toxic_2ch_pikabu, in capitals and with a link."""
    left = corpus.apart_from({"ru_toxic_2ch_pikabu"})
    mixed = [row for row in left.examples if row.source == "ru_toxic_mixed"]
    assert mixed
    assert not any("https://" in row.text for row in mixed)
    assert all(left.tenths[row.id] == corpus.tenths[row.id] for row in mixed)


def test_it_is_told_how_far_it_is(announced):
    ends = {stage: (done, total) for stage, done, total in announced}
    assert ends["Globe and Mail: fitting"] == ends["2ch and ok.ru: fitting"] == (1, 1)
    assert all(done == total for done, total in ends.values())
