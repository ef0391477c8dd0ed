"""What the scores of a text amount to."""

from collections.abc import Sequence

from discuss.classify.protocol import Classifier, Scored
from discuss.domain.decisions import Verdict
from discuss.domain.policy import Circumstances, judge, shipped_thresholds
from discuss.domain.signals import Signal


def signals(classifier: Classifier, scored: Scored) -> Sequence[Signal]:
    """The scores as the policy weighs them and the record keeps them."""
    model = f"{classifier.name} {classifier.version}"
    return [Signal("classifier", label, score, model) for label, score in scored.scores.items()]


def shipped_verdict(classifier: Classifier, scored: Scored) -> Verdict:
    """The verdict of a site that sets no thresholds of its own."""
    shipped = shipped_thresholds(classifier.held_from(scored.language))
    return judge(signals(classifier, scored), shipped, Circumstances())
