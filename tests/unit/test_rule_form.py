"""The editor's form of a rule, and the rule it stands for."""

from uuid import UUID

import pytest

from discuss.domain.rules import (
    Action,
    Kind,
    LinksSpec,
    Mode,
    PremoderationSpec,
    RepeatsSpec,
    Spec,
    WordsSpec,
    kind_of,
)
from discuss.errors import InvalidInput
from discuss.http.console.rule_form import RuleForm, form_of

ARTICLE = UUID(int=7)


@pytest.mark.parametrize(
    "spec",
    [
        WordsSpec(["casino*", '"exact words"']),
        LinksSpec(["example.org"], ["spam.example"], 3),
        PremoderationSpec(True, [ARTICLE], ["ru", "en"], 2, 24, 0.4),
        PremoderationSpec(False, [], [], 1),
        RepeatsSpec(30, 3, 8),
    ],
)
def test_a_rule_that_is_opened_and_saved_stays_what_it_is(spec: Spec) -> None:
    assert form_of(kind_of(spec), spec, "Name", Mode.ON, Action.HOLD).spec == spec


def test_lists_have_one_entry_a_line_and_empty_lines_are_nothing() -> None:
    assert RuleForm(Kind.WORDS, entries="  casino \r\n\r\nfree money\n").spec == WordsSpec(
        ["casino", "free money"]
    )


@pytest.mark.parametrize(
    "told", ["spam.example", "WWW.Spam.Example", "https://spam.example", "http://www.spam.example:80/win?a=1"]
)
def test_an_address_stands_for_its_site(told: str) -> None:
    assert RuleForm(Kind.LINKS, deny=told).spec == LinksSpec([], ["spam.example"])


@pytest.mark.parametrize(
    "form",
    [
        RuleForm(Kind.LINKS, deny="spam"),
        RuleForm(Kind.LINKS, deny="http://[spam.example"),
        RuleForm(Kind.LINKS, allow="example.org and others"),
        RuleForm(Kind.LINKS, deny=".".join(["a" * 60] * 5)),
        RuleForm(Kind.PREMODERATION, articles="the one about boats"),
    ],
)
def test_what_is_neither_a_site_nor_an_article_is_refused(form: RuleForm) -> None:
    with pytest.raises(InvalidInput):
        _ = form.spec


def test_a_back_test_looks_back_as_long_as_it_can_where_nothing_is_said() -> None:
    assert [RuleForm(kind).looks_back for kind in (Kind.WORDS, Kind.REPEATS)] == [90, 7]
    assert RuleForm(Kind.REPEATS, days=3).looks_back == 3
