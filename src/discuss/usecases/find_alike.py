"""Finds near-duplicates: for the machine those of a whole batch, for moderators those of one comment."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from discuss.classify import likeness
from discuss.domain.batches import Target
from discuss.domain.events import CLOCKS_DIFFER
from discuss.domain.likeness import LOOKED_BACK, NEARLY_THE_SAME, Likeness, Twin
from discuss.domain.states import State
from discuss.store import likenesses, revisions, targets
from discuss.store.database import Tx
from discuss.store.likenesses import Candidate
from discuss.store.revisions import Draft
from discuss.usecases.services import Services


def liken(drafts: Sequence[Draft], normalised: Sequence[str]) -> list[Likeness]:
    """What these texts are looked up by, computed in one vectorised call."""
    signed = likeness.signatures([likeness.letters(text) for text in normalised])
    keys = likeness.bands(signed, [draft.site_id.int for draft in drafts]).tolist()
    return [
        Likeness(draft.id, draft.comment_id, draft.site_id, signature, bands)
        for draft, signature, bands in zip(drafts, likeness.packed(signed), keys, strict=True)
    ]


async def find_alike(
    tx: Tx, asked: Sequence[Likeness], since: datetime, *, earlier: bool = False
) -> Mapping[UUID, Sequence[Twin]]:
    """For each revision asked about, its near-duplicates among the texts of other comments of its site, newest first.

    Only some hundred texts are looked at for each: enough to see a flood of any size. What was written before `since` may be
    among them if it was scored later. `earlier`: only texts that came before it; a text that is not remembered itself has none.
    """
    found: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in await likenesses.candidates(tx, asked, since - CLOCKS_DIFFER, earlier=earlier):
        found[candidate.asked].append(candidate)
    return {one.revision_id: twins(one.signature, found[place]) for place, one in enumerate(asked)}


def alike_in_batch(
    drafts: Sequence[Draft], likeness_of: Mapping[UUID, Likeness]
) -> Mapping[UUID, Sequence[Twin]]:
    """The same within one batch, which is not remembered yet: for each text, the near-duplicates written before it.

    They too are looked up by their bands, and no more of them: a batch that is all one flood costs no more than any other.
    """
    seen: dict[int, deque[Candidate]] = defaultdict(lambda: deque(maxlen=likenesses.MOST))
    found = {}
    for draft in sorted(drafts, key=lambda draft: draft.id):
        one = likeness_of[draft.id]
        near = {other.revision_id: other for band in one.bands for other in seen[band]}
        others = [other for other in near.values() if other.comment_id != draft.comment_id]
        found[draft.id] = twins(one.signature, others)
        own = Candidate(
            0, draft.id, draft.comment_id, draft.article_id, draft.author_id, one.signature, draft.written_at
        )
        for band in one.bands:
            seen[band].append(own)
    return found


async def find_near(
    tx: Tx,
    services: Services,
    revision_id: UUID,
    most: int,
    *,
    unlike: State | None = None,
) -> Sequence[tuple[Twin, Target]]:
    """Other comments whose current text is a near-duplicate of this one, newest first.

    `unlike`: only comments that the machine left in another state than this. A text that was not scored has no near-duplicates.
    """
    read = await revisions.as_read(tx, revision_id)
    if read is None:
        return []
    (asked,) = liken(await revisions.drafts(tx, [revision_id]), [read])
    near = await targets.near(tx, asked, services.clock() - LOOKED_BACK, most, unlike)
    target_of = {target.revision_id: target for _, target in near}
    found = twins(asked.signature, [candidate for candidate, _ in near])
    return [(twin, target_of[twin.revision_id]) for twin in found[:most]]


def twins(signature: bytes, found: Sequence[Candidate]) -> Sequence[Twin]:
    """The candidates that are near-duplicates."""
    if not found:
        return []
    alike = likeness.likeness(
        likeness.unpacked([signature]), likeness.unpacked([one.signature for one in found])
    )
    return [
        Twin(one.revision_id, one.comment_id, one.article_id, one.author_id, one.created_at, round(share, 2))
        for one, share in zip(found, alike.tolist(), strict=True)
        if share >= NEARLY_THE_SAME
    ]
