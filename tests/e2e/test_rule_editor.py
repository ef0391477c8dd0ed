"""The rule editor takes any input: it saves it, or says what is wrong, and no saved rule keeps a comment from being scored."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discuss.domain.accounts import Role
from tests.e2e.asking import PROBLEM
from tests.stack import Person, SiteInUse, Stack

SAVED, REFUSED = 201, {400, 413, 422}
TRICKY = (
    "a\x00b", "\x1b[31m", "\u202e", "*", "**", "a*b", "ab*", "(a+)+$", ".*" * 20, "[", "\\", "%", "'; --", '""', '"exact"', " ",
    "\u200b", "а" * 101, "а\u0301" * 30, "😀", "العربية", "免", "हिन्दी", "İ", "ß", "xn--e1afmkfd.xn--p1ai", "例え。テスト",
)  # fmt: skip
HUGE = ([f"word{number}" for number in range(20_001)], ["a" * 90 + str(number) for number in range(6000)])

anything = st.sampled_from(TRICKY) | st.text(max_size=40)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.none()
specs = st.one_of(
    st.fixed_dictionaries({"words": st.fixed_dictionaries({"entries": st.lists(anything, max_size=5)})}),
    st.fixed_dictionaries({"links": st.fixed_dictionaries({"allow": st.lists(anything, max_size=3), "deny": st.lists(anything, max_size=3)})}),
    st.fixed_dictionaries({"premoderation": st.fixed_dictionaries({"languages": st.lists(anything, max_size=2), "rejected_share": numbers})}),
    st.fixed_dictionaries({"repeats": st.fixed_dictionaries({"minutes": numbers, "by_author": numbers})}),
)  # fmt: skip


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    return stack.site("edited")


@pytest.fixture(scope="module")
def admin(site: SiteInUse) -> Person:
    return site.person(Role.ADMIN)


def saved(site: SiteInUse, admin: Person, body: dict[str, Any]) -> bool:
    """Whether the rule was saved; otherwise it must have been refused with a problem that says why."""
    answer = site.stack.client.post(f"{site.path}/rules", json=body, headers=admin.headers)
    if answer.status_code == SAVED:
        site.stack.client.delete(f"{site.path}/rules/{answer.json()['id']}", headers=admin.headers)
        return True
    assert answer.status_code in REFUSED, (body, answer.text)
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["code"] in {"invalid-input", "malformed", "too-large"}, answer.text
    return False


@settings(max_examples=150, derandomize=True)
@given(name=anything, says=specs)
def test_whatever_is_written_is_saved_or_refused_with_a_reason(
    site: SiteInUse, admin: Person, name: str, says: dict[str, Any]
) -> None:
    saved(site, admin, {"name": name, "mode": "on", "action": "hold", **says})


@pytest.mark.parametrize("entries", HUGE, ids=["entries", "letters"])
def test_too_much_is_refused(site: SiteInUse, admin: Person, entries: list[str]) -> None:
    rule = {"name": "huge", "mode": "on", "action": "hold", "words": {"entries": entries}}
    assert not saved(site, admin, rule)


def test_comments_are_scored_with_every_tricky_entry_that_could_be_saved(
    site: SiteInUse, admin: Person
) -> None:
    fine = [
        entry
        for entry in TRICKY
        if saved(site, admin, {"name": "one", "mode": "on", "action": "hold", "words": {"entries": [entry]}})
    ]
    assert {"ab*", '"exact"', "免", "😀"} <= set(fine)
    rule = {"name": "all", "mode": "on", "action": "hold", "words": {"entries": fine}}
    site.stack.client.post(f"{site.path}/rules", json=rule, headers=admin.headers).raise_for_status()
    article, reader = site.article("tried"), site.person()
    held = site.decided(reader, site.comment(reader, article, "Look at this 免 here")["id"])
    passed = site.decided(reader, site.comment(reader, article, "The bridge opened on time.")["id"])
    assert (held["state"], passed["state"]) == ("held", "published")
