"""The moderators' queue, and their decisions."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta, Struct

from discuss.classify.offsets import utf16
from discuss.classify.protocol import Span
from discuss.domain.comments import State
from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.queue import Heard, Item
from discuss.errors import CursorInvalid, DecisionPointless, DecisionStale, RevisionNotFound, SiteNotFound
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import Cursor, PageSize, PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import BODY, CHANGE, PERSON, problems
from discuss.http.v1.accounts import Account
from discuss.usecases.decide import decide
from discuss.usecases.read_comments import read_decisions, read_queue

Offset = Annotated[int, Meta(ge=0, description="In UTF-16 code units of `text`.")]


class QueueArticle(Struct):
    id: UUID
    title: str
    url: str


class SpanShape(Struct):
    """A part of `text`, from `start` to before `end`, and the log-odds that it added to the probability.

    Both are counted in UTF-16 code units, as JavaScript counts: `text.slice(start, end)`. An emoji is two or more.
    """

    start: Offset
    end: Offset
    weight: float


class SignalShape(Struct):
    """What the classifier says of one label. `spans`: the parts of `text` that raised it, the strongest first, 8 at most.

    There are none for a label that does not speak against the comment, or that cannot be traced to words.
    """

    label: str
    probability: float
    spans: list[SpanShape]


class QueueItem(Struct):
    """`decision_id` is what to send back as `seen`, so that two moderators cannot decide past each other.

    `signals`: the most probable first; `scores` has their probabilities by label.
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


class Queue(Struct):
    items: list[QueueItem]
    next_cursor: str | None


class NewDecision(Struct, forbid_unknown_fields=True):
    """`reason` is needed to reject, and not kept for publishing. `seen`: the decision that was looked at; another one since then gives 409."""

    state: State
    reason: Reason | None = None
    note: Annotated[str, Meta(max_length=2000)] | None = None
    seen: UUID | None = None


class DecisionShape(Struct):
    id: UUID
    revision_id: UUID
    state: State
    source: Source
    actor_id: UUID | None
    reasons: list[Reason]
    note: str | None
    model: str | None
    created_at: datetime


def signal_shape(text: str, heard: Heard) -> SignalShape:
    spans = utf16(text, [Span(*span) for span in heard.spans]) if heard.spans else []
    return SignalShape(
        heard.label, heard.probability, [SpanShape(span.start, span.end, span.weight) for span in spans]
    )


def item_shape(item: Item) -> QueueItem:
    return QueueItem(
        item.revision_id, item.comment_id, item.number, item.source, item.html, item.language, item.state,
        item.created_at, Account(item.author_id, item.author_name),
        QueueArticle(item.article_id, item.article_title, item.article_url), item.scores,
        [signal_shape(item.source, heard) for heard in item.signals], list(item.reasons), item.model, item.decision_id, item.decided_by,
    )  # fmt: skip


def decision_shape(decision: Decision) -> DecisionShape:
    return DecisionShape(
        decision.id, decision.revision_id, decision.state, decision.source, decision.actor_id, list(decision.reasons),
        decision.note, decision.model, decision.created_at,
    )  # fmt: skip


@get(
    "/queue",
    operation_id="ReadQueue",
    summary="Read a moderation queue, oldest first",
    responses=problems(*PERSON, SiteNotFound, CursorInvalid),
)
async def queue(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug,
    in_state: Annotated[State, QueryParameter(name="state")] = State.HELD, cursor: Cursor = None, limit: PageSize = 50,
) -> Queue:  # fmt: skip
    found = await read_queue(services, principal, site, in_state, cursor, limit)
    return Queue([item_shape(item) for item in found.items], found.next_cursor)


@post(
    "/revisions/{revision_id:uuid}/decisions",
    operation_id="Decide",
    summary="Publish, hold or reject",
    responses=problems(*CHANGE, *BODY, SiteNotFound, RevisionNotFound, DecisionStale, DecisionPointless),
)
async def make(
    services: ServicesGiven,
    principal: PrincipalGiven,
    site: SiteSlug,
    revision_id: FromPath[UUID],
    data: JSONBody[NewDecision],
) -> DecisionShape:
    made = await decide(
        services, principal, site, revision_id, data.state, reason=data.reason, note=data.note, seen=data.seen
    )
    return decision_shape(made)


@get(
    "/revisions/{revision_id:uuid}/decisions",
    operation_id="ListDecisions",
    summary="List the decisions about a revision",
    responses=problems(*PERSON, SiteNotFound, RevisionNotFound),
)
async def history(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, revision_id: FromPath[UUID]
) -> list[DecisionShape]:
    return [decision_shape(made) for made in await read_decisions(services, principal, site, revision_id)]


moderation = Router(
    path="/sites/{site:str}",
    route_handlers=[queue, make, history],
    cache_control=NO_STORE,
    tags=["Moderation"],
)
