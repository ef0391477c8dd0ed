"""One sentence among many: what a long text as a whole would hide."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.batch import Batch
from discuss.classify.ngrams import Ngrams
from discuss.classify.passages import passages
from discuss.classify.text import normalised

NEWS = {
    "ru": "Вчера в Москве прошло совещание по вопросам обороны. Министр рассказал о поставках новой техники. "
    "Речь шла также о ремонте аэродромов и о подготовке экипажей к зиме.",
    "en": "The minister said on Monday that new equipment would be delivered next year. The airfields will be repaired "
    "before the winter, and the crews are to be trained at home.",
}
INSULTS = {"ru": "Автор, ты конченый идиот.", "en": "You are a complete idiot."}
pieces = st.lists(st.text("ab .!?\U0001f642", max_size=400), min_size=1, max_size=4)


def toxic(classifier, text):
    return classifier.score([text])[0].scores["toxic"]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("times", [2, 10])
def test_an_insult_is_held_wherever_it_stands_in_a_long_comment(classifier, language, times):
    news, insult = " ".join([NEWS[language]] * times), INSULTS[language]
    limit = classifier.held_from(language)["toxic"]
    assert toxic(classifier, news) < limit
    for text in (f"{insult} {news}", f"{news} {insult} {news}", f"{news} {insult}"):
        assert toxic(classifier, text) >= limit


def test_a_sentence_alone_must_be_plainer_than_a_comment_of_its_own(classifier):
    doubtful, news = "Редакция опять врёт, как обычно.", NEWS["ru"]
    assert toxic(classifier, f"{news} {doubtful}") < toxic(classifier, doubtful)


def test_each_text_of_a_batch_is_judged_by_its_own_passages(classifier):
    texts = [
        f"{NEWS['ru']} {INSULTS['ru']} {NEWS['ru']}",
        NEWS["ru"],
        f"{NEWS['en']} {INSULTS['en']} {NEWS['en']}",
        "Спасибо!",
        NEWS["en"],
        "",
    ]
    for one, alone in zip(
        classifier.score(texts), [classifier.score([text])[0] for text in texts], strict=True
    ):
        assert one.scores == pytest.approx(alone.scores, abs=1e-5)


def test_what_decides_is_named(classifier):
    text = f"{NEWS['ru']} {INSULTS['ru']} {NEWS['ru']}"
    strongest = classifier.explain([text])[0]["toxic"][0]
    assert text[strongest.start : strongest.end] in INSULTS["ru"]


@given(pieces)
def test_passages_are_all_of_a_text_and_short_texts_are_one(texts):
    batch = normalised(Batch.of(texts))
    found = passages(batch, Ngrams())
    assert set(batch.bounds) <= set(found.letters)
    assert (np.diff(found.letters) > 0).all()
    assert np.bincount(found.texts, minlength=len(texts)).min() > 0
    assert (np.bincount(found.texts)[batch.sizes < 200] == 1).all()
    assert found.words[-1] == len(batch.words.starts)


def test_sentences_are_parted_behind_their_stops_and_short_ones_stay_with_the_next():
    first, short, last = "ab" * 50 + " end.", "no!", "cd" * 50 + " the end."
    batch = normalised(Batch.of([f"{first} {short} {last}"]))
    edges = passages(batch, Ngrams()).letters
    found = [
        batch.codes[edges[k] : edges[k + 1]].tobytes().decode("utf-32-le").strip()
        for k in range(len(edges) - 1)
    ]
    assert found == [first, f"{short} {last}"]
