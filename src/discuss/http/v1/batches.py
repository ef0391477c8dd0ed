"""Deciding many comments at once, and undoing all of it."""

from typing import Annotated
from uuid import UUID

from litestar import Router, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK
from msgspec import Meta, Struct

from discuss.domain.batches import AllAlike, AllHeldOf, Batch, Choice, Outcome, Selection, Target
from discuss.domain.decisions import Reason
from discuss.domain.rulings import Ruling
from discuss.domain.states import State
from discuss.errors import DecisionNotFound, DecisionStale, InvalidInput, RevisionNotFound, SiteNotFound
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import BODY, CHANGE, problems
from discuss.http.v1.decisions import Prose
from discuss.usecases.decide_many import MOST, decide_many
from discuss.usecases.undo_many import undo_many


class Chosen(Struct, forbid_unknown_fields=True):
    """A revision, and the decision on it that you saw."""

    revision_id: UUID
    seen: UUID

    @property
    def target(self) -> Target:
        return Target(self.revision_id, self.seen)


class NewDecisions(Struct, forbid_unknown_fields=True):
    """Exactly one of `items`, `alike` and `held_by` is given.

    `alike`: a text, which is decided together with its near-duplicates. `held_by`: an author, for all their held comments.
    """

    state: State
    reason: Reason | None = None
    note: Prose | None = None
    words: Prose | None = None
    items: Annotated[list[Chosen], Meta(min_length=1, max_length=MOST)] | None = None
    alike: Chosen | None = None
    held_by: UUID | None = None

    @property
    def choice(self) -> Choice:
        """Raises `InvalidInput` unless exactly one of the three is given."""
        targets = [chosen.target for chosen in self.items or ()]
        named: list[Choice | None] = [
            Selection(targets) if targets else None,
            AllAlike(self.alike.target) if self.alike else None,
            AllHeldOf(self.held_by) if self.held_by else None,
        ]
        choices = [choice for choice in named if choice is not None]
        if len(choices) != 1:
            raise InvalidInput("Send exactly one of `items`, `alike` and `held_by`.")
        return choices[0]


class ResultShape(Struct):
    """`state` and `decision_id`: what stands now."""

    revision_id: UUID
    outcome: Outcome
    state: State | None
    decision_id: UUID | None


class BatchShape(Struct):
    """`more`: there was more than one request may decide, or the database went away halfway. Send the same request again to go on."""

    batch_id: UUID
    results: list[ResultShape]
    more: bool


def batch_shape(batch: Batch) -> BatchShape:
    results = [ResultShape(one.revision_id, one.outcome, one.state, one.decision_id) for one in batch.results]
    return BatchShape(batch.id, results, batch.more)


@post(
    "/decisions",
    operation_id="DecideMany",
    summary="Publish, hold or reject many comments",
    status_code=HTTP_200_OK,
    responses=problems(*CHANGE, *BODY, SiteNotFound, RevisionNotFound, DecisionStale),
)
async def make(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, data: JSONBody[NewDecisions]
) -> BatchShape:
    """Each comment has its own result: 200 means that those in `results` were examined, not that all were decided."""
    ruling = Ruling(data.state, data.reason, data.note, data.words)
    return batch_shape(await decide_many(services, principal, site, ruling, data.choice))


@post(
    "/batches/{batch_id:uuid}/undo",
    operation_id="UndoBatch",
    summary="Undo a bulk decision",
    status_code=HTTP_200_OK,
    responses=problems(*CHANGE, SiteNotFound, DecisionNotFound),
)
async def take_back(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, batch_id: FromPath[UUID]
) -> BatchShape:
    """Comments that were decided again since then are left alone and reported as `stale`."""
    return batch_shape(await undo_many(services, principal, site, batch_id))


batches = Router(
    path="/sites/{site:str}", route_handlers=[make, take_back], cache_control=NO_STORE, tags=["Moderation"]
)
