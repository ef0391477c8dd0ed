"""When hits jump, so that a brake is applied."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.tallies import AT_FIRST, ENOUGH_HITS, JUMP, KNOWN, Tally, jumps

NUMBERS = st.integers(0, 10_000)


def tally(seen: int, hits: int) -> Tally:
    return Tally(UUID(int=1), "toxic", seen, min(seen, hits))


@given(seen=NUMBERS, hits=st.integers(0, ENOUGH_HITS - 1), before=st.tuples(NUMBERS, NUMBERS))
def test_a_few_hits_are_no_jump(seen: int, hits: int, before: tuple[int, int]) -> None:
    assert not jumps(tally(seen, hits), tally(*before))


@given(seen=st.integers(KNOWN, 10_000), hits=NUMBERS)
def test_the_usual_share_is_no_jump(seen: int, hits: int) -> None:
    usual = tally(seen, hits)
    assert not jumps(usual, usual) or usual.share * JUMP >= 1


@given(seen=NUMBERS, hits=NUMBERS, before=st.tuples(NUMBERS, NUMBERS), more=NUMBERS)
def test_more_hits_of_as_many_texts_never_take_a_brake_off(
    seen: int, hits: int, before: tuple[int, int], more: int
) -> None:
    if jumps(tally(seen, hits), tally(*before)):
        assert jumps(tally(seen, hits + more), tally(*before))


def test_a_share_of_some_times_the_usual_one_is_a_jump() -> None:
    assert jumps(tally(100, 40), tally(1000, 100))
    assert not jumps(tally(100, 39), tally(1000, 100))


def test_a_new_detector_is_braked_when_it_hits_much() -> None:
    assert jumps(tally(100, int(100 * AT_FIRST)), tally(0, 0))
    assert not jumps(tally(200, 30), tally(0, 0))
