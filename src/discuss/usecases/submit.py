"""A reader writes a comment: comment, revision and outbox row in one transaction, committed before the answer."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from discuss.domain.accounts import Asker, Credential, Presented, Principal, Role, require_role
from discuss.domain.comments import Comment, Revision
from discuss.domain.states import State
from discuss.domain.text import clean_comment
from discuss.errors import ArticleNotFound, CommentNotFound, ReplyTooDeep, SiteNotFound
from discuss.limiting import Limit
from discuss.markup import rendered
from discuss.store import comments, grounds, idempotency, sanctions
from discuss.store.database import Tx
from discuss.store.grounds import Ground
from discuss.usecases.author_view import as_author_sees
from discuss.usecases.log_in import opened, who_holds
from discuss.usecases.services import Services

ROUTE = "submit"


@dataclass(frozen=True, slots=True)
class Submission:
    article_id: UUID
    text: str
    parent_id: UUID | None = None
    idempotency_key: str | None = None

    @property
    def fingerprint(self) -> bytes:
        parts = (str(self.article_id), str(self.parent_id), self.text)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True, slots=True)
class Writing:
    """A comment being written: who writes what, where, and what was read about the place."""

    services: Services
    principal: Principal
    author_id: UUID
    ground: Ground
    submission: Submission
    comment_id: UUID


async def submit(services: Services, asker: Asker, slug: str, submission: Submission) -> Comment:
    """The comment, pending. With an Idempotency-Key seen before, what that request created, as it is now.

    That holds even where nothing new may be written by now.

    Raises `SiteNotFound`, `ArticleNotFound`, `CommentNotFound` for the parent, `ArticleClosed`, `Unauthenticated`,
    `SessionEnded`, `KeyUnknown`, `Forbidden`, `AuthorBanned`, `AuthorMuted`, `RateLimited`, `IdempotencyMismatch`,
    `ReplyTooDeep` or one of the `text-…` errors.
    """
    key = submission.idempotency_key
    if isinstance(asker, Presented) and asker.credential is Credential.KEY:
        asker = await who_holds(services, asker)
    async with services.database.statement() as tx:
        session, ground = await grounds.ground(tx, slug, asker, submission.article_id, submission.parent_id)
        principal = opened(asker, session, services.clock()) if isinstance(asker, Presented) else asker
        if ground is None:
            raise SiteNotFound(f"There is no site called {slug}.")
        author_id = require_role(principal, ground.site.id, Role.READER)
        writing = Writing(services, principal, author_id, ground, submission, services.new_id())
        if key is None:  # One statement, on the connection that read the ground.
            comment = await _written(tx, writing)
            services.doorbell.ring_soon()
            return comment
    async with services.database.transaction() as tx:
        first = await _first_with_key(tx, writing, key)
        if first is not None:
            known = await comments.newest(tx, ground.site.id, first)
            return (await as_author_sees(tx, [known], services.clock()))[0]
        comment = await _written(tx, writing)
    services.doorbell.ring_soon()
    return comment


async def _first_with_key(tx: Tx, writing: Writing, key: str) -> UUID | None:
    return await idempotency.claim(
        tx, site_id=writing.ground.site.id, account_id=writing.author_id, route=ROUTE, key=key,
        fingerprint=writing.submission.fingerprint, subject_id=writing.comment_id, at=writing.services.clock(),
    )  # fmt: skip


async def _written(tx: Tx, writing: Writing) -> Comment:
    services, ground, submission = writing.services, writing.ground, writing.submission
    if ground.sanctioned:
        standing = await sanctions.standing(tx, ground.site.id, writing.author_id, services.clock())
        standing.require_voice()
    text = await _accepted(writing)
    root_id, depth = _thread(writing)
    now = services.clock()
    revision = Revision(
        id=services.new_id(), comment_id=writing.comment_id, number=1, source=text, html=await rendered(text), language=None,
        state=State.PENDING, decision_id=None, created_at=now,
    )  # fmt: skip
    comment = Comment(
        id=writing.comment_id, article_id=submission.article_id, parent_id=submission.parent_id, root_id=root_id,
        depth=depth, author_id=writing.author_id, author_name=writing.principal.name, created_at=now,
        first_visible_at=None, deleted_at=None, visible_revision_id=None, revision=revision,
    )  # fmt: skip
    await comments.add(tx, ground.site.id, comment, revision)
    return comment


async def _accepted(writing: Writing) -> str:
    """The text, if it may be written there now."""
    services, ground = writing.services, writing.ground
    text = clean_comment(writing.submission.text, ground.site.settings.longest_comment)
    limit = Limit("comments", str(writing.author_id), ground.site.settings.rates.comments)
    await services.limiter.check(limit)
    if ground.article is None:
        raise ArticleNotFound
    ground.article.require_open(services.clock())
    return text


def _thread(writing: Writing) -> tuple[UUID, int]:
    ground, parent_id = writing.ground, writing.submission.parent_id
    if parent_id is None:
        return writing.comment_id, 0
    if ground.parent is None:
        raise CommentNotFound("The comment you are replying to is not there (any more).")
    deepest = ground.site.settings.deepest_reply
    if ground.parent.depth >= deepest:
        raise ReplyTooDeep(
            f"Replies can go at most {deepest} deep here. Reply to a comment further up, or start a new thread.",
            deepest=deepest,
        )
    return ground.parent.root_id, ground.parent.depth + 1
