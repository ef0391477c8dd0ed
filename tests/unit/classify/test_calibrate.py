"""Probabilities mean what they say on a site, and thresholds hold as few harmless comments as they should."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.special import expit

from discuss.classify import calibrate, heads
from discuss.classify.material import Item, Material
from discuss.classify.train import Apart

ROWS = 20_000
NONE = np.empty(0, dtype=np.intp)

HARMLESS_HELD = {
    ("en", "toxic", "c3_news_en"): 0.0275,
    ("ru", "toxic", "ru_toxic_2ch_pikabu"): 0.0245,
    ("de", "toxic", "germeval2018_de"): 0.025,
    ("en", "insult", "impermium_insults_en"): 0.01,
}
HEADS = pytest.mark.parametrize(("language", "label", "source"), HARMLESS_HELD)


def seen(language, label, *sources):
    """Answers about equally many positives and negatives of each source. Only those of the first lie around 0; each further source's lie 5 higher."""
    chance = np.random.default_rng(7)
    items, decisions = [], []
    for number, source in enumerate(sources):
        truth = chance.permutation(np.arange(ROWS) % 2)
        items += [Item("", language, source, {label: int(is_it)}, 1) for is_it in truth]
        decisions.append(chance.normal((2 * truth - 1) * 1.2 + 5 * number, 1))
    material = Material(items, csr_matrix((len(items), 1)), NONE, NONE, {})
    answers = Apart(np.arange(len(items)), np.concatenate(decisions))
    return calibrate.seen(material, (language, label), answers)


def calibrated(language, label, *sources):
    rows = seen(language, label, *sources)
    known = {(language, label): rows}
    curves = calibrate.curves(known)
    slope, intercept = curves[language][label]
    limit = calibrate.thresholds(known, curves)[label][language]
    return rows, expit(slope * rows.decisions + intercept), limit


@HEADS
def test_as_many_are_expected_as_come_on_a_site(language, label, source):
    rows, probabilities, _ = calibrated(language, label, source)
    expected = calibrate.BASE_RATE[label]
    assert np.average(rows.targets, weights=rows.weights) == pytest.approx(expected)
    assert np.average(probabilities, weights=rows.weights) == pytest.approx(expected, rel=0.01)


@HEADS
def test_what_is_expected_comes_true(language, label, source):
    rows, probabilities, _ = calibrated(language, label, source)
    for some in np.array_split(np.argsort(probabilities), 5)[2:]:
        came_true = np.average(rows.targets[some], weights=rows.weights[some])
        assert np.average(probabilities[some], weights=rows.weights[some]) == pytest.approx(
            came_true, abs=0.04
        )


@HEADS
def test_the_threshold_is_the_lowest_that_holds_few_enough_harmless_comments(language, label, source):
    rows, probabilities, limit = calibrated(language, label, source)
    harmless = probabilities[rows.targets == 0]
    allowed = HARMLESS_HELD[language, label, source]
    assert np.mean(harmless >= limit) <= allowed < np.mean(harmless >= limit - 0.01)
    assert round(limit, 2) == limit


def test_only_comments_as_they_come_on_a_site_count():
    alone = seen("en", "toxic", "c3_news_en")
    in_company = seen("en", "toxic", "c3_news_en", "davidson_twitter_en")
    assert np.array_equal(alone.decisions, in_company.decisions)
    assert heads.sigmoid(alone.decisions, alone.targets, alone.weights) == heads.sigmoid(
        in_company.decisions, in_company.targets, in_company.weights
    )


def test_a_text_in_no_known_language_is_judged_as_english_spam_is():
    known = {("en", "spam"): seen("en", "spam", "youtube_spam_en")}
    curves = calibrate.curves(known)
    limits = calibrate.thresholds(known, curves)
    assert curves["und"] == curves["en"]
    assert limits["spam"]["und"] == limits["spam"]["en"]
