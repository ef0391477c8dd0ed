"""What a larger model's opinions teach."""

from collections import Counter

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from discuss.classify import train
from discuss.classify.material import Item, Material
from discuss.classify.recipe import Opinions
from discuss.classify.teacher import of_label
from discuss.classify.vectors import Embedded

NONE = np.empty(0, dtype=np.intp)
FOE, VILLAIN, RAIN, SUN = range(4)
"""Words, each a column of its own; behind them come the columns of marks."""

HEAD = ("en", "toxic")
LABEL = ("toxic", "en")
COUNTED = Opinions(weight=2.0, share=0.2)


def row(source="olid_twitter_en", *, tenth=1, language="en", **labels):
    return Item("", language, source, labels, tenth)


def everything(item):
    del item
    return True


def material(told):
    """Of items, their words, and the first of two numbers that a larger model gives them; the second is noise."""
    items, words, meant = zip(*told, strict=True)
    matrix = np.zeros((len(items), 4 + 12), dtype=np.float32)
    matrix[np.arange(len(items)), words] = 1
    vectors = np.stack([meant, np.random.default_rng(5).normal(size=len(items))], axis=1).astype(np.float32)
    return Material(items, csr_matrix(matrix), NONE, NONE, {}, Embedded(np.arange(len(items)), vectors))


LABELLED = [(row(toxic=1), FOE, 1.0), (row(toxic=0), RAIN, -1.0)] * 40
UNLABELLED = [(row("stormfront_en"), VILLAIN, 1.0), (row("stormfront_en"), SUN, -1.0)] * 40


def likely(lessons):
    """For each place, how likely the label is; the weights of its two lessons."""
    told = {}
    for place, target, weight in zip(lessons.places, lessons.targets, lessons.weights, strict=True):
        told.setdefault(int(place), {})[int(target)] = float(weight)
    assert all(both.keys() == {0, 1} for both in told.values())
    assert {round(sum(both.values()), 6) for both in told.values()} == {2.0}
    return {place: both[1] / 2 for place, both in told.items()}


def test_rows_without_the_label_are_judged_by_what_they_mean():
    rows = material(LABELLED + UNLABELLED)
    found = likely(of_label(rows, *LABEL, everything).opinions(rows, "en", COUNTED, everything))
    assert found.keys() == set(range(160))
    villains = [found[place] for place in range(80, 160, 2)]
    suns = [found[place] for place in range(81, 160, 2)]
    assert min(villains) > max(suns)


def test_a_share_of_all_opinions_is_for_the_label_however_many_rows_have_it():
    for times in (1, 5):
        rows = material(LABELLED + LABELLED[:1] * 40 * times)
        found = likely(of_label(rows, *LABEL, everything).opinions(rows, "en", COUNTED, everything))
        assert np.mean(list(found.values())) == pytest.approx(0.2, abs=1e-6)


def test_a_head_learns_words_from_opinions_that_its_labels_never_show():
    def weights(told):
        return train.fit(material(told), [HEAD], lambda *_: None)[HEAD].coef_[0]

    with_opinions, without = weights(LABELLED + UNLABELLED), weights(LABELLED)
    assert without[VILLAIN] == without[SUN] == 0
    assert with_opinions[VILLAIN] > with_opinions[SUN]


def test_rows_that_are_kept_apart_neither_teach_the_teacher_nor_are_judged():
    lies = [(row(tenth=5, toxic=0), FOE, 1.0), (row(tenth=5, toxic=1), RAIN, -1.0)] * 200
    rows, alone = material(LABELLED + lies), material(LABELLED)

    def kept(item):
        return item.tenth != 5

    teacher = of_label(rows, *LABEL, kept)
    assert (
        np.sign(teacher.coefficients[0]) == np.sign(of_label(alone, *LABEL, everything).coefficients[0]) == 1
    )
    assert likely(teacher.opinions(rows, "en", COUNTED, kept)).keys() == set(range(80))


def test_a_source_with_more_positives_does_not_make_what_it_writes_about_telling():
    """One source is about rain and mostly toxic, the other about sun and mostly not; within each it is the first number that tells."""
    told = []
    for source, mostly in (("olid_twitter_en", 1), ("c3_news_en", 0)):
        for toxic in (0, 1):
            share = 1800 if toxic == mostly else 200
            told += [(row(source, toxic=toxic), RAIN, float(toxic))] * share
    rows = material(told)
    topic = np.array(
        [1.0 if item.source == "olid_twitter_en" else -1.0 for item in rows.items], dtype=np.float32
    )
    first = rows.embedded.vectors[:, 0]
    rows = Material(
        rows.items,
        rows.matrix,
        NONE,
        NONE,
        {},
        Embedded(rows.embedded.places, np.stack([first - 0.5, topic], axis=1)),
    )
    said, about = of_label(rows, *LABEL, everything).coefficients
    assert said > 4 * abs(about)


@pytest.mark.parametrize("told", [[], LABELLED[:40], LABELLED[::2], UNLABELLED])
def test_too_few_rows_of_either_answer_make_no_teacher(told):
    items = Counter(item.labels.get("toxic") for item, *_ in told)
    assert min(items[0], items[1]) < 30
    rows = material(told) if told else Material([], csr_matrix((0, 16)), NONE, NONE, {})
    assert of_label(rows, *LABEL, everything) is None


def test_rows_in_other_languages_alone_make_no_teacher():
    rows = material([(row(language="de", toxic=toxic), FOE, float(toxic)) for toxic in (0, 1)] * 40)
    assert of_label(rows, "toxic", "de", everything) is not None
    assert of_label(rows, *LABEL, everything) is None
