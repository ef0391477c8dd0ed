"""Opaque cursors: where a page ended, as the keys of its last row."""

import base64
import binascii
import struct
from datetime import datetime
from uuid import UUID

from discuss.domain.instants import from_micros, to_micros
from discuss.errors import CursorInvalid

LARGEST = 2.0**53
"""Keys are below it: times in microseconds up to the year 2255, and counts."""


def encode(at: datetime, row_id: UUID) -> str:
    return base64.urlsafe_b64encode(to_micros(at).to_bytes(8, "big", signed=True) + row_id.bytes).decode()


def decode(cursor: str) -> tuple[datetime, UUID]:
    """The keys inside. Raises `CursorInvalid` for anything that `encode` did not make."""
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii"))
        return from_micros(int.from_bytes(raw[:8], "big", signed=True)), UUID(bytes=raw[8:])
    except (binascii.Error, ValueError, OverflowError) as error:
        raise CursorInvalid from error


def encode_place(order: str, key: float, row_id: UUID) -> str:
    """For lists with several orders: a cursor of one order is invalid in another."""
    return base64.urlsafe_b64encode(struct.pack(">d", key) + row_id.bytes + order.encode()).decode()


def decode_place(order: str, cursor: str) -> tuple[float, UUID]:
    """The keys inside. Raises `CursorInvalid` for anything that `encode_place` did not make for this order."""
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii"))
        (key,) = struct.unpack(">d", raw[:8])
        found = float(key), UUID(bytes=raw[8:24])
    except (binascii.Error, ValueError, struct.error) as error:
        raise CursorInvalid from error
    if raw[24:] != order.encode() or not abs(key) < LARGEST:
        raise CursorInvalid
    return found
