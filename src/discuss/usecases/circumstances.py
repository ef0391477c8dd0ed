"""Gathers what the policy must know about each text of a batch besides its scores."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from discuss.domain.policy import Circumstances
from discuss.domain.rules import Found
from discuss.domain.sanctions import Standing
from discuss.domain.sites import SiteSettings, Unscored
from discuss.store import brakes, sanctions
from discuss.store.database import Tx
from discuss.store.revisions import Draft
from discuss.usecases.hear import Hearing
from discuss.usecases.services import Services


async def circumstances(
    tx: Tx,
    services: Services,
    drafts: Sequence[Draft],
    settings: Mapping[UUID, SiteSettings],
    heard: Mapping[UUID, Hearing],
    found: Mapping[UUID, Sequence[Found]],
) -> Mapping[UUID, Circumstances]:
    """By revision. Call it under the locks of articles and revisions: it runs few statements, each for the whole batch."""
    braked = await brakes.subjects(tx, list(settings))
    authors = {(draft.site_id, draft.author_id) for draft in drafts}
    standings = await sanctions.standings(tx, authors, services.clock())
    known = {
        draft.id: replace(
            _of(draft, settings[draft.site_id], heard.get(draft.id), braked[draft.site_id]),
            grounds=[ground for said in found.get(draft.id, ()) if (ground := said.ground)],
        )
        for draft in drafts
    }
    return {
        draft.id: _by(
            known[draft.id],
            standings[draft.site_id, draft.author_id],
            settings[draft.site_id],
            shadow_bans=services.shadow_bans,
        )
        for draft in drafts
    }


def _of(
    draft: Draft, settings: SiteSettings, hearing: Hearing | None, braked: frozenset[str]
) -> Circumstances:
    return Circumstances(
        premoderated=draft.premoderated or settings.premoderated,
        stopped_before=draft.stopped_before,
        scored=hearing is not None,
        hold_uncovered=settings.hold_uncovered,
        unscored_passes=settings.unscored is Unscored.PUBLISH,
        braked=braked,
    )


def _by(
    known: Circumstances, standing: Standing, settings: SiteSettings, *, shadow_bans: bool
) -> Circumstances:
    """`known`, with what follows from the author's standing."""
    return replace(
        known,
        watched=standing.premoderated,
        shadowed=standing.shadowed and shadow_bans,
        trusted_from=settings.trusted_hold if standing.trusted else None,
    )
