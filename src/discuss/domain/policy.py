"""The policy: turns signals into a verdict. Pure, and the only place that weighs them."""

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
"""Reasons that concern the author rather than the text: trust outweighs them."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """From `hold` on, a person looks at the text; from `reject` on, it is rejected at once (None: never)."""

    hold: float
    reject: float | None = None

    @property
    def least(self) -> float:
        """The lowest score that has an effect. A site may set `reject` below `hold`."""
        return self.hold if self.reject is None else min(self.hold, self.reject)


@dataclass(frozen=True, slots=True)
class Ground:
    """Something that speaks against a text. `subject`: the label of a score, or the id of the rule that found it."""

    subject: str
    reason: Reason
    rejects: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the policy must know besides the scores. `grounds` are those found by detectors other than the classifier.

    `braked`: subjects that hit so much more often than usual that they hold what they would otherwise reject.
    `watched`: a person looks at everything by this author first. `shadowed`: only the author is to see the text.
    `trusted_from`: the score from which a trusted author's text is held; None: the author is not trusted.
    `unscored_passes`: a text that the classifier failed on is published if nothing else speaks against it.
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
    """The thresholds a model is shipped with: they hold texts for a person, and reject nothing."""
    return {label: Threshold(hold) for label, hold in held_from.items()}


def against(signals: Iterable[Signal], thresholds: Mapping[str, Threshold]) -> list[Signal]:
    """The signals that reach a threshold, whatever else `judge` takes into account."""
    return [s for s in signals if s.name in thresholds and s.value >= thresholds[s.name].least]


def thresholds_in(
    language: str, shipped: Mapping[str, Threshold], own: Mapping[str, Threshold]
) -> Mapping[str, Threshold]:
    """A site's own thresholds override the model's label by label; in Russian, its `spam.ru` overrides its `spam`."""
    everywhere = {name: threshold for name, threshold in own.items() if "." not in name}
    here = {
        name.removesuffix(f".{language}"): threshold
        for name, threshold in own.items()
        if name.endswith(f".{language}")
    }
    return {**shipped, **everywhere, **here}


def trusting(thresholds: Mapping[str, Threshold], second: float) -> Mapping[str, Threshold]:
    """The thresholds for a trusted author: nothing is held below `second`. What is rejected at once still is."""
    return {label: replace(t, hold=max(t.hold, second)) for label, t in thresholds.items()}


def under(signals: Iterable[Signal], thresholds: Mapping[str, Threshold]) -> list[Signal]:
    """The signals, with the thresholds they are judged by added to their detail: later, people ask which were in force."""
    return [replace(s, detail={**s.detail, **_limits(thresholds.get(s.name))}) for s in signals]


def _limits(threshold: Threshold | None) -> Mapping[str, float]:
    if threshold is None:
        return {}
    return {"hold": threshold.hold} | ({} if threshold.reject is None else {"reject": threshold.reject})


def judge(
    signals: Iterable[Signal], thresholds: Mapping[str, Threshold], circumstances: Circumstances
) -> Verdict:
    """Publishes unless something speaks against the text; `signals` are the classifier's.

    If a person rejected or held an earlier text of the same comment, or readers' reports had it held, the next one always
    goes to a person: otherwise an edit would undo what they did.
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
