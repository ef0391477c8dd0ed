"""The policy: signals to a verdict. Pure, and the only place that weighs them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from discuss.domain.comments import State
from discuss.domain.decisions import Reason, Verdict
from discuss.domain.signals import Signal

REASONS: Mapping[str, Reason] = {
    "toxic": Reason.TOXIC,
    "spam": Reason.SPAM,
    "insult": Reason.INSULT,
    "threat": Reason.THREAT,
    "obscene": Reason.OBSCENE,
    "identity_hate": Reason.HATE,
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """From `hold` on a person looks; from `reject` on the comment is refused at once (None: never)."""

    hold: float
    reject: float | None = None

    @property
    def least(self) -> float:
        """From here on something happens. A site may set `reject` below `hold`."""
        return self.hold if self.reject is None else min(self.hold, self.reject)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the policy must know besides the signals."""

    premoderated: bool = False
    stopped_by_person: bool = False
    scored: bool = True
    hold_uncovered: bool = False


def shipped_thresholds(held_from: Mapping[str, float]) -> Mapping[str, Threshold]:
    """Those that a model comes with: it lets a person look, and by itself rejects nothing."""
    return {label: Threshold(hold) for label, hold in held_from.items()}


def against(signals: Iterable[Signal], thresholds: Mapping[str, Threshold]) -> list[Signal]:
    """The signals that reach a threshold, whatever else `judge` may have to consider."""
    return [s for s in signals if s.name in thresholds and s.value >= thresholds[s.name].least]


def judge(
    signals: Iterable[Signal], thresholds: Mapping[str, Threshold], circumstances: Circumstances
) -> Verdict:
    """Published unless something speaks against it.

    An earlier text of the same comment that a person rejected or held always brings the next one before a person:
    otherwise an edit would undo what a moderator did.
    """
    heard = list(signals)
    crossed = [(signal, thresholds[signal.name]) for signal in heard if signal.name in thresholds]
    rejecting = _reasons((s, t.reject) for s, t in crossed if t.reject is not None)
    if rejecting and not circumstances.stopped_by_person:
        return Verdict(State.REJECTED, rejecting)
    uncovered = circumstances.scored and not heard
    holding = [*_reasons((s, t.hold) for s, t in crossed), *_held_by(circumstances, uncovered=uncovered)]
    if holding:
        return Verdict(State.HELD, holding)
    return Verdict(State.PUBLISHED, [Reason.NOT_COVERED if uncovered else Reason.CLEAR])


def _reasons(pairs: Iterable[tuple[Signal, float]]) -> list[Reason]:
    over = sorted((s for s, limit in pairs if s.value >= limit), key=lambda s: -s.value)
    return list(dict.fromkeys(REASONS.get(signal.name, Reason.OTHER) for signal in over))


def _held_by(circumstances: Circumstances, *, uncovered: bool) -> list[Reason]:
    grounds = {
        Reason.NOT_SCORED: not circumstances.scored,
        Reason.STOPPED_BEFORE: circumstances.stopped_by_person,
        Reason.PREMODERATED: circumstances.premoderated,
        Reason.NOT_COVERED: circumstances.hold_uncovered and uncovered,
    }
    return [reason for reason, holds in grounds.items() if holds]
