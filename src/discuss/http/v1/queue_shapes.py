"""How the API shows comments in the queues."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from discuss.classify.offsets import utf16
from discuss.classify.protocol import Span
from discuss.domain.decisions import Reason, Source
from discuss.domain.queue import MOST_COUNTED, Claim, Heard, Hit, Item, Queue, Waiting
from discuss.domain.states import State
from discuss.http.v1.accounts import Account

Offset = Annotated[int, Meta(ge=0, description="In UTF-16 code units of `text`.")]


class QueueArticle(Struct):
    id: UUID
    title: str
    url: str


class SpanShape(Struct):
    """A part of `text`, from `start` up to but not including `end`, and the log-odds that it added to the score.

    Offsets count UTF-16 code units, as JavaScript does in `text.slice(start, end)`. An emoji is two or more.
    """

    start: Offset
    end: Offset
    weight: float


class SignalShape(Struct):
    """The classifier's score for one label. `spans`: the parts of `text` that raised it, strongest first, at most 8.

    There are none for a label that does not count against the comment or cannot be traced to words.
    """

    label: str
    probability: float
    spans: list[SpanShape]


class HitShape(Struct):
    """What another detector found. `source` is its kind, such as `rule`; `version` says which one; `detail` depends on it."""

    source: str
    name: str
    value: float
    version: str
    detail: dict[str, Any]


class ClaimShape(Struct):
    """Who has claimed the comment, and until when unless they extend the claim."""

    moderator: Account
    until: datetime


class QueueItem(Struct):
    """Send `decision_id` back as `seen`, so that two moderators cannot overrule each other without noticing.

    `signals`: the most probable first; `scores`: the same probabilities by label. `risk` and `uncertainty` are between 0 and 1.
    `reach` is the number of visible comments on the article and may lag by minutes. `reports` counts the open ones, and
    `report_weight` weighs them by the accuracy of the reporters. `claim`: who is working on the comment.
    """

    revision_id: UUID
    comment_id: UUID
    revision: int
    text: str
    html: str
    language: str | None
    state: State
    created_at: datetime
    author: Account
    article: QueueArticle
    scores: dict[str, float]
    signals: list[SignalShape]
    reasons: list[Reason]
    model: str | None
    decision_id: UUID | None
    decided_by: Source | None
    hits: list[HitShape]
    risk: float
    uncertainty: float
    reach: int
    reports: int
    report_weight: float
    waiting_since: datetime | None
    claim: ClaimShape | None


class QueueShape(Struct):
    items: list[QueueItem]
    next_cursor: str | None


def signal_shape(text: str, heard: Heard) -> SignalShape:
    spans = utf16(text, [Span(*span) for span in heard.spans]) if heard.spans else []
    return SignalShape(
        heard.label, heard.probability, [SpanShape(span.start, span.end, span.weight) for span in spans]
    )


def hit_shape(hit: Hit) -> HitShape:
    return HitShape(hit.source, hit.name, hit.value, hit.version, dict(hit.detail))


def claim_shape(claim: Claim | None) -> ClaimShape | None:
    return None if claim is None else ClaimShape(Account(claim.account_id, claim.name), claim.until)


def item_shape(item: Item) -> QueueItem:
    return QueueItem(
        item.revision_id, item.comment_id, item.number, item.source, item.html, item.language, item.state,
        item.created_at, Account(item.author_id, item.author_name),
        QueueArticle(item.article_id, item.article_title, item.article_url), item.scores,
        [signal_shape(item.source, heard) for heard in item.signals], list(item.reasons), item.model, item.decision_id, item.decided_by,
        [hit_shape(hit) for hit in item.hits], item.risk, item.uncertainty, item.reach, item.reports, item.report_weight,
        item.waiting_since, claim_shape(item.claim),
    )  # fmt: skip


class CountShape(Struct):
    """`more`: counting stopped at `count`, and there are more."""

    count: int
    more: bool


class WaitingShape(Struct):
    """`held_since` and `reported_since`: since when the oldest comment in the queue has been waiting.

    `late`: a held comment has been waiting for longer than the site's `held_alert_minutes`.
    """

    queues: dict[Queue, CountShape]
    held_since: datetime | None
    reported_since: datetime | None
    late: bool


def waiting_shape(waiting: Waiting) -> WaitingShape:
    queues = {
        queue: CountShape(min(count, MOST_COUNTED), count > MOST_COUNTED)
        for queue, count in waiting.counts.items()
    }
    return WaitingShape(queues, waiting.held_since, waiting.reported_since, waiting.late)
