"""A reader writes a comment: comment, revision and outbox row in one transaction, durable before the answer."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.comments import Comment, Revision
from discuss.domain.states import State
from discuss.domain.text import clean_comment
from discuss.errors import ArticleNotFound, CommentNotFound, InvalidInput
from discuss.limiting import Limit
from discuss.markup import render
from discuss.store import comments, grounds, idempotency, sanctions
from discuss.store.database import Tx
from discuss.store.grounds import Ground
from discuss.usecases.author_view import as_author_sees
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


async def submit(services: Services, principal: Principal, slug: str, submission: Submission) -> Comment:
    """The comment, pending. With an Idempotency-Key seen before: what that request made, as it is now.

    That holds even where nothing new may be written any more.

    Raises `SiteNotFound`, `ArticleNotFound`, `CommentNotFound` for the parent, `ArticleClosed`, `Unauthenticated`,
    `Forbidden`, `AuthorBanned`, `AuthorMuted`, `RateLimited`, `IdempotencyMismatch` or one of the `text-…` errors.
    """
    database, comment_id = services.database, services.new_id()
    async with database.reading() as tx:
        asked = principal.account_id, submission.article_id, submission.parent_id
        ground = await grounds.ground(tx, slug, *asked)
    author_id = require_role(principal, ground.site.id, Role.READER)
    # The comment is one statement, the key another.
    async with database.transaction() if submission.idempotency_key else database.statement() as tx:
        first = await _first_with_key(tx, services, ground.site.id, author_id, submission, comment_id)
        if first is not None:
            known = await comments.newest(tx, ground.site.id, first)
            return (await as_author_sees(tx, [known], services.clock()))[0]
        if ground.sanctioned:
            standing = await sanctions.standing(tx, ground.site.id, author_id, services.clock())
            standing.require_voice()
        text = await _accepted(services, ground, author_id, submission)
        root_id, depth = _thread(ground, submission, comment_id)
        now = services.clock()
        revision = Revision(
            id=services.new_id(), comment_id=comment_id, number=1, source=text, html=render(text), language=None,
            state=State.PENDING, decision_id=None, created_at=now,
        )  # fmt: skip
        comment = Comment(
            id=comment_id, article_id=submission.article_id, parent_id=submission.parent_id, root_id=root_id,
            depth=depth, author_id=author_id, author_name=principal.name, created_at=now, first_visible_at=None,
            deleted_at=None, visible_revision_id=None, revision=revision,
        )  # fmt: skip
        await comments.add(tx, ground.site.id, comment, revision)
    services.doorbell.ring_soon()
    return comment


async def _accepted(services: Services, ground: Ground, author_id: UUID, submission: Submission) -> str:
    """The text, if it may be written there now."""
    settings = ground.site.settings
    text = clean_comment(submission.text, settings.longest_comment)
    await services.limiter.check(Limit("comments", str(author_id), settings.rates.comments))
    if ground.article is None:
        raise ArticleNotFound
    ground.article.require_open(services.clock())
    return text


def _thread(ground: Ground, submission: Submission, comment_id: UUID) -> tuple[UUID, int]:
    if submission.parent_id is None:
        return comment_id, 0
    if ground.parent is None:
        raise CommentNotFound("The comment you answer is not there (any more).")
    deepest = ground.site.settings.deepest_reply
    if ground.parent.depth >= deepest:
        raise InvalidInput(f"Replies go at most {deepest} deep here. Answer a comment further up.")
    return ground.parent.root_id, ground.parent.depth + 1


async def _first_with_key(
    tx: Tx, services: Services, site_id: UUID, author_id: UUID, submission: Submission, comment_id: UUID
) -> UUID | None:
    if submission.idempotency_key is None:
        return None
    return await idempotency.claim(
        tx, site_id=site_id, account_id=author_id, route=ROUTE, key=submission.idempotency_key,
        fingerprint=submission.fingerprint, subject_id=comment_id, at=services.clock(),
    )  # fmt: skip
