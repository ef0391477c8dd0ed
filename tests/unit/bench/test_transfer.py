import numpy as np
import pytest

from bench import transfer
from bench.transfer import HEAD, LINEAR, Question
from discuss.classify.corpus import Corpus
from discuss.classify.data import Example

NEWS, OTHER = "c3_news_en", "surge_toxicity_en"
RUDE, KIND = "what a silly remark, number", "what a lovely garden, number"


def row(number: int, source: str, lang: str = "en") -> Example:
    rude = number % 4 == 0
    text = f"{RUDE if rude else KIND} {number} of {source}"
    return Example(f"{source}:{number}", text, lang, source, {"toxic": int(rude)})


@pytest.fixture
def corpus() -> Corpus:
    rows = [row(number, source) for source in (NEWS, OTHER) for number in range(2400)]
    rows += [row(number, "toldbr_pt", "pt") for number in range(40)]
    return Corpus(7, rows, tenths={one.id: int(one.id.split(":")[1]) // 4 % 10 for one in rows})


def test_what_is_asked_about_is_never_learned_from(corpus: Corpus) -> None:
    for question in (
        Question(NEWS, "toxic"),
        Question(NEWS, "toxic", whole=True),
        Question(NEWS, "toxic", unseen=True),
    ):
        assert {corpus.tenths[one.id] for one in question.asked(corpus)} == {0}
        assert 0 not in {corpus.tenths[one.id] for one in question.lessons(corpus)}


def test_lessons_are_as_many_rude_as_harmless_and_always_the_same(corpus: Corpus) -> None:
    lessons = Question(NEWS, "toxic").lessons(corpus)
    assert [sum(one.labels["toxic"] == side for one in lessons) for side in (0, 1)] == [500, 500]
    corpus.examples.reverse()
    assert Question(NEWS, "toxic").lessons(corpus) == lessons


def test_a_whole_source_teaches_all_that_it_may(corpus: Corpus) -> None:
    assert len(Question(NEWS, "toxic", whole=True).lessons(corpus)) == 2160


def test_an_unseen_source_is_taught_by_others_of_its_language(corpus: Corpus) -> None:
    lessons = Question(NEWS, "toxic", unseen=True).lessons(corpus)
    assert {one.source for one in lessons} == {OTHER}


def test_heads_learn_from_the_vectors_and_the_linear_model_from_the_texts(corpus: Corpus) -> None:
    chance = np.random.default_rng(1)
    telling = {one.id: np.array([one.labels["toxic"], *chance.random(3)]) for one in corpus.examples}
    question = Question(NEWS, "toxic")
    truth = transfer.truth(question.asked(corpus), "toxic")
    blind = {one.id: chance.random(4) for one in corpus.examples}
    informed, guessing = (transfer.judged(question, corpus, vectors) for vectors in (telling, blind))
    assert transfer.area(truth, informed[HEAD])[0] > 0.95
    assert transfer.area(truth, guessing[HEAD])[0] < 0.7
    assert transfer.area(truth, guessing[LINEAR])[0] > 0.95


def test_an_interval_holds_its_area_and_is_narrow_where_there_is_no_doubt() -> None:
    truth = np.tile(np.array([0, 1], dtype=np.int8), 50)
    noisy = truth + np.random.default_rng(2).normal(size=100)
    middle, low, high = transfer.area(truth, noisy)
    assert low < middle < high
    assert transfer.area(truth, truth.astype(float)) == (1.0, 1.0, 1.0)


def test_ranked_together_each_counts_as_much_whatever_its_scale() -> None:
    both = transfer.ranked_together(np.array([0.0, 0.1, 0.2]), np.array([900.0, 500.0, 100.0]))
    assert both.tolist() == [4.0, 4.0, 4.0]


def test_ranked_together_equal_scores_stay_equal() -> None:
    assert transfer.ranked_together(np.zeros(3), np.zeros(3)).tolist() == [4.0, 4.0, 4.0]
