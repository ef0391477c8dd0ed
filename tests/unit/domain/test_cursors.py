"""Cursors, and the instants inside them."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.domain import cursors
from discuss.domain.instants import from_micros, to_micros
from discuss.errors import CursorInvalid

instants = st.datetimes(datetime(1700, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside it


@given(instants, st.uuids())
def test_a_cursor_gives_back_exactly_what_went_in(at: datetime, row: object) -> None:
    assert cursors.decode(cursors.encode(at, row)) == (at, row)


@given(st.text(max_size=60))
def test_what_we_did_not_make_is_refused_or_harmless(cursor: str) -> None:
    try:
        at, row = cursors.decode(cursor)
    except CursorInvalid:
        return
    assert cursors.decode(cursors.encode(at, row)) == (at, row)


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "é" * 10, "f" + "_" * 31, "gA" + "A" * 30, "A" * 33])
def test_broken_cursors_are_refused(cursor: str) -> None:
    with pytest.raises(CursorInvalid):
        cursors.decode(cursor)


@given(instants)
def test_microseconds_are_exact(at: datetime) -> None:
    assert from_micros(to_micros(at)) == at


@pytest.mark.parametrize("key", [1e300, -1e300, float("inf"), float("nan"), 2.0**53])
def test_a_place_that_no_row_has_is_refused(key: float) -> None:
    with pytest.raises(CursorInvalid):
        cursors.decode_place("newest", cursors.encode_place("newest", key, UUID(int=1)))


def test_a_place_is_given_back_for_its_own_order_only() -> None:
    made = cursors.encode_place("newest", 1_800_000_000_000_000.0, UUID(int=1))
    assert cursors.decode_place("newest", made) == (1_800_000_000_000_000.0, UUID(int=1))
    with pytest.raises(CursorInvalid):
        cursors.decode_place("reach", made)
