"""One comment with everything that is known about it, for its own page and for the queue."""

import asyncio
from typing import Any
from uuid import UUID

from discuss.http.console.comparing import versions
from discuss.http.console.desk import Desk
from discuss.http.console.marking import marking
from discuss.http.console.voicing import REASON_KEYS, likely
from discuss.usecases.claim import claim
from discuss.usecases.read_item import read_item


async def opened(desk: Desk, comment_id: UUID, *, take: bool) -> dict[str, Any]:
    """`take`: claims the comment for this moderator, which must not happen when it is only fetched ahead.

    Raises `CommentNotFound`.
    """
    found = await read_item(desk.services, desk.principal, desk.site.slug, comment_id)
    holder = found.item.claim
    if take:
        holder = await claim(desk.services, desk.principal, desk.site.slug, comment_id)
    # In a thread, because comparing many long versions takes a tenth of a second, in which nobody else would be answered.
    compared = await asyncio.to_thread(versions, found.texts)
    return {
        "item": found.item, "marking": marking(found.item), "likely": likely(found.item.reasons),
        "reason_keys": REASON_KEYS, "parent": found.parent, "flood": found.reports, "alike": found.alike,
        "versions": compared, "entries": found.decisions, "notes": found.notes, "author": found.author,
        "author_notes": found.author_notes,
        "holder": holder if holder and holder.account_id != desk.principal.account_id else None,
    }  # fmt: skip
