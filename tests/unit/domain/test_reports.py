"""What a report weighs, and what a decision makes of it."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.decisions import Decision, Reason, Source, judgement
from discuss.domain.reports import POOR, Outcome, accuracy, may_hold, outcome_of, weight
from discuss.domain.sites import SiteSettings
from discuss.domain.states import State

COUNTS = st.integers(0, 10_000)
ID = UUID(int=1)


def decided(state: State, *, undoes: UUID | None = None) -> Decision:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Decision(ID, ID, ID, None, state, Source.PERSON, ID, [Reason.OTHER], None, None, at, undoes=undoes)


@given(COUNTS, COUNTS)
def test_accuracy_is_never_certain_and_grows_with_what_is_upheld(upheld: int, dismissed: int) -> None:
    assert 0 < accuracy(upheld, dismissed) < 1
    assert accuracy(upheld + 1, dismissed) > accuracy(upheld, dismissed) > accuracy(upheld, dismissed + 1)
    assert accuracy(upheld, dismissed) + accuracy(dismissed, upheld) == pytest.approx(1)


def test_of_somebody_new_nothing_is_known() -> None:
    assert accuracy(0, 0) == 0.5


@given(st.lists(st.tuples(COUNTS, COUNTS), max_size=300))
def test_poor_reporters_add_nothing_to_an_automatic_hold_however_many_they_are(
    reporters: list[tuple[int, int]],
) -> None:
    poor = [counts for counts in reporters if accuracy(*counts) < POOR]
    others = [counts for counts in reporters if accuracy(*counts) >= POOR]
    assert sum(weight(*counts) for counts in poor) == 0
    assert sum(weight(*c) for c in reporters) == pytest.approx(sum(accuracy(*c) for c in others))


@given(st.integers(2, 10_000))
def test_who_was_only_ever_dismissed_is_poor_after_two_reports(dismissed: int) -> None:
    assert weight(0, dismissed) == 0


@given(COUNTS, COUNTS)
def test_no_single_reporter_holds_anything_by_default(upheld: int, dismissed: int) -> None:
    limit = SiteSettings().report_hold
    assert limit is not None
    assert weight(upheld, dismissed) < limit


def test_reports_hold_only_what_the_machine_published() -> None:
    allowed = {(state, source) for state in State for source in Source if may_hold(state, source)}
    assert allowed == {(State.PUBLISHED, Source.POLICY)}


@pytest.mark.parametrize(
    ("state", "same_text", "outcome"),
    [
        (State.REJECTED, True, Outcome.UPHELD),
        (State.REJECTED, False, Outcome.UPHELD),
        (State.PUBLISHED, True, Outcome.DISMISSED),
        (State.PUBLISHED, False, Outcome.MOOT),
        (State.HELD, True, None),
        (State.HELD, False, None),
    ],
)
def test_what_a_decision_says_of_reports(state: State, same_text: bool, outcome: Outcome | None) -> None:
    assert outcome_of(decided(state), same_text=same_text) is outcome


@pytest.mark.parametrize("state", [State.PUBLISHED, State.HELD, State.REJECTED])
def test_where_nobody_judged_reports_are_open(state: State) -> None:
    undone, again = UUID(int=2), UUID(int=3)
    word = decided(state)
    back = replace(decided(State.PUBLISHED, undoes=ID), id=undone)
    forth = replace(decided(state, undoes=undone), id=again)
    once_more = replace(decided(State.PUBLISHED, undoes=again), id=UUID(int=4))
    known = {one.id: one for one in (word, back, forth, once_more)}
    assert [judgement(one, known) for one in (word, back, forth, once_more)] == [word, None, word, None]
    assert outcome_of(None, same_text=True) is None
