"""A comment with everything that is known about it, as its page and the queue show it."""

from typing import Any
from uuid import UUID

from discuss.domain.queue import View
from discuss.errors import CommentNotFound
from discuss.http.console.desk import Desk
from discuss.http.console.marking import marking
from discuss.http.console.voicing import REASON_KEYS, likely
from discuss.usecases.read_queue import read_queue


async def opened(desk: Desk, comment_id: UUID) -> dict[str, Any]:
    found = await read_queue(desk.services, desk.principal, desk.site.slug, View(), None, 100)
    item = next((one for one in found.items if one.comment_id == comment_id), None)
    if item is None:
        raise CommentNotFound
    return {
        "item": item, "marking": marking(item), "likely": likely(item.reasons), "reason_keys": REASON_KEYS,
        "parent": None, "holder": None,
    }  # fmt: skip
