"""What each version of a rule changed."""

from datetime import UTC, datetime
from uuid import UUID

from discuss.domain.rules import Action, LinksSpec, Mode, PremoderationSpec, Rule, Spec, WordsSpec, kind_of
from discuss.http.console.rule_history import SHOWN, Change, changes

SOMEBODY = UUID(int=1)


def versions(*specs: Spec) -> list[Rule]:
    made = [
        Rule(
            SOMEBODY, SOMEBODY, "Some rule", kind_of(spec), number, Mode.ON, Action.HOLD, spec, datetime.now(UTC), SOMEBODY
        )
        for number, spec in enumerate(specs, 1)
    ]  # fmt: skip
    return made[::-1]


def test_lists_name_the_lines_that_came_and_went():
    found = changes(versions(WordsSpec(["one", "two"]), WordsSpec(["two", "three"])))
    assert [rule.number for rule, _ in found] == [2, 1]
    assert found[0][1] == [Change("entries", ["one"], ["three"], 0)]


def test_numbers_and_switches_name_both_values():
    (_, changed), _ = changes(
        versions(PremoderationSpec(first_comments=2), PremoderationSpec(everything=True, first_comments=3))
    )
    assert changed == [Change("first_comments", ["2"], ["3"], 0), Change("everything", [], ["yes"], 0)]


def test_the_first_version_names_all_it_says():
    (_, changed), *_ = changes(versions(LinksSpec(deny=["spam.example"])))
    assert Change("deny", [], ["spam.example"], 0) in changed
    assert Change("name", [], ["Some rule"], 0) in changed


def test_a_long_list_is_cut_and_says_by_how_much():
    (_, (change,)), _ = changes(
        versions(WordsSpec(["one"]), WordsSpec([f"word{n}" for n in range(SHOWN + 7)]))
    )
    assert (change.removed, len(change.added), change.more) == (["one"], SHOWN, 7)


def test_a_version_that_says_the_same_changed_nothing():
    (_, changed), _ = changes(versions(WordsSpec(["one"]), WordsSpec(["one"])))
    assert changed == []
