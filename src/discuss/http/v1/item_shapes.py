"""How the API shows one comment with everything that is known about it."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from discuss.domain.comments import Comment
from discuss.domain.decisions import Reason
from discuss.domain.queue import Text
from discuss.domain.reports import Flood, Outcome, Reported
from discuss.domain.states import State
from discuss.http.v1.accounts import Account
from discuss.http.v1.alike import NearDuplicatesShape, alike_shape
from discuss.http.v1.author_shapes import (
    AuthorNoteShape,
    RecordShape,
    SanctionShape,
    note_shape,
    record_shape,
    sanction_shape,
)
from discuss.http.v1.queue_shapes import QueueItem, item_shape
from discuss.http.v1.record import EntryShape, entry_shape
from discuss.usecases.read_item import Dossier


class ParentShape(Struct):
    """The comment that this one answers, with its newest text in whatever state."""

    comment_id: UUID
    author: Account
    text: str
    state: State | None
    deleted: bool


class ReportedShape(Struct):
    """`accuracy`: how far the reporter is believed, from 0 to 1. `outcome` null: the report is open, or was withdrawn."""

    revision_id: UUID
    reporter: Account
    accuracy: float
    reason: Reason
    words: str | None
    created_at: datetime
    withdrawn_at: datetime | None
    outcome: Outcome | None


class FloodShape(Struct):
    """`reasons`: the number of open reports for each reason. `latest`: the newest 20 in full."""

    reasons: dict[Reason, int]
    latest: list[ReportedShape]


class TextShape(Struct):
    revision_id: UUID
    revision: int
    text: str
    language: str | None
    state: State
    created_at: datetime
    scores: dict[str, float]


class DossierShape(Struct):
    """`texts`: the revisions, oldest first. `decisions`: the decisions on any of them, newest first. At most 50 of each."""

    item: QueueItem
    parent: ParentShape | None
    author: RecordShape
    sanctions: list[SanctionShape]
    author_notes: list[AuthorNoteShape]
    reports: FloodShape
    alike: NearDuplicatesShape
    texts: list[TextShape]
    decisions: list[EntryShape]
    notes: list[AuthorNoteShape]


def dossier_shape(found: Dossier) -> DossierShape:
    return DossierShape(
        item_shape(found.item),
        _parent(found.parent),
        record_shape(found.author),
        [sanction_shape(one) for one in found.sanctions],
        [note_shape(note) for note in found.author_notes],
        _flood(found.reports),
        NearDuplicatesShape([alike_shape(one) for one in found.alike.items], found.alike.more),
        [_text(text) for text in found.texts],
        [entry_shape(entry) for entry in found.decisions],
        [note_shape(note) for note in found.notes],
    )


def _parent(parent: Comment | None) -> ParentShape | None:
    if parent is None:
        return None
    text, state = ("", None) if parent.revision is None else (parent.revision.source, parent.revision.state)
    author = Account(parent.author_id, parent.author_name)
    return ParentShape(parent.id, author, text, state, parent.deleted_at is not None)


def _flood(flood: Flood) -> FloodShape:
    return FloodShape(dict(flood.reasons), [_reported(one) for one in flood.latest])


def _reported(one: Reported) -> ReportedShape:
    return ReportedShape(
        one.revision_id, Account(one.reporter_id, one.reporter_name), one.accuracy, one.reason, one.words, one.created_at,
        one.withdrawn_at, one.outcome,
    )  # fmt: skip


def _text(text: Text) -> TextShape:
    scores = {heard.label: heard.probability for heard in text.signals}
    return TextShape(text.id, text.number, text.source, text.language, text.state, text.created_at, scores)
