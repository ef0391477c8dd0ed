"""Reads one comment, an article's published comments, one's own, and the decisions about a revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from discuss.domain import cursors
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.articles import Article
from discuss.domain.comments import Comment
from discuss.domain.decisions import Decision
from discuss.errors import ArticleNotFound, CommentNotFound
from discuss.store import articles, comments, decisions, revisions, sites
from discuss.usecases.author_view import as_author_sees, as_staff_sees
from discuss.usecases.services import Services

OWN = 20
"""How many of one's own comments on an article are read: the newest."""


@dataclass(frozen=True, slots=True)
class CommentPage:
    article: Article
    comments: Sequence[Comment]
    next_cursor: str | None


async def read_comment(
    services: Services, principal: Principal, slug: str, comment_id: UUID
) -> tuple[Comment, bool]:
    """The comment, and whether this principal sees more of it than readers do.

    Authors see their newest text in any state, moderators see everything. Raises `CommentNotFound` for what the principal may not see.
    """
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        newest = await comments.newest(tx, site.id, comment_id)
        is_author = principal.account_id == newest.author_id and newest.deleted_at is None
        if principal.role_at(site.id) >= Role.MODERATOR:
            return await as_staff_sees(tx, newest), True
        if is_author:
            return (await as_author_sees(tx, [newest], services.clock()))[0], True
        article = await articles.by_id(tx, site.id, newest.article_id)
        if not newest.visible or not article.shown_at(services.clock()):
            raise CommentNotFound
        return await comments.visible(tx, site.id, comment_id), False


async def read_own(
    services: Services, principal: Principal, slug: str, article_id: UUID
) -> Sequence[Comment]:
    """One's own latest comments on an article, in any state, newest first.

    Raises `SiteNotFound`, `ArticleNotFound`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        account_id = require_role(principal, site.id, Role.READER)
        article = await articles.by_id(tx, site.id, article_id)
        if not article.shown_at(services.clock()):
            raise ArticleNotFound
        return await as_author_sees(
            tx, await comments.of_author(tx, article.id, account_id, OWN), services.clock()
        )


async def read_thread(
    services: Services, slug: str, article_id: UUID, cursor: str | None, limit: int, *, newest_first: bool
) -> CommentPage:
    """Raises `SiteNotFound`, `ArticleNotFound` or `CursorInvalid`."""
    after = None if cursor is None else cursors.decode(cursor)
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        article = await articles.by_id(tx, site.id, article_id)
        if not article.shown_at(services.clock()):
            raise ArticleNotFound
        found = await comments.page(tx, article.id, after, limit + 1, newest_first=newest_first)
    shown = found[:limit]
    more = cursors.encode(shown[-1].created_at, shown[-1].id) if len(found) > limit else None
    return CommentPage(article, shown, more)


async def read_decisions(
    services: Services, principal: Principal, slug: str, revision_id: UUID
) -> Sequence[Decision]:
    """Every decision about a revision. Raises `SiteNotFound`, `RevisionNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        await revisions.article_of(tx, site.id, revision_id)
        return await decisions.of_revision(tx, revision_id)
