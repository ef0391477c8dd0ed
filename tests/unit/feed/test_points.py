"""Which of two points in a feed is further on, whatever clocks and clients say."""

import time

import pytest

from discuss.feed.points import SKEW, is_behind, next_epoch
from tests.epochs import EARLIER, EPOCH, LATER, made_at


@pytest.mark.parametrize(("seq", "behind"), [(6, False), (7, False), (8, True)])
def test_in_one_epoch_the_number_of_changes_decides(seq: int, behind: bool) -> None:
    assert is_behind(f"{EPOCH}.7", f"{EPOCH}.{seq}") is behind


def test_a_later_epoch_is_further_whatever_the_numbers() -> None:
    assert is_behind(f"{EPOCH}.99", f"{LATER}.0")
    assert not is_behind(f"{EPOCH}.0", f"{EARLIER}.99")


def test_clocks_may_differ_a_little_and_nobody_waits_for_an_epoch_of_next_year() -> None:
    now = time.time()
    soon, much_later = (made_at(int((now + ahead) * 1000)) for ahead in (SKEW / 2, SKEW * 2))
    assert is_behind(f"{EPOCH}.7", f"{soon}.1")
    assert not is_behind(f"{EPOCH}.7", f"{much_later}.1")


@pytest.mark.parametrize(
    "other",
    ["", "8", ".8", "other.8", f"{EPOCH}.", f"{EPOCH}.-8", f"{LATER}.x", f"{LATER}0.8", f"{LATER[:12]}4{LATER[13:]}.8"],
)  # fmt: skip
def test_what_is_no_point_leaves_nobody_behind(other: str) -> None:
    assert not is_behind(f"{EPOCH}.7", other)


def test_an_epoch_is_named_by_the_clock() -> None:
    assert [next_epoch(before, LATER) for before in ("", "a word", EPOCH)] == [LATER] * 3


@pytest.mark.parametrize("before", [LATER, EPOCH])
def test_an_epoch_sorts_after_the_one_before_though_the_clock_says_otherwise(before: str) -> None:
    named = next_epoch(before, EPOCH)
    assert named > before
    assert next_epoch(named, EPOCH) > named
