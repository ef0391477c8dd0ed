"""The policy: signals to a verdict. Pure, and the only place that weighs them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from discuss.domain.decisions import Reason, Verdict
from discuss.domain.signals import Signal
from discuss.domain.states import State

REASONS: Mapping[str, Reason] = {
    "toxic": Reason.TOXIC,
    "spam": Reason.SPAM,
    "insult": Reason.INSULT,
    "threat": Reason.THREAT,
    "obscene": Reason.OBSCENE,
    "identity_hate": Reason.HATE,
}


BY_AUTHOR = frozenset({Reason.PREMODERATED, Reason.NEW_AUTHOR, Reason.OFTEN_REJECTED})
"""What is said of whoever writes and not of the text: trust outweighs it."""


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
class Ground:
    """Something that speaks against a text. `subject`: the label of a score, or the id of the rule that says so."""

    subject: str
    reason: Reason
    rejects: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the policy must know besides the scores: `grounds` are those that other detectors than the classifier found.

    `braked`: subjects that hit so much more often than usual that they hold where they would reject.
    `watched`: everything of its author is looked at first. `shadowed`: only its author is to see it. `trusted_from`: the
    score from which a trusted author's text is held; None: the author is not trusted. `unscored_passes`: a text that the
    classifier failed on is published if nothing else speaks against it.
    """

    premoderated: bool = False
    stopped_before: bool = False
    scored: bool = True
    hold_uncovered: bool = False
    grounds: Sequence[Ground] = ()
    braked: frozenset[str] = frozenset()
    watched: bool = False
    shadowed: bool = False
    trusted_from: float | None = None
    unscored_passes: bool = False

    @property
    def trusted(self) -> bool:
        return self.trusted_from is not None


def shipped_thresholds(held_from: Mapping[str, float]) -> Mapping[str, Threshold]:
    """Those that a model comes with: it lets a person look, and by itself rejects nothing."""
    return {label: Threshold(hold) for label, hold in held_from.items()}


def against(signals: Iterable[Signal], thresholds: Mapping[str, Threshold]) -> list[Signal]:
    """The signals that reach a threshold, whatever else `judge` may have to consider."""
    return [s for s in signals if s.name in thresholds and s.value >= thresholds[s.name].least]


def thresholds_in(
    language: str, shipped: Mapping[str, Threshold], own: Mapping[str, Threshold]
) -> Mapping[str, Threshold]:
    """What a site sets for itself overrides the model's label by label; for `spam.ru` it overrides its own for `spam`."""
    everywhere = {name: threshold for name, threshold in own.items() if "." not in name}
    here = {
        name.removesuffix(f".{language}"): threshold
        for name, threshold in own.items()
        if name.endswith(f".{language}")
    }
    return {**shipped, **everywhere, **here}


def trusting(thresholds: Mapping[str, Threshold], second: float) -> Mapping[str, Threshold]:
    """For an author who is trusted: nothing is held below `second`. What is rejected at once stays rejected."""
    return {label: replace(t, hold=max(t.hold, second)) for label, t in thresholds.items()}


def under(signals: Iterable[Signal], thresholds: Mapping[str, Threshold]) -> list[Signal]:
    """The signals with the thresholds they are judged by in their detail: which were in force is asked later."""
    return [replace(s, detail={**s.detail, **_limits(thresholds.get(s.name))}) for s in signals]


def _limits(threshold: Threshold | None) -> Mapping[str, float]:
    if threshold is None:
        return {}
    return {"hold": threshold.hold} | ({} if threshold.reject is None else {"reject": threshold.reject})


def judge(
    signals: Iterable[Signal], thresholds: Mapping[str, Threshold], circumstances: Circumstances
) -> Verdict:
    """Published unless something speaks against it; `signals` are the classifier's.

    An earlier text of the same comment that a person rejected or held, or that readers had held, always brings the next
    one before a person: otherwise an edit would undo what they did.
    """
    if circumstances.shadowed:
        return Verdict(State.REJECTED, [Reason.SHADOWED])
    if circumstances.trusted_from is not None:
        thresholds = trusting(thresholds, circumstances.trusted_from)
    heard = list(signals)
    told = [g for g in circumstances.grounds if not (circumstances.trusted and g.reason in BY_AUTHOR)]
    grounds = sorted([*_of_scores(heard, thresholds), *told], key=lambda g: -g.weight)
    rejecting = [
        ground for ground in grounds if ground.rejects and ground.subject not in circumstances.braked
    ]
    if rejecting and not circumstances.stopped_before:
        return Verdict(State.REJECTED, _reasons(rejecting))
    uncovered = circumstances.scored and not heard
    holding = [*_reasons(grounds), *_held_by(circumstances, uncovered=uncovered)]
    if holding:
        return Verdict(State.HELD, list(dict.fromkeys(holding)))
    return Verdict(State.PUBLISHED, [_innocence(circumstances, uncovered=uncovered)])


def _innocence(circumstances: Circumstances, *, uncovered: bool) -> Reason:
    if not circumstances.scored:
        return Reason.NOT_SCORED
    return Reason.NOT_COVERED if uncovered else Reason.CLEAR


def _of_scores(signals: Iterable[Signal], thresholds: Mapping[str, Threshold]) -> Iterable[Ground]:
    for signal in against(signals, thresholds):
        reject = thresholds[signal.name].reject
        rejects = reject is not None and signal.value >= reject
        yield Ground(signal.name, REASONS.get(signal.name, Reason.OTHER), rejects, signal.value)


def _reasons(grounds: Iterable[Ground]) -> list[Reason]:
    return list(dict.fromkeys(ground.reason for ground in grounds))


def _held_by(circumstances: Circumstances, *, uncovered: bool) -> list[Reason]:
    grounds = {
        Reason.NOT_SCORED: not (circumstances.scored or circumstances.unscored_passes),
        Reason.STOPPED_BEFORE: circumstances.stopped_before,
        Reason.WATCHED_AUTHOR: circumstances.watched,
        Reason.PREMODERATED: circumstances.premoderated and not circumstances.trusted,
        Reason.NOT_COVERED: circumstances.hold_uncovered and uncovered and not circumstances.trusted,
    }
    return [reason for reason, holds in grounds.items() if holds]
