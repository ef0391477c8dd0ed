"""Stores what was found in each text, whatever becomes of it: signals, the text as the classifier read it, and its likeness keys."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from discuss.domain.policy import under
from discuss.domain.rules import Found
from discuss.domain.signals import Signal
from discuss.domain.sites import SiteSettings
from discuss.store import decisions, likenesses, revisions
from discuss.store.database import Tx
from discuss.store.revisions import Draft
from discuss.usecases.gather_evidence import Evidence
from discuss.usecases.hear import Hearing
from discuss.usecases.services import Services


async def keep_evidence(
    tx: Tx,
    services: Services,
    drafts: Sequence[Draft],
    settings: Mapping[UUID, SiteSettings],
    evidence: Evidence,
    found: Mapping[UUID, Sequence[Found]],
) -> None:
    heard, now = evidence.heard, services.clock()
    told = {
        draft.id: [*_scores(heard.get(draft.id), settings[draft.site_id]), *(one.signal for one in found.get(draft.id, ()))]
        for draft in drafts
    }  # fmt: skip
    rows = [(services.new_id(), d.site_id, d.id, signal) for d in drafts for signal in told[d.id]]
    await decisions.add_signals(tx, rows, now)
    await revisions.describe(tx, {r: (hearing.language, hearing.normalised) for r, hearing in heard.items()})
    await likenesses.add(tx, [hearing.likeness for hearing in heard.values()], now)


def _scores(hearing: Hearing | None, settings: SiteSettings) -> Sequence[Signal]:
    return under(hearing.signals, hearing.thresholds(settings)) if hearing else []
