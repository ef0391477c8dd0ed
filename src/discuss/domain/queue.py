"""What a moderator is shown of a waiting comment, and how its urgency is measured."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from discuss.domain.decisions import Reason, Source
from discuss.domain.states import State

MOST_COUNTED = 10_000
"""Where the count of a queue stops: beyond it, a moderator only wants to know that there are more."""

CLAIM_LIFE = timedelta(minutes=2)
"""How long an item is claimed for whoever it was shown to, unless they prolong it: about the longest anybody ponders one."""


class Queue(StrEnum):
    """`unmoderated`: published by the machine, and not yet seen by a person."""

    HELD = "held"
    REPORTED = "reported"
    UNMODERATED = "unmoderated"
    REJECTED = "rejected"
    ALL = "all"


class Sort(StrEnum):
    """`oldest` and `newest` go by when the text was written; the others put the highest value first.

    `reach`: visible comments on the article. `reports`: open reports, weighted by the accuracy of those who made them;
    only the queue of reported comments has this order.
    """

    OLDEST = "oldest"
    NEWEST = "newest"
    RISK = "risk"
    UNCERTAINTY = "uncertainty"
    REACH = "reach"
    REPORTS = "reports"


USUAL_SORT: Mapping[Queue, Sort] = {
    Queue.HELD: Sort.OLDEST,
    Queue.REPORTED: Sort.REPORTS,
    Queue.UNMODERATED: Sort.RISK,
    Queue.REJECTED: Sort.NEWEST,
    Queue.ALL: Sort.NEWEST,
}


def orders(queue: Queue) -> Sequence[Sort]:
    """The orders a queue has: only reported comments can be ordered by reports."""
    return [sort for sort in Sort if sort is not Sort.REPORTS or queue is Queue.REPORTED]


@dataclass(frozen=True, slots=True)
class View:
    """A queue, its order, and the filters that narrow it, all of which must match.

    `since` and `until` (exclusive) limit when the text was written. `search`: words, "phrases", -exclusions and `or`,
    matched by Russian and English stems. `unclaimed`: without what anybody but the asker has claimed.
    `comments`: only these, as far as they are in the queue.
    """

    queue: Queue = Queue.HELD
    sort: Sort | None = None
    article_id: UUID | None = None
    author_id: UUID | None = None
    language: str | None = None
    label: Reason | None = None
    state: State | None = None
    decided_by: Source | None = None
    since: datetime | None = None
    until: datetime | None = None
    search: str | None = None
    unclaimed: bool = False
    comments: Collection[UUID] | None = None

    @property
    def order(self) -> Sort:
        return self.sort or USUAL_SORT[self.queue]


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody has the comment on their desk. A claim binds nobody: the first decision counts, whoever makes it."""

    account_id: UUID
    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many comments are in each queue (`MOST_COUNTED` + 1 stands for more), and since when the oldest has been waiting.

    `late`: something held has waited longer than the site wants.
    """

    counts: Mapping[Queue, int]
    held_since: datetime | None
    reported_since: datetime | None
    late: bool


EVEN = 0.5
"""The threshold assumed for a signal that was stored without one."""

UNKNOWN = 0.5
"""The risk of a text without signals: the same as on the threshold."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The value of a signal, from 0 to 1, and the thresholds it was judged by."""

    value: float
    hold: float = EVEN
    reject: float | None = None


def risk(heard: Iterable[Weighed]) -> float:
    """From 0 to 1: the `pressure` of the signal that says the most; 0.5 is where a text is held."""
    return max((pressure(signal.value, signal.hold) for signal in heard), default=UNKNOWN)


def uncertainty(heard: Iterable[Weighed]) -> float:
    """From 0 to 1: how close the verdict came to another one. 1: it lies on a threshold, or there are no signals.

    Only the signal that says the most counts: where one label is sure of a threat, another's doubt changes nothing.
    """
    signals = list(heard)
    held = max((pressure(signal.value, signal.hold) for signal in signals), default=None)
    rejected = max((pressure(s.value, s.reject) for s in signals if s.reject is not None), default=None)
    return max((1 - abs(2 * reached - 1) for reached in (held, rejected) if reached is not None), default=1.0)


def pressure(value: float, threshold: float) -> float:
    """Rises linearly to 0.5 at the threshold, and from there to 1, so that labels with different thresholds compare."""
    if value < threshold:
        return value / (2 * threshold)
    return 1 - (1 - value) / (2 * (1 - threshold)) if threshold < 1 else 0.5


@dataclass(frozen=True, slots=True)
class Heard:
    """What the classifier said about one label.

    `spans` are the parts of the text that raised the probability, the strongest first: start and end in code points
    of the source, and the log-odds they added. Only labels that spoke against the text have any.
    """

    label: str
    probability: float
    spans: Sequence[tuple[int, int, float]] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """What a detector other than the classifier found. `version` names the rule and its version; `detail` says where it matched."""

    source: str
    name: str
    value: float
    version: str
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """`signals`: the most probable label first. `reports`: how many are open; `report_weight`: what they weigh together."""

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
    hits: Sequence[Hit] = ()
    risk: float = UNKNOWN
    uncertainty: float = 1.0
    reach: int = 0
    reports: int = 0
    report_weight: float = 0.0
    waiting_since: datetime | None = None
    claim: Claim | None = None

    @property
    def scores(self) -> dict[str, float]:
        return {heard.label: heard.probability for heard in self.signals}


@dataclass(frozen=True, slots=True)
class Text:
    """One revision as a moderator compares it with the others. `signals`: the most probable label first."""

    id: UUID
    number: int
    source: str
    language: str | None
    state: State
    created_at: datetime
    signals: Sequence[Heard]
