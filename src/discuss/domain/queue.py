"""What a moderator is shown of a comment that waits, and what says how urgent it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from discuss.domain.comments import State
from discuss.domain.decisions import Reason, Source

EVEN = 0.5
"""The threshold of a signal that none was kept with."""

UNKNOWN = 0.5
"""The risk of a text that nothing was said of: that of one on the threshold."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The value of a signal, from 0 to 1, and the thresholds it was judged by."""

    value: float
    hold: float = EVEN
    reject: float | None = None


def risk(heard: Iterable[Weighed]) -> float:
    """From 0 to 1: how far the signal that says the most is on the way to its certainty; 0.5 is where a text is held."""
    return max((pressure(signal.value, signal.hold) for signal in heard), default=UNKNOWN)


def uncertainty(heard: Iterable[Weighed]) -> float:
    """From 0 to 1: how close the verdict came to another one. 1: it lies on a threshold, or nothing was said.

    What decides is the signal that says the most: where one is sure of a threat, another's doubt changes nothing.
    """
    signals = list(heard)
    held = max((pressure(signal.value, signal.hold) for signal in signals), default=None)
    rejected = max((pressure(s.value, s.reject) for s in signals if s.reject is not None), default=None)
    return max((1 - abs(2 * reached - 1) for reached in (held, rejected) if reached is not None), default=1.0)


def pressure(value: float, threshold: float) -> float:
    """Straight from 0 to 0.5 up to the threshold, and on to 1: so labels with different thresholds compare."""
    if value < threshold:
        return value / (2 * threshold)
    return 1 - (1 - value) / (2 * (1 - threshold)) if threshold < 1 else 0.5


@dataclass(frozen=True, slots=True)
class Heard:
    """What the classifier said of one label.

    `spans` are the parts of the text that raised the probability, the strongest first: start and end in code points
    of the source, and the log-odds they added. Only labels that spoke against the text have any.
    """

    label: str
    probability: float
    spans: Sequence[tuple[int, int, float]] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """`signals`: the most probable label first."""

    revision_id: UUID
    comment_id: UUID
    number: int
    source: str
    html: str
    language: str | None
    state: State
    created_at: datetime
    author_id: UUID
    author_name: str
    article_id: UUID
    article_title: str
    article_url: str
    decision_id: UUID | None
    decided_by: Source | None
    reasons: Sequence[Reason]
    model: str | None
    signals: Sequence[Heard]

    @property
    def scores(self) -> dict[str, float]:
        return {heard.label: heard.probability for heard in self.signals}
