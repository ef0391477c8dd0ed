"""The site registers its articles; registering the same thing twice changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from discuss.domain.accounts import Principal, require_site_key
from discuss.domain.articles import Article, Commenting
from discuss.domain.events import Fact, Topic
from discuss.domain.text import clean_line, composed, require_seen, require_url
from discuss.errors import InvalidInput
from discuss.store import articles, outbox, sites
from discuss.usecases.services import Services

EARLIEST, LATEST = datetime(1700, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Instants that Redis can still tell apart by the microsecond, and that every zone can write down."""


@dataclass(frozen=True, slots=True)
class Registration:
    external_id: str
    url: str
    title: str
    language: str
    published_at: datetime
    tags: Sequence[str] = ()
    commenting: Commenting = Commenting.OPEN
    withdrawn: bool = False


async def register_article(
    services: Services, principal: Principal, slug: str, registration: Registration
) -> tuple[Article, bool]:
    """The article, and whether it is new.

    Raises `SiteNotFound`, `Unauthenticated`, `Forbidden`, or `InvalidInput` for a registration that cannot be shown.
    """
    _require_showable(registration)
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        require_site_key(principal, site.id)
        known = await articles.by_external_id(tx, site.id, registration.external_id, lock=True)
        wanted = _wanted(services, site.id, registration, known)
        new = known is None and await articles.add(tx, wanted, services.clock())
        if not new:
            known = known or await articles.by_external_id(tx, site.id, registration.external_id, lock=True)
            wanted = _wanted(services, site.id, registration, known)
            if wanted == known:
                return wanted, False
            await articles.change(tx, wanted)
        await outbox.put(tx, [Fact.at_once(Topic.ARTICLE_CHANGED, site.id, wanted.id, services.clock())])
    services.doorbell.ring()
    return wanted, new


def _require_showable(registration: Registration) -> None:
    require_url(registration.url)
    require_seen(registration.external_id, "external id")
    for tag in registration.tags:
        require_seen(tag, "tag")
    if not EARLIEST <= registration.published_at <= LATEST:
        raise InvalidInput(
            f"The publication date must be between the years {EARLIEST.year} and {LATEST.year}."
        )


def _wanted(services: Services, site_id: UUID, registration: Registration, known: Article | None) -> Article:
    base = known or Article(
        id=services.new_id(), site_id=site_id, external_id=registration.external_id, url="", title="", language="",
        tags=(), commenting=Commenting.OPEN, published_at=registration.published_at, withdrawn_at=None, version=1,
        comment_count=0, last_comment_at=None,
    )  # fmt: skip
    return replace(
        base,
        url=registration.url,
        title=clean_line(registration.title, "title", 500, joiners=True),
        language=registration.language,
        tags=tuple(composed(tag) for tag in registration.tags),
        commenting=registration.commenting,
        published_at=registration.published_at,
        withdrawn_at=(base.withdrawn_at or services.clock()) if registration.withdrawn else None,
    )
