import pytest

from discuss.classify.evaluation.mistakes import KINDS


@pytest.mark.parametrize(
    "text", ["заходи на casino.top", "see bit.ly/x1", "HTTPS://A.EXAMPLE", "t.me/somebody"]
)
def test_what_the_model_takes_for_a_link_is_one_in_the_report(text):
    assert KINDS["has a link"](text)


@pytest.mark.parametrize("text", ["Это было вчера.Потом ушли", "version 3.5", "и т.д.", "on t.media/"])
def test_a_dot_alone_is_no_link(text):
    assert not KINDS["has a link"](text)
