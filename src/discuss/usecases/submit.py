"""A reader writes a comment: comment, revision and outbox row in one transaction, durable before the answer."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.comments import Comment, Revision
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.domain.text import clean_comment
from discuss.errors import CommentNotFound, InvalidInput
from discuss.limiting import Limit
from discuss.markup import render
from discuss.store import articles, comments, idempotency, sanctions, sites
from discuss.store.database import Tx
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
    comment_id = services.new_id()
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        author_id = require_role(principal, site.id, Role.READER)
        first = await _first_with_key(tx, services, site.id, author_id, submission, comment_id)
        if first is not None:
            known = await comments.newest(tx, site.id, first)
            return (await as_author_sees(tx, [known], services.clock()))[0]
        (await sanctions.standing(tx, site.id, author_id, services.clock())).require_voice()
        text = clean_comment(submission.text, site.settings.longest_comment)
        await services.limiter.check(Limit("comments", str(author_id), site.settings.rates.comments))
        (await articles.by_id(tx, site.id, submission.article_id)).require_open(services.clock())
        root_id, depth = await _thread(tx, site, submission, comment_id)
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
        await comments.add(tx, site.id, comment, revision)
    services.doorbell.ring_soon()
    return comment


async def _thread(tx: Tx, site: Site, submission: Submission, comment_id: UUID) -> tuple[UUID, int]:
    if submission.parent_id is None:
        return comment_id, 0
    parent = await comments.visible(tx, site.id, submission.parent_id)
    if not parent.visible or parent.article_id != submission.article_id:
        raise CommentNotFound("The comment you answer is not there (any more).")
    if parent.depth >= site.settings.deepest_reply:
        raise InvalidInput(
            f"Replies go at most {site.settings.deepest_reply} deep here. Answer a comment further up."
        )
    return parent.root_id, parent.depth + 1


async def _first_with_key(
    tx: Tx, services: Services, site_id: UUID, author_id: UUID, submission: Submission, comment_id: UUID
) -> UUID | None:
    if submission.idempotency_key is None:
        return None
    return await idempotency.claim(
        tx, site_id=site_id, account_id=author_id, route=ROUTE, key=submission.idempotency_key,
        fingerprint=submission.fingerprint, subject_id=comment_id, at=services.clock(),
    )  # fmt: skip
