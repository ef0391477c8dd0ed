"""What the detectors that read texts find in a batch, before any lock that people wait for is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from discuss.domain.sites import SiteSettings
from discuss.store.database import Tx
from discuss.store.revisions import Draft
from discuss.usecases.apply_rules import Matches, match_words
from discuss.usecases.aside import aside
from discuss.usecases.hear import Hearing, hear
from discuss.usecases.rulebook import Rules
from discuss.usecases.services import Judge

PATIENCE = 60.0
"""Seconds that detectors may take for a batch; after that it counts as failed, and its texts are tried one by one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`heard` lacks the texts that the classifier failed on; `model` is None if the classifier was not asked."""

    rules: Rules
    heard: Mapping[UUID, Hearing]
    matches: Matches
    model: str | None = None


async def gather_evidence(
    tx: Tx, judged_by: Judge, drafts: Sequence[Draft], settings: Mapping[UUID, SiteSettings]
) -> Evidence:
    """Raises what the classifier raises, and `TimeoutError`."""
    rules = await judged_by.rulebook.of(tx, settings)

    def listen() -> tuple[Mapping[UUID, Hearing], Matches]:
        heard = hear(judged_by.classifier, drafts, settings)
        return heard, match_words(judged_by.rulebook, rules, drafts, heard)

    heard, matches = await aside(listen, PATIENCE)
    return Evidence(rules, heard, matches, f"{judged_by.classifier.name} {judged_by.classifier.version}")


async def gather_without_classifier(
    tx: Tx, judged_by: Judge, drafts: Sequence[Draft], settings: Mapping[UUID, SiteSettings]
) -> Evidence:
    """When the classifier has failed for good, the rules are asked nevertheless."""
    rules = await judged_by.rulebook.of(tx, settings)
    matches = await aside(lambda: match_words(judged_by.rulebook, rules, drafts, {}), PATIENCE)
    return Evidence(rules, {}, matches)
