"""The further decision that takes a person's decision back."""

from collections.abc import Mapping
from uuid import UUID

from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.states import State
from discuss.usecases.services import Services


def compensating(
    services: Services, made: Decision, known: Mapping[UUID, Decision], actor_id: UUID | None, batch_id: UUID | None = None
) -> Decision:  # fmt: skip
    """Repeats what the decision before `made` said, with its reasons and words. A text never goes back to pending: it is held instead.

    `known` holds the decision before, if there was one.
    """
    before = known[made.previous_id] if made.previous_id else None
    return Decision(
        id=services.new_id(), site_id=made.site_id, revision_id=made.revision_id, previous_id=made.id,
        state=before.state if before else State.HELD, source=Source.PERSON, actor_id=actor_id,
        reasons=before.reasons if before else [Reason.OTHER], note=None, model=None, created_at=services.clock(),
        words=before.words if before else None, undoes=made.id, batch_id=batch_id,
    )  # fmt: skip
