"""What the classifier says about a batch: scores and, for texts they speak against, the parts that raised them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from uuid import UUID

import structlog

from discuss.classify.protocol import Classifier, Scored, Span
from discuss.classify.verdicts import signals
from discuss.domain.likeness import Likeness
from discuss.domain.policy import Threshold, against, shipped_thresholds, thresholds_in
from discuss.domain.signals import Signal
from discuss.domain.sites import SiteSettings
from discuss.store.revisions import Draft
from discuss.usecases.find_alike import liken

MOST_SPANS = 8
"""Spans kept for each label: more would mark half a comment and tell nobody anything."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Hearing:
    """`shipped`: the thresholds that the model is shipped with for this language."""

    language: str
    normalised: str
    shipped: Mapping[str, Threshold]
    signals: Sequence[Signal]
    likeness: Likeness

    def thresholds(self, settings: SiteSettings) -> Mapping[str, Threshold]:
        """The site's thresholds, and the model's where the site has none."""
        return thresholds_in(self.language, self.shipped, settings.thresholds)


def hear(
    classifier: Classifier, drafts: Sequence[Draft], settings: Mapping[UUID, SiteSettings]
) -> Mapping[UUID, Hearing]:
    """Slow: call it in a thread, before taking any lock that people wait for.

    Whether a text will be held or rejected is certain only under those locks, but whether its scores speak against
    it is known here; only such texts are explained. Raises what `classifier.score` raises; errors of `explain` are only logged.
    """
    answers = classifier.score([draft.source for draft in drafts])
    alike = liken(drafts, [answer.normalised for answer in answers])
    heard = {
        likeness.revision_id: _hearing(classifier, answer, likeness)
        for likeness, answer in zip(alike, answers, strict=True)
    }
    labels = {draft: _against(heard[draft.id], settings[draft.site_id]) for draft in drafts}
    doubtful = [draft for draft in drafts if labels[draft]]
    found = _explained(classifier, [draft.source for draft in doubtful])
    return heard | {
        draft.id: _with_spans(heard[draft.id], labels[draft], spans)
        for draft, spans in zip(doubtful, found, strict=True)
    }


def _hearing(classifier: Classifier, answer: Scored, likeness: Likeness) -> Hearing:
    shipped = shipped_thresholds(classifier.held_from(answer.language))
    return Hearing(answer.language, answer.normalised, shipped, signals(classifier, answer), likeness)


def _against(hearing: Hearing, settings: SiteSettings) -> frozenset[str]:
    return frozenset(signal.name for signal in against(hearing.signals, hearing.thresholds(settings)))


def _explained(classifier: Classifier, texts: Sequence[str]) -> Sequence[Mapping[str, object]]:
    """For each text, the spans of each label in the form in which they are stored; none for a text that the classifier fails to explain."""
    try:
        found = classifier.explain(texts) if texts else []
        return [
            {label: [_stored(span, text) for span in spans[:MOST_SPANS]] for label, spans in parts.items()}
            for text, parts in zip(texts, found, strict=True)
        ]
    except Exception:
        if len(texts) > 1:
            return [found for text in texts for found in _explained(classifier, [text])]
        # The marks are a convenience for moderators: a comment is decided without them too.
        log.exception("explain.failed")
        return [{}]


def _stored(span: Span, text: str) -> tuple[int, int, float]:
    """Raises `ValueError` for a span that lies outside the text or cannot be stored."""
    if not (0 <= span.start < span.end <= len(text) and isfinite(span.weight)):
        raise ValueError(f"{span} is no part of a text of {len(text)} characters")
    return int(span.start), int(span.end), round(float(span.weight), 3)


def _with_spans(hearing: Hearing, labels: frozenset[str], spans: Mapping[str, object]) -> Hearing:
    """Adds spans to the labels that speak against the text: nobody asks why the others scored as they did."""
    return replace(
        hearing,
        signals=[
            replace(signal, detail={"spans": spans[signal.name]})
            if signal.name in labels and spans.get(signal.name)
            else signal
            for signal in hearing.signals
        ],
    )
