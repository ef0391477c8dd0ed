"""One sentence among many: what a long text as a whole would hide."""

from itertools import pairwise

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


@pytest.mark.parametrize(
    ("insult", "around"),
    [
        ("Ты конченый идиот.", " ".join(["Да, верно. Так и есть. Не спорю. Всё так."] * 10)),
        (
            "Автор, ты конченый идиот",
            "\n".join(["Вчера прошло совещание", "Министр рассказал о технике"] * 10),
        ),
        ("Автор, ты конченый идиот", "Вчера прошло совещание\nМинистр рассказал о технике"),
        (
            "You are a complete idiot",
            "\n".join(["The airfields will be repaired", "The crews train at home"] * 10),
        ),
        (
            "you are a complete idiot",
            ", ".join(["the airfields will be repaired, the crews train at home"] * 8),
        ),
    ],
)
def test_an_insult_is_held_also_where_no_sentences_surround_it_or_only_short_ones(classifier, insult, around):
    limit = classifier.held_from(classifier.score([insult])[0].language)["toxic"]
    assert toxic(classifier, f"{around}\n{around}") < limit
    assert toxic(classifier, f"{around}\n{insult}\n{around}") >= limit


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
    raw = Batch.of(texts)
    batch = normalised(raw)
    found = passages(batch, raw, Ngrams())
    assert set(batch.bounds) <= set(found.letters)
    assert (np.diff(found.letters) > 0).all()
    assert np.bincount(found.texts, minlength=len(texts)).min() > 0
    assert (np.bincount(found.texts)[batch.sizes < 60] == 1).all()
    assert found.words[-1] == len(batch.words.starts)


def parted(*texts):
    raw = Batch.of(texts)
    batch = normalised(raw)
    edges = passages(batch, raw, Ngrams()).letters.tolist()
    letters = batch.codes.tobytes().decode("utf-32-le")
    return [letters[begin:end].strip() for begin, end in pairwise(edges)]


def test_sentences_are_parted_behind_their_stops_and_short_ones_stay_with_the_next():
    first, short, last = "ab" * 50 + " end.", "no!", "cd" * 50 + " the end."
    assert parted(f"{first} {short} {last}") == [first, f"{short} {last}"]


def test_several_short_sentences_are_judged_together_until_they_are_long_enough():
    assert parted("So it is. " * 20) == ["so it is. so it is."] * 10


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", " \n", "\n ", "\u200b\n"])
def test_lines_are_parted_without_a_full_stop(end):
    lines = ["these are words", "and the second line", "which goes on and on", "up to the last one"] * 4
    assert parted("short\nlines", end.join(lines), "more\nof them") == ["short lines", *lines, "more of them"]


def test_what_has_no_sentences_is_divided_evenly_between_words():
    shared = [word.split() for word in parted(f"{'word ' * 60}end. {'next ' * 20}end.", "word " * 11)]
    assert [len(words) for words in shared] == [16, 15, 15, 15, 11, 10, 11]
    assert [word for words in shared for word in words] == [
        *["word"] * 60,
        "end.",
        *["next"] * 20,
        "end.",
        *["word"] * 11,
    ]
