"""What authors are told, and when: nothing that a moderator may still take back."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.states import MOVES, State
from discuss.domain.telling import NOT_TOLD, TOLD_AFTER, Told, told_to_author

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
NOBODY = UUID(int=0)


def made(
    second: float, state: State, source: Source = Source.PERSON, *reasons: Reason, words: str | None = None
) -> Decision:
    return Decision(
        id=NOBODY, site_id=NOBODY, revision_id=NOBODY, previous_id=None, state=state, source=source, actor_id=None,
        reasons=reasons or [Reason.CLEAR], note="between us", model=None,
        created_at=NOON + timedelta(seconds=second), words=words,
    )  # fmt: skip


def told_at(second: float, *decisions: Decision) -> Told:
    return told_to_author(decisions, NOON + timedelta(seconds=second))


HELD = made(0, State.HELD, Source.POLICY, Reason.TOXIC)
REJECTED = made(20, State.REJECTED, Source.PERSON, Reason.INSULT, words="Please stay polite.")


def test_what_the_machine_decides_is_told_at_once():
    assert told_at(0, HELD) == Told(State.HELD, Reason.TOXIC)


def test_nothing_is_told_of_a_text_that_waits():
    assert told_at(0) == Told(State.PENDING)


def test_what_a_person_decides_is_told_with_the_words_ten_seconds_later():
    assert told_at(29.9, HELD, REJECTED) == Told(State.HELD, Reason.TOXIC)
    assert told_at(30, HELD, REJECTED) == Told(State.REJECTED, Reason.INSULT, "Please stay polite.")


def test_a_decision_that_was_taken_back_in_time_is_never_told():
    undone = made(25, State.HELD, Source.PERSON, Reason.TOXIC)
    for second in (25, 29, 31, 34, 36, 3600):
        assert told_at(second, HELD, REJECTED, undone) == Told(State.HELD, Reason.TOXIC)


def test_a_decision_that_was_told_stays_told_until_the_next_one_is():
    restored = made(60, State.PUBLISHED, words="We were wrong.")
    assert told_at(61, HELD, REJECTED, restored).state is State.REJECTED
    assert told_at(70, HELD, REJECTED, restored) == Told(State.PUBLISHED, None, "We were wrong.")


def test_before_the_machine_has_spoken_a_persons_decision_waits_too():
    assert told_at(21, REJECTED) == Told(State.PENDING)
    assert told_at(31, REJECTED).state is State.REJECTED


@pytest.mark.parametrize("reason", sorted(NOT_TOLD))
def test_some_reasons_stay_among_the_staff(reason):
    assert told_at(0, made(0, State.HELD, Source.POLICY, reason)).reason is Reason.OTHER
    assert told_at(0, made(0, State.HELD, Source.POLICY, reason, Reason.SPAM)).reason is Reason.SPAM


def test_a_shadow_ban_looks_like_a_publication():
    assert told_at(0, made(0, State.REJECTED, Source.POLICY, Reason.SHADOWED)) == Told(State.PUBLISHED)


@given(st.lists(st.tuples(st.floats(0.1, 25), st.sampled_from(Source)), max_size=8), st.floats(0, 60))
def test_what_is_told_stood_for_ten_seconds_or_was_the_machines(steps, later):
    state, second, decisions = State.PENDING, 0.0, []
    for wait, source in steps:
        state, second = min(MOVES[state]), second + wait
        decisions.append(made(second, state, source, Reason.SPAM, words=str(len(decisions))))
    now = NOON + timedelta(seconds=second + later)
    told = told_to_author(decisions, now)
    if told.words is None:
        assert told == Told(State.PENDING)
        return
    which = int(told.words)
    ends = decisions[which + 1].created_at if which + 1 < len(decisions) else now
    stood = ends - decisions[which].created_at
    assert decisions[which].source is Source.POLICY or stood >= TOLD_AFTER
