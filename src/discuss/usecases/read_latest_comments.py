"""The latest comments of a site or an article as a finished document: RSS, Atom or JSON Feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import urldefrag, urlencode, urljoin
from uuid import UUID, uuid5

from discuss.domain.articles import Article
from discuss.domain.latest_comments import LatestComment
from discuss.domain.sites import Site
from discuss.interop.document import Document
from discuss.interop.entries import Channel, Entry, Parent, Total
from discuss.interop.formats import Format
from discuss.store import articles, latest_comments, sites
from discuss.usecases.services import Services

MOST = 50
DESCRIPTIONS = {"ru": "Последние комментарии", "en": "Latest comments"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which document: of a site or of one of its articles, in one format, with at most `limit` comments.

    `language`: that of the articles; None: all. `base_url`: where this service is reached from outside.
    """

    base_url: str
    slug: str
    format: Format
    article_id: UUID | None = None
    language: str | None = None
    limit: int = MOST

    def url(self) -> str:
        given = {"limit": self.limit if self.limit < MOST else None, "lang": self.language}
        query = urlencode({name: value for name, value in given.items() if value is not None})
        return self.feed_url(self.article_id) + (f"?{query}" if query else "")

    def feed_url(self, article_id: UUID | None) -> str:
        under = "" if article_id is None else f"/articles/{article_id}"
        return f"{self.base_url}/api/v1/sites/{self.slug}{under}/comments.{self.format.extension}"


async def read_latest_comments(services: Services, wanted: Wanted) -> Document:
    """Raises `SiteNotFound`, `ArticleNotFound`, or `Unavailable` if PostgreSQL is away and nothing is kept."""
    return await services.documents.get(wanted, partial(_read, services, wanted))


async def _read(services: Services, wanted: Wanted, before: Document | None) -> Document:
    if wanted.article_id is None:
        channel = await _of_site(services, wanted)
    else:
        channel = await _of_article(services, wanted, wanted.article_id)
    return Document.of(wanted.format.write(channel), services.clock(), before)


async def _of_site(services: Services, wanted: Wanted) -> Channel:
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, wanted.slug)
        found = await latest_comments.of_site(tx, site.id, wanted.language, services.clock(), wanted.limit)
    language = wanted.language or site.languages[0]
    # A site has no address of its own here: its home is where its articles are.
    home = urljoin(found[0].article_url, "/") if found else wanted.base_url
    return Channel(
        id=_urn(uuid5(site.id, f"comments {wanted.language or ''}")),
        title=site.name,
        description=_description(language),
        language=language,
        home_url=home,
        self_url=wanted.url(),
        updated=_newest(found, site.created_at),
        entries=[_entry(wanted, comment) for comment in found],
    )


async def _of_article(services: Services, wanted: Wanted, article_id: UUID) -> Channel:
    site, article, found = await _read_article(services, wanted, article_id)
    return Channel(
        id=_urn(uuid5(article.id, "comments")),
        title=f"{article.title} — {site.name}",
        description=_description(article.language),
        language=article.language,
        home_url=article.url,
        self_url=wanted.url(),
        updated=_newest(found, article.published_at),
        entries=[_entry(wanted, comment) for comment in found],
        total=Total(article.comment_count, article.last_comment_at),
    )


async def _read_article(
    services: Services, wanted: Wanted, article_id: UUID
) -> tuple[Site, Article, Sequence[LatestComment]]:
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, wanted.slug)
        article = (await articles.by_id(tx, site.id, article_id)).require_shown(services.clock())
        return site, article, await latest_comments.of_article(tx, article.id, wanted.limit)


def _entry(wanted: Wanted, comment: LatestComment) -> Entry:
    return Entry(
        id=_urn(comment.id),
        url=_permalink(comment.article_url, comment.id),
        title=f"{comment.author_name}: {comment.article_title}",
        author=comment.author_name,
        html=comment.html,
        published=comment.first_visible_at,
        updated=comment.updated_at,
        parent=_parent(wanted, comment),
        replies=comment.replies,
        about=comment.article_title,
        about_feed_url=wanted.feed_url(comment.article_id),
    )


def _parent(wanted: Wanted, comment: LatestComment) -> Parent:
    if comment.parent_id is None:
        return Parent(_urn(comment.article_id), comment.article_url, is_article=True)
    url, feed_url = _permalink(comment.article_url, comment.parent_id), wanted.feed_url(comment.article_id)
    return Parent(_urn(comment.parent_id), url, is_article=False, feed_url=feed_url)


def _permalink(article_url: str, comment_id: UUID) -> str:
    return f"{urldefrag(article_url).url}#comment-{comment_id}"


def _urn(name: UUID) -> str:
    """An id that stays the same wherever the site or this service moves."""
    return name.urn


def _newest(found: Sequence[LatestComment], otherwise: datetime) -> datetime:
    return max((comment.updated_at for comment in found), default=otherwise)


def _description(language: str) -> str:
    return DESCRIPTIONS.get(language, DESCRIPTIONS["en"])
