"""Moderators' decisions, and how they are undone."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, HeaderParameter, JSONBody
from msgspec import Meta, Struct

from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.rulings import Ruling
from discuss.domain.states import State
from discuss.errors import (
    DecisionNotFound,
    DecisionPointless,
    DecisionStale,
    InvalidInput,
    RevisionNotFound,
    SiteNotFound,
    UndoImpossible,
)
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import BODY, CHANGE, PERSON, problems
from discuss.http.patterns import DECISION_TAG
from discuss.usecases.decide import decide
from discuss.usecases.read_comments import read_decisions
from discuss.usecases.undo import undo

Prose = Annotated[str, Meta(max_length=2000)]
IfMatch = Annotated[
    str | None,
    HeaderParameter(name="If-Match", pattern=DECISION_TAG, description="The decision seen, in quotes."),
]


class NewDecision(Struct, forbid_unknown_fields=True):
    """`reason` is required to reject, optional to hold, and not kept when publishing. `note` is for moderators, `words` are for the author.

    `seen`: the id of the decision that you saw (or send it, in quotes, in `If-Match`). If another one was made since, or
    readers see a later text of the comment, the answer is 409.
    """

    state: State
    reason: Reason | None = None
    note: Prose | None = None
    words: Prose | None = None
    seen: UUID | None = None

    @property
    def ruling(self) -> Ruling:
        return Ruling(self.state, self.reason, self.note, self.words)


class DecisionShape(Struct):
    """`undoes`: the decision that this one undoes. `batch_id` is shared by decisions made in one act.

    `follows`: the decision, on a later revision of the same comment, that brought this one about.
    """

    id: UUID
    revision_id: UUID
    state: State
    source: Source
    actor_id: UUID | None
    reasons: list[Reason]
    note: str | None
    words: str | None
    model: str | None
    undoes: UUID | None
    batch_id: UUID | None
    follows: UUID | None
    created_at: datetime


def decision_shape(made: Decision) -> DecisionShape:
    return DecisionShape(
        made.id, made.revision_id, made.state, made.source, made.actor_id, list(made.reasons), made.note, made.words,
        made.model, made.undoes, made.batch_id, made.follows, made.created_at,
    )  # fmt: skip


def seen_by(data: NewDecision, if_match: str | None) -> UUID | None:
    """The decision that the client saw. Raises `InvalidInput` when body and header name different ones."""
    tagged = UUID(if_match.strip('"')) if if_match else None
    if data.seen and tagged and data.seen != tagged:
        raise InvalidInput("`seen` and If-Match name two different decisions. Send only one of them.")
    return data.seen or tagged


@post(
    "/revisions/{revision_id:uuid}/decisions",
    operation_id="Decide",
    summary="Publish, hold or reject",
    responses=problems(*CHANGE, *BODY, SiteNotFound, RevisionNotFound, DecisionStale, DecisionPointless),
)
async def make(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, revision_id: FromPath[UUID],
    data: JSONBody[NewDecision], if_match: IfMatch = None,
) -> DecisionShape:  # fmt: skip
    seen = seen_by(data, if_match)
    return decision_shape(await decide(services, principal, site, revision_id, data.ruling, seen=seen))


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


@post(
    "/decisions/{decision_id:uuid}/undo",
    operation_id="UndoDecision",
    summary="Undo a person's decision",
    responses=problems(
        *CHANGE, SiteNotFound, DecisionNotFound, DecisionStale, DecisionPointless, UndoImpossible
    ),
)
async def take_back(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, decision_id: FromPath[UUID]
) -> DecisionShape:
    """Makes a further decision that restores the one before it. If there was none, the comment is held."""
    return decision_shape(await undo(services, principal, site, decision_id))


decisions = Router(
    path="/sites/{site:str}",
    route_handlers=[make, history, take_back],
    cache_control=NO_STORE,
    tags=["Moderation"],
)
