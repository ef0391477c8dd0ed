"""The name of a group says nothing by itself, whatever it stands among elsewhere."""

import pytest

from discuss.classify.group_names import names
from discuss.classify.mere_names import of_names_only

FORMS = ["{}", "{}.", "{}!!!", "The {}", "{} and others", "they are {}", "это {}", "{} здесь"]
OTHERS = [
    "Die Moslems", "Asylanten hier", "Das sind Juden.", "os venezuelanos", "são judeus", "Islam", "христианство",
    "Jews, Christians and Muslims", "Русские, украинцы и евреи",
]  # fmt: skip
SAYS_SOMETHING = [
    "no more Jews", "Jews out", "die Jews", "you are a Jew", "Jews 🤮", "(((Jews)))", "88 Jews", "no gays", "против евреев", "ты еврей",
    "Jews are rats", "Juden raus", "hello", "the", "", "...", "J e w s", "jew" * 30,
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_no_name_is_held_by_itself(classifier, form):
    texts = [form.format(name.capitalize()) for name in sorted(names()) if len(name) > 2]
    for text, scored in zip(texts, classifier.score(texts), strict=True):
        limits = classifier.held_from(scored.language)
        assert all(score < limits[label] / 2 for label, score in scored.scores.items()), (text, scored.scores)


@pytest.mark.parametrize("text", OTHERS)
def test_nor_is_one_in_another_language_or_several_together(classifier, text):
    (scored,) = classifier.score([text])
    limits = classifier.held_from(scored.language)
    assert all(score < limits[label] / 2 for label, score in scored.scores.items()), scored.scores
    assert not any(classifier.explain([text])[0].values())


@pytest.mark.parametrize("text", SAYS_SOMETHING)
def test_what_says_more_than_a_name_is_read_like_any_text(text):
    assert of_names_only([text]) == frozenset()


def test_only_the_texts_that_are_names_are_meant():
    assert of_names_only(["Jews are rats", "Jews", "The weather is fine", "Русские"]) == {1, 3}
