"""What a listener is told first if it comes back with the id of the last event it heard."""

import pytest

from discuss.feed.reading import Delta
from discuss.feed.streams import catch_up
from discuss.feed.window import Window
from tests.epochs import EARLIER, EPOCH, LATER, NEVER


@pytest.fixture
def window() -> Window:
    return Window(Delta(EPOCH, 7, 3, None, True, True, [], {"withdrawn": 6}))


@pytest.mark.parametrize("last", [None, "", f"{EPOCH}.7", f"{EPOCH}.8", f"{LATER}.1"])
def test_whoever_missed_nothing_or_knows_more_than_this_process_is_told_nothing(
    window: Window, last: str | None
) -> None:
    assert catch_up(window, last) == b""


def test_whoever_missed_something_is_told_what_changed(window: Window) -> None:
    assert b'"left":["withdrawn"]' in catch_up(window, f"{EPOCH}.5")


@pytest.mark.parametrize("last", [f"{EPOCH}.2", f"{EARLIER}.9", f"{NEVER}.1", "a word"])
def test_whoever_cannot_be_told_what_changed_begins_anew(window: Window, last: str) -> None:
    assert b"event: reset" in catch_up(window, last)
