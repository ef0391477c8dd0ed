"""Sanctions over time: which apply now, which end by themselves, and which of several is told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.decisions import Reason
from discuss.domain.sanctions import (
    WARNED_FOR,
    Sanction,
    Sanctioned,
    Standing,
    end_of,
    require_words,
    standing_of,
)
from discuss.errors import AuthorBanned, AuthorMuted, InvalidInput

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def laid(
    kind: Sanction, begins: int = -1, ends: int | None = None, lifted: int | None = None, number: int = 1
) -> Sanctioned:
    """A sanction that begins, ends and is lifted this many hours from now."""
    return Sanctioned(
        id=UUID(int=number), site_id=UUID(int=0), account_id=UUID(int=0), kind=kind, reason=Reason.SPAM, words="words",
        until=None if ends is None else NOW + ends * HOUR, actor_id=UUID(int=0), created_at=NOW + begins * HOUR,
        lifted_at=None if lifted is None else NOW + lifted * HOUR,
    )  # fmt: skip


HOURS = st.integers(-48, 48)
SANCTIONS = st.lists(
    st.builds(
        laid, st.sampled_from(Sanction), HOURS, st.none() | HOURS, st.none() | HOURS, st.integers(1, 10**6)
    ),
    max_size=12,
)


@given(SANCTIONS, HOURS)
def test_what_counts_is_what_is_neither_over_nor_lifted_whatever_the_clocks_of_those_who_laid_it(
    sanctions: list[Sanctioned], hours: int
) -> None:
    now = NOW + hours * HOUR
    counting = {s.kind for s in sanctions if (s.until is None or now < s.until) and s.lifted_at is None}
    standing = standing_of(sanctions, now)
    assert (standing.ban is not None) == (Sanction.BAN in counting)
    assert (standing.mute is not None) == (Sanction.MUTE in counting)
    assert standing.shadowed == (Sanction.SHADOW in counting)
    assert standing.premoderated == bool(counting & {Sanction.PREMODERATE, Sanction.BAN})


@given(SANCTIONS)
def test_the_strongest_wins(sanctions: list[Sanctioned]) -> None:
    standing = standing_of(sanctions, NOW)
    assert not (standing.trusted and (standing.premoderated or standing.ban))
    if standing.ban is not None:
        with pytest.raises(AuthorBanned):
            standing.require_voice()
    elif standing.mute is not None:
        standing.require_presence()
        with pytest.raises(AuthorMuted):
            standing.require_voice()
    else:
        standing.require_voice()


@given(SANCTIONS)
def test_an_author_is_told_of_the_end_that_comes_last(sanctions: list[Sanctioned]) -> None:
    ends = [s.until for s in sanctions if s.kind is Sanction.MUTE and s.stands_at(NOW)]
    told = standing_of(sanctions, NOW).mute
    if ends:
        assert told is not None
        assert told.until == (None if None in ends else max(end for end in ends if end))


@given(SANCTIONS, st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_read_means_nothing(
    sanctions: list[Sanctioned], random: Callable[[], float]
) -> None:
    shuffled = sorted(sanctions, key=lambda _: random.random())  # type: ignore[attr-defined]
    first, second = standing_of(sanctions, NOW), standing_of(shuffled, NOW)
    assert (first.shadowed, first.premoderated, first.trusted) == (
        second.shadowed,
        second.premoderated,
        second.trusted,
    )
    assert [s and s.until for s in (first.ban, first.mute)] == [
        s and s.until for s in (second.ban, second.mute)
    ]


def test_a_mute_ends_at_its_very_end() -> None:
    mute = laid(Sanction.MUTE, ends=1)
    assert mute.stands_at(NOW + HOUR - timedelta(microseconds=1))
    assert not mute.stands_at(NOW + HOUR)


def test_nobody_with_nothing_may_do_everything() -> None:
    assert standing_of([], NOW) == Standing()
    Standing().require_voice()


def test_what_is_refused_says_until_when_and_why() -> None:
    with pytest.raises(AuthorMuted) as refused:
        standing_of([laid(Sanction.MUTE, ends=5)], NOW).require_voice()
    assert refused.value.extra == {"until": NOW + 5 * HOUR, "reason": Reason.SPAM, "words": "words"}


def test_a_mute_needs_an_end_a_warning_has_one_and_words() -> None:
    with pytest.raises(InvalidInput):
        end_of(Sanction.MUTE, None, NOW)
    with pytest.raises(InvalidInput):
        end_of(Sanction.BAN, NOW, NOW)
    with pytest.raises(InvalidInput):
        require_words(Sanction.WARNING, None)
    assert end_of(Sanction.WARNING, None, NOW) == NOW + WARNED_FOR
    assert end_of(Sanction.BAN, None, NOW) is None
