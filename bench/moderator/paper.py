"""A site of its own for each replay: some articles, many readers, one moderator."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from discuss.domain.accounts import Credential, Grant, Principal, Role
from discuss.domain.sites import Rates, SiteSettings
from discuss.store import accounts
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services

READERS, ARTICLES = 300, 20
_NO_LIMIT = 1_000_000
NO_HASH = "-"
"""Nobody logs in."""

_RATES = Rates(*[_NO_LIMIT] * 4)


@dataclass(frozen=True, slots=True)
class Paper:
    slug: str
    site_id: UUID
    articles: Sequence[UUID]
    readers: Sequence[Principal]
    moderator: Principal


async def found(services: Services, slug: str, settings: SiteSettings) -> Paper:
    site = await register_site(
        services, slug, slug, languages=("ru", "en"), settings=replace(settings, rates=_RATES)
    )
    readers = [await _person(services, site.id, f"Reader {number}") for number in range(READERS)]
    moderator = await _person(services, site.id, "Moderator")
    return Paper(
        slug,
        site.id,
        [await _article(services, slug, site.id, number) for number in range(ARTICLES)],
        readers,
        replace(moderator, grants=(Grant(Role.MODERATOR, site.id),)),
    )


async def _person(services: Services, site_id: UUID, name: str) -> Principal:
    account_id = services.new_id()
    async with services.database.transaction() as tx:
        await accounts.add(
            tx, account_id=account_id, site_id=site_id, name=name, email=f"{account_id}@example.org",
            password_hash=NO_HASH, at=services.clock() - timedelta(days=365),
        )  # fmt: skip
    return Principal(Credential.BEARER, account_id, name=name, site_id=site_id)


async def _article(services: Services, slug: str, site_id: UUID, number: int) -> UUID:
    story = Registration(
        f"story-{number}", f"https://news.example/{number}", f"Story {number}", "en",
        services.clock() - timedelta(hours=1),
    )  # fmt: skip
    made, _ = await register_article(services, Principal(Credential.KEY, site_id=site_id), slug, story)
    return made.id
