"""What a rule must satisfy, and that every error about it can be said in both languages."""

import re
from pathlib import Path
from uuid import UUID

import pytest

from discuss.domain.rule_sense import NUMBERS, require_sense, require_spec
from discuss.domain.rules import Action, LinksSpec, PremoderationSpec, RepeatsSpec, Spec, WordsSpec
from discuss.errors import InvalidInput
from discuss.http.pages.languages import WORDS

SOURCES = Path(__file__).parents[3] / "src" / "discuss"
WORDS_OF_A_SITE = WordsSpec(["casino"])


def cause_of(refused: pytest.ExceptionInfo[InvalidInput]) -> object:
    assert refused.value.detail.endswith(".")
    return refused.value.extra["cause"]


@pytest.mark.parametrize(
    ("spec", "cause"),
    [
        (RepeatsSpec(60, 0, 5), "rule-by-author"),
        (RepeatsSpec(60, 1, 5), "rule-by-author"),
        (RepeatsSpec(60, 51, 5), "rule-by-author"),
        (RepeatsSpec(60, 2, 1), "rule-by-anybody"),
        (RepeatsSpec(60, 2, 51), "rule-by-anybody"),
        (RepeatsSpec(0, 2, 5), "rule-minutes"),
        (RepeatsSpec(10_081, 2, 5), "rule-minutes"),
        (LinksSpec(deny=["a.example"], first_comments=-1), "rule-first-comments"),
        (LinksSpec(deny=["a.example"], first_comments=1001), "rule-first-comments"),
        (LinksSpec(deny=["a.example"] * 2001), "rule-lines"),
        (LinksSpec(allow=["a.example"]), "rule-empty"),
        (LinksSpec(), "rule-empty"),
        (PremoderationSpec(first_comments=1001), "rule-first-comments"),
        (PremoderationSpec(younger_than_hours=10_001), "rule-hours"),
        (PremoderationSpec(languages=["russian"]), "rule-language"),
        (PremoderationSpec(languages=["ru, en"]), "rule-language"),
        (PremoderationSpec(languages=["ru"] * 21), "rule-lines"),
        (PremoderationSpec(articles=[UUID(int=7)] * 1001), "rule-lines"),
        (PremoderationSpec(rejected_share=0.0), "rule-share"),
        (PremoderationSpec(rejected_share=1.01), "rule-share"),
        (PremoderationSpec(rejected_share=float("nan")), "rule-share"),
        (PremoderationSpec(articles=[], languages=[]), "rule-empty"),
        (WordsSpec([]), "rule-empty"),
        (WordsSpec(["word"] * 20_001), "rule-lines"),
        (WordsSpec(["word" * 25] * 5001), "rule-letters"),
    ],
)
def test_what_could_say_nothing_or_asks_for_too_much_is_refused_and_the_cause_has_a_name(
    spec: Spec, cause: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        require_spec(spec)
    assert cause_of(refused) == cause


@pytest.mark.parametrize(
    "spec",
    [
        RepeatsSpec(1, 2, 2),
        RepeatsSpec(10_080, 50, 50),
        LinksSpec(first_comments=1000),
        LinksSpec(deny=["a.example"] * 2000),
        PremoderationSpec(languages=["RU", "En"], rejected_share=1.0),
        PremoderationSpec(younger_than_hours=10_000),
        WordsSpec(["x" * 25] * 20_000),
    ],
)
def test_what_lies_within_the_bounds_is_fine(spec: Spec) -> None:
    require_spec(spec)


def test_languages_are_kept_as_they_are_told_of_texts() -> None:
    assert PremoderationSpec(languages=["RU", "En"]).languages == ["ru", "en"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_a_rule_has_a_name(name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        require_sense(name, Action.HOLD, WORDS_OF_A_SITE)
    assert cause_of(refused) == "rule-name"


def test_what_is_only_new_is_never_rejected() -> None:
    with pytest.raises(InvalidInput) as refused:
        require_sense("Everything", Action.REJECT, PremoderationSpec(everything=True))
    assert cause_of(refused) == "rule-holds-only"


def test_every_cause_has_words_of_its_own_in_russian_and_no_words_are_left_without_one() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("**/*.py"))
    named = set(re.findall(r'cause="([a-z-]+)"', code)) | {bounds.cause for bounds in NUMBERS.values()}
    named |= set(re.findall(r'_wrong\(\s*number, "([a-z-]+)"', code))
    assert set(WORDS["ru"]["causes"]) == named
