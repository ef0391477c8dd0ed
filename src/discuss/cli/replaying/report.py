"""What a replay showed, as tables for people or JSON for scripts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import quantiles
from uuid import UUID

import msgspec

from discuss.cli.replaying.lines import Line
from discuss.cli.replaying.posting import Posted
from discuss.domain.states import State
from discuss.store.outcomes import Outcome

PERCENTILES = 100


class Agreement(msgspec.Struct):
    """The shares that were kept from readers, of the lines with this label and of those without it."""

    label: str
    positives: int
    positives_caught: float
    negatives: int
    negatives_caught: float


class Report(msgspec.Struct):
    site: str
    accepted: int
    refused: dict[str, int]
    accepted_per_second: float
    lost: int
    undecided: int
    decision_ms_p50: float
    decision_ms_p99: float
    decisions: dict[str, int]
    reasons: dict[str, int]
    agreement: list[Agreement]


def make(site: str, posted: Posted, outcomes: Sequence[Outcome], undecided: int) -> Report:
    found = {outcome.comment_id: outcome for outcome in outcomes}
    waits = sorted(outcome.seconds * 1000 for outcome in outcomes) or [0.0]
    cuts = (
        quantiles(waits, n=PERCENTILES, method="inclusive") if len(waits) > 1 else waits * (PERCENTILES - 1)
    )
    return Report(
        site=site,
        accepted=len(posted.accepted),
        refused=dict(posted.refused),
        accepted_per_second=round(len(posted.accepted) / max(posted.seconds, 1e-9), 1),
        lost=len(posted.accepted.keys() - found.keys()) - undecided,
        undecided=undecided,
        decision_ms_p50=round(cuts[49], 1),
        decision_ms_p99=round(cuts[98], 1),
        decisions=dict(Counter(str(outcome.state) for outcome in outcomes)),
        reasons=dict(Counter(reason for outcome in outcomes for reason in outcome.reasons)),
        agreement=agreements(posted.accepted, found),
    )


def agreements(lines: Mapping[UUID, Line], outcomes: Mapping[UUID, Outcome]) -> list[Agreement]:
    counted: dict[tuple[str, int], Counter[bool]] = {}
    for comment_id, line in lines.items():
        if comment_id in outcomes:
            caught = outcomes[comment_id].state is not State.PUBLISHED
            for label, value in line.labels.items():
                counted.setdefault((label, value), Counter())[caught] += 1
    return [_agreement(label, counted) for label in sorted({label for label, _ in counted})]


def _agreement(label: str, counted: Mapping[tuple[str, int], Counter[bool]]) -> Agreement:
    positives, negatives = counted.get((label, 1), Counter()), counted.get((label, 0), Counter())
    return Agreement(label, positives.total(), _share(positives), negatives.total(), _share(negatives))


def _share(caught: Counter[bool]) -> float:
    return round(caught[True] / caught.total(), 4) if caught else 0.0
