"""What readers see of a comment, whatever happens to its revisions in whatever order."""

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.states import State, may_move
from discuss.domain.visibility import Showing, after_decision, after_deletion, gain

START = datetime(2026, 1, 1, tzinfo=UTC)
HIDDEN = Showing(UUID(int=1), UUID(int=2), None, 0, None, None)
decided = st.sampled_from([State.PUBLISHED, State.HELD, State.REJECTED])
steps = st.lists(st.tuples(st.integers(1, 4), decided), max_size=12)


def revision(number: int) -> UUID:
    return UUID(int=100 + number)


def play(history: list[tuple[int, State]]) -> list[Showing]:
    """What readers saw after each decision: (revision number, new state)."""
    seen = [HIDDEN]
    for minute, (number, state) in enumerate(history):
        seen.append(
            after_decision(seen[-1], revision(number), number, state, START + timedelta(minutes=minute))
        )
    return seen


def test_the_first_publication_sets_the_time_it_became_visible() -> None:
    shown = play([(1, State.HELD), (1, State.PUBLISHED)])[-1]
    assert shown.first_visible_at == START + timedelta(minutes=1)


def test_a_restored_comment_keeps_the_time_it_first_became_visible() -> None:
    shown = play([(1, State.PUBLISHED), (1, State.REJECTED), (1, State.PUBLISHED)])[-1]
    assert shown.visible
    assert shown.first_visible_at == START


def test_an_edit_that_is_held_leaves_the_old_text_visible() -> None:
    shown = play([(1, State.PUBLISHED), (2, State.HELD)])[-1]
    assert shown.revision_id == revision(1)


def test_an_older_text_never_replaces_a_newer_one() -> None:
    shown = play([(2, State.PUBLISHED), (1, State.PUBLISHED)])[-1]
    assert shown.revision_id == revision(2)


def test_rejecting_the_visible_text_does_not_bring_an_older_one_back() -> None:
    shown = play([(1, State.PUBLISHED), (2, State.PUBLISHED), (2, State.REJECTED)])[-1]
    assert not shown.visible


def test_only_a_later_text_that_readers_see_outdates_one() -> None:
    shown = play([(1, State.PUBLISHED), (2, State.PUBLISHED), (3, State.HELD)])[-1]
    assert [shown.outdates(number) for number in (1, 2, 3)] == [True, False, False]
    assert not after_deletion(shown, START).outdates(1)
    assert not HIDDEN.outdates(0)


def test_a_deleted_comment_stays_gone_when_its_edit_is_published() -> None:
    deleted = after_deletion(play([(1, State.PUBLISHED)])[-1], START)
    shown = after_decision(deleted, revision(2), 2, State.PUBLISHED, START)
    assert not shown.visible


@given(steps)
def test_gains_add_up_to_what_is_visible(history: list[tuple[int, State]]) -> None:
    seen = play(history)
    gained = sum(gain(before, after) for before, after in itertools.pairwise(seen))
    assert gained == int(seen[-1].visible)


@given(steps)
def test_what_was_visible_once_has_a_time_and_never_loses_it(history: list[tuple[int, State]]) -> None:
    times = [showing.first_visible_at for showing in play(history)]
    known = [time for time in times if time is not None]
    assert all(showing.first_visible_at for showing in play(history) if showing.visible)
    assert len(set(known)) <= 1


@given(steps)
def test_deciding_the_same_thing_twice_changes_nothing(history: list[tuple[int, State]]) -> None:
    last = play(history)[-1]
    if history:
        number, state = history[-1]
        assert after_decision(last, revision(number), number, state, START) == last


def test_every_state_but_pending_can_be_left_and_pending_never_comes_back() -> None:
    assert all(any(may_move(old, new) for new in State) for old in State)
    assert not any(may_move(old, State.PENDING) for old in State)
