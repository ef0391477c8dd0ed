"""How the API shows authors, their sanctions and removals."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from discuss.domain.authors import LatestComment, Record, Reporting, Tally
from discuss.domain.decisions import Reason
from discuss.domain.notes import Note
from discuss.domain.removals import Removal
from discuss.domain.reports import Outcome
from discuss.domain.sanctions import Sanction, Sanctioned
from discuss.domain.states import State
from discuss.http.v1.accounts import Account
from discuss.usecases.read_author import AuthorPage


class RecordShape(Struct):
    """Comments by the state of their newest decided text, and reports against the author, each counted up to 100.

    `recently_rejected`: the share of rejections among the latest 20 decided comments. `sanctions`: the kinds in force.
    """

    account: Account
    registered_at: datetime
    published: int
    held: int
    rejected: int
    recently_rejected: float
    reports_upheld: int
    reports_dismissed: int
    notes: int
    sanctions: list[Sanction]


class AuthorsShape(Struct):
    items: list[RecordShape]
    next_cursor: str | None


class SanctionShape(Struct):
    """`until` null: until it is lifted. `words`: what the author was told."""

    id: UUID
    kind: Sanction
    reason: Reason
    words: str | None
    until: datetime | None
    actor_id: UUID
    created_at: datetime
    lifted_at: datetime | None
    lifted_by: UUID | None


class RemovalShape(Struct):
    """`done` of `total` comments have been dealt with. `finished_at` null: the worker has not finished.

    The decisions have the `id` as their `batch_id`.
    """

    id: UUID
    reason: Reason
    words: str | None
    since: datetime | None
    until: datetime
    total: int
    done: int
    actor_id: UUID
    created_at: datetime
    finished_at: datetime | None


class AuthorNoteShape(Struct):
    id: UUID
    author: Account
    text: str
    created_at: datetime


class TallyShape(Struct):
    """All comments by the state of their newest decided text, and all reports against the author except withdrawn ones."""

    published: int
    held: int
    rejected: int
    reports_open: int
    reports_upheld: int
    reports_dismissed: int


class ReportingShape(Struct):
    """The author's own reports. `accuracy`: how far they are believed, from 0 to 1; 0.5 where nothing is known."""

    open: int
    upheld: int
    dismissed: int
    accuracy: float


class LatestCommentShape(Struct):
    id: UUID
    revision_id: UUID
    text: str
    state: State
    deleted: bool
    created_at: datetime
    article_id: UUID
    article_title: str


class AuthorShape(Struct):
    """`email` is shown to admins of the site only, and only for accounts of the site. `staff`: a moderator or admin here."""

    record: RecordShape
    staff: bool
    tally: TallyShape
    reporting: ReportingShape
    sanctions: list[SanctionShape]
    removals: list[RemovalShape]
    notes: list[AuthorNoteShape]
    latest_comments: list[LatestCommentShape]
    email: str | UnsetType = UNSET


def record_shape(record: Record) -> RecordShape:
    return RecordShape(
        Account(record.account_id, record.name), record.registered_at, record.published, record.held, record.rejected,
        record.recently_rejected, record.upheld, record.dismissed, record.notes, sorted(record.sanctions),
    )  # fmt: skip


def sanction_shape(laid: Sanctioned) -> SanctionShape:
    return SanctionShape(
        laid.id, laid.kind, laid.reason, laid.words, laid.until, laid.actor_id, laid.created_at, laid.lifted_at,
        laid.lifted_by,
    )  # fmt: skip


def removal_shape(removal: Removal) -> RemovalShape:
    return RemovalShape(
        removal.id, removal.reason, removal.words, removal.since, removal.until, removal.total, removal.done,
        removal.actor_id, removal.created_at, removal.finished_at,
    )  # fmt: skip


def note_shape(note: Note) -> AuthorNoteShape:
    return AuthorNoteShape(note.id, Account(note.actor_id, note.actor_name), note.text, note.created_at)


def author_shape(page: AuthorPage) -> AuthorShape:
    return AuthorShape(
        record_shape(page.record),
        page.staff,
        _tally(page.tally),
        _reporting(page.reporting),
        [sanction_shape(laid) for laid in page.sanctions],
        [removal_shape(removal) for removal in page.removals],
        [note_shape(note) for note in page.notes],
        [_latest(comment) for comment in page.latest],
        UNSET if page.email is None else page.email,
    )


def _tally(tally: Tally) -> TallyShape:
    by_state = [tally.comments.get(state, 0) for state in (State.PUBLISHED, State.HELD, State.REJECTED)]
    by_outcome = [tally.reports.get(name, 0) for name in ("open", Outcome.UPHELD, Outcome.DISMISSED)]
    return TallyShape(*by_state, *by_outcome)


def _reporting(reporting: Reporting) -> ReportingShape:
    return ReportingShape(reporting.open, reporting.upheld, reporting.dismissed, reporting.accuracy)


def _latest(comment: LatestComment) -> LatestCommentShape:
    return LatestCommentShape(
        comment.id, comment.revision_id, comment.source, comment.state, comment.deleted, comment.created_at,
        comment.article_id, comment.article_title,
    )  # fmt: skip
