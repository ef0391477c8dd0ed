"""The moderators' queue."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Router, get
from litestar.params import QueryParameter
from msgspec import Meta, Struct

from discuss.classify.offsets import utf16
from discuss.classify.protocol import Span
from discuss.domain.comments import State
from discuss.domain.decisions import Reason, Source
from discuss.domain.queue import Heard, Item
from discuss.errors import CursorInvalid, SiteNotFound
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import Cursor, PageSize, PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import PERSON, problems
from discuss.http.v1.accounts import Account
from discuss.usecases.read_comments import read_queue

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


moderation = Router(
    path="/sites/{site:str}",
    route_handlers=[queue],
    cache_control=NO_STORE,
    tags=["Moderation"],
)
