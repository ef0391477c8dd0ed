"""An article as its site registered it, with the facts the feed shows about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from discuss.domain.text import require_url
from discuss.errors import ArticleClosed, ArticleNotFound, InvalidInput

LONGEST_URL = 2000


def is_address(url: str) -> bool:
    """Whether an article can be registered at this address. Other addresses are never looked up: PostgreSQL rejects a NUL even in a query."""
    try:
        return len(url) <= LONGEST_URL and bool(require_url(url))
    except InvalidInput:
        return False


class Commenting(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    PREMODERATED = "premoderated"


@dataclass(frozen=True, slots=True)
class Article:
    id: UUID
    site_id: UUID
    external_id: str
    url: str
    title: str
    language: str
    tags: tuple[str, ...]
    commenting: Commenting
    published_at: datetime
    withdrawn_at: datetime | None
    version: int
    comment_count: int
    last_comment_at: datetime | None
    last_bump_at: datetime | None = None
    edition_group: UUID | None = None
    rating_up: int = 0
    rating_down: int = 0
    views: int = 0

    @property
    def last_activity_at(self) -> datetime:
        """The later of publication and the last visible comment."""
        return max(self.published_at, self.last_comment_at or self.published_at)

    def active_at(self, *, anti_bump: bool) -> datetime:
        """What the feed sorts by. With `anti_bump`, further comments by the same author in a row do not move the article up."""
        return (
            max(self.published_at, self.last_bump_at or self.published_at)
            if anti_bump
            else self.last_activity_at
        )

    @property
    def row_id(self) -> UUID:
        """The feed row that shows the article: its own, or the one it shares with its editions."""
        return self.edition_group or self.id

    def shown_at(self, now: datetime) -> bool:
        """Whether readers may see it: published by now and not withdrawn."""
        return self.withdrawn_at is None and self.published_at <= now

    def require_shown(self, now: datetime) -> "Article":
        """This article. Raises `ArticleNotFound` if readers may not see it."""
        if not self.shown_at(now):
            raise ArticleNotFound
        return self

    def require_open(self, now: datetime) -> None:
        """Raises `ArticleNotFound` if readers may not see it, `ArticleClosed` if commenting is closed."""
        self.require_shown(now)
        if self.commenting is Commenting.CLOSED:
            raise ArticleClosed
