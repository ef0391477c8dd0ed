"""Finds texts that are nearly the same as others: the machine for a batch, moderators for one comment."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from discuss.classify import likeness
from discuss.domain.batches import Target
from discuss.domain.likeness import LOOKED_BACK, NEARLY_THE_SAME, Likeness, Twin
from discuss.domain.states import State
from discuss.store import comments, likenesses, revisions, targets
from discuss.store.database import Tx
from discuss.store.likenesses import Candidate
from discuss.store.revisions import Draft
from discuss.usecases.services import Services


def liken(drafts: Sequence[Draft], normalised: Sequence[str]) -> list[Likeness]:
    """What these texts will be looked up by, in one vectorised call."""
    signed = likeness.signatures([likeness.letters(text) for text in normalised])
    keys = likeness.bands(signed, [draft.site_id.int for draft in drafts]).tolist()
    return [
        Likeness(draft.id, draft.comment_id, draft.site_id, signature, bands)
        for draft, signature, bands in zip(drafts, likeness.packed(signed), keys, strict=True)
    ]


async def find_alike(
    tx: Tx, asked: Sequence[Likeness], since: datetime, *, least: float = NEARLY_THE_SAME
) -> Mapping[UUID, Sequence[Twin]]:
    """For each revision asked about, the texts of other comments of its site that are as alike as `least`, newest first.

    Of each only some hundred are looked at: enough to see a flood, whatever its size.
    """
    found: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in await likenesses.candidates(tx, asked, since):
        found[candidate.asked].append(candidate)
    return {one.revision_id: twins(one.signature, found[place], least) for place, one in enumerate(asked)}


async def find_near(
    tx: Tx,
    services: Services,
    site_id: UUID,
    comment_id: UUID,
    most: int,
    *,
    unlike: State | None = None,
) -> Sequence[tuple[Twin, Target]]:
    """Other comments that stand as they are with nearly the text that this one has now, the newest first.

    `unlike`: only what the machine left in another state than this. Of a text that was not scored nothing is known.
    Raises `CommentNotFound`.
    """
    await comments.newest(tx, site_id, comment_id)
    read = await revisions.as_read(tx, site_id, comment_id)
    if read is None:
        return []
    (asked,) = liken(await revisions.drafts(tx, [read[0]]), [read[1]])
    near = await targets.near(tx, asked, services.clock() - LOOKED_BACK, most, unlike)
    target_of = {target.revision_id: target for _, target in near}
    found = twins(asked.signature, [candidate for candidate, _ in near], NEARLY_THE_SAME)
    return [(twin, target_of[twin.revision_id]) for twin in found[:most]]


def twins(signature: bytes, found: Sequence[Candidate], least: float) -> Sequence[Twin]:
    if not found:
        return []
    alike = likeness.likeness(
        likeness.unpacked([signature]), likeness.unpacked([one.signature for one in found])
    )
    return [
        Twin(one.revision_id, one.comment_id, one.article_id, one.author_id, one.created_at, round(share, 2))
        for one, share in zip(found, alike.tolist(), strict=True)
        if share >= least
    ]
