"""Gathers what the policy must know of each text of a batch besides its scores."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from discuss.domain.policy import Circumstances
from discuss.domain.sites import SiteSettings
from discuss.store import brakes
from discuss.store.database import Tx
from discuss.store.revisions import Draft
from discuss.usecases.hear import Hearing


async def circumstances(
    tx: Tx, drafts: Sequence[Draft], settings: Mapping[UUID, SiteSettings], heard: Mapping[UUID, Hearing]
) -> Mapping[UUID, Circumstances]:
    """By revision. Asked under the locks of articles and revisions: few statements, each for the whole batch."""
    braked = await brakes.subjects(tx, list(settings))
    return {
        draft.id: _of(draft, settings[draft.site_id], heard.get(draft.id), braked[draft.site_id])
        for draft in drafts
    }


def _of(
    draft: Draft, settings: SiteSettings, hearing: Hearing | None, braked: frozenset[str]
) -> Circumstances:
    return Circumstances(
        premoderated=draft.premoderated or settings.premoderated,
        stopped_by_person=draft.stopped_by_person,
        scored=hearing is not None,
        hold_uncovered=settings.hold_uncovered,
        braked=braked,
    )
