"""Counts how often each detector speaks against a text, for the brake."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from discuss.domain.decisions import Reason
from discuss.domain.policy import against
from discuss.domain.rules import Found
from discuss.domain.sites import SiteSettings
from discuss.domain.tallies import Tally
from discuss.store import tallies
from discuss.store.database import Tx
from discuss.store.revisions import Draft
from discuss.usecases.gather_evidence import Evidence


async def count_hits(
    tx: Tx,
    drafts: Sequence[Draft],
    settings: Mapping[UUID, SiteSettings],
    evidence: Evidence,
    found: Mapping[UUID, Sequence[Found]],
    now: datetime,
) -> None:
    """Call it last in the transaction: other workers wait for these rows."""
    await tallies.add(tx, list(_tallies(drafts, settings, evidence, found)), now)


def _tallies(
    drafts: Sequence[Draft],
    settings: Mapping[UUID, SiteSettings],
    evidence: Evidence,
    found: Mapping[UUID, Sequence[Found]],
) -> Iterable[Tally]:
    """How many texts each label and each rule was asked about, and how many it spoke against.

    A rule that could not be evaluated is not counted: a classifier that is away must not apply a brake.
    """
    seen: Counter[tuple[UUID, str]] = Counter()
    hits: Counter[tuple[UUID, str]] = Counter()
    for draft in drafts:
        hearing = evidence.heard.get(draft.id)
        signals = hearing.signals if hearing else ()
        limits = hearing.thresholds(settings[draft.site_id]) if hearing else {}
        seen.update((draft.site_id, signal.name) for signal in signals)
        said = {one.rule.id: one.reason for one in found.get(draft.id, ())}
        asked = [
            rule.id
            for rule in evidence.rules.get(draft.site_id, ())
            if said.get(rule.id) is not Reason.NOT_SCORED
        ]
        seen.update((draft.site_id, str(rule_id)) for rule_id in asked)
        hits.update((draft.site_id, signal.name) for signal in against(signals, limits))
        hits.update((draft.site_id, str(rule_id)) for rule_id in asked if rule_id in said)
    return (Tally(site, subject, seen[site, subject], hits[site, subject]) for site, subject in sorted(seen))
