"""Opaque cursors: where a page ended, as the keys of its last row."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

from discuss.domain.instants import from_micros, to_micros
from discuss.errors import CursorInvalid


def encode(at: datetime, row_id: UUID) -> str:
    return base64.urlsafe_b64encode(to_micros(at).to_bytes(8, "big", signed=True) + row_id.bytes).decode()


def decode(cursor: str) -> tuple[datetime, UUID]:
    """The keys inside. Raises `CursorInvalid` for anything that `encode` did not make."""
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii"))
        return from_micros(int.from_bytes(raw[:8], "big", signed=True)), UUID(bytes=raw[8:])
    except (binascii.Error, ValueError, OverflowError) as error:
        raise CursorInvalid from error
