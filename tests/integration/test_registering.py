"""Articles are registered by programs that know nothing of each other."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from discuss.domain.accounts import Credential, Principal
from discuss.domain.sites import Site
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.services import Services

REGISTRATION = Registration(
    "same", "https://example.org/same", "Same", "en", datetime(2026, 1, 1, tzinfo=UTC)
)


async def test_many_registrations_of_one_article_at_once_make_one_article(
    services: Services, site: Site
) -> None:
    key = Principal(Credential.KEY, site_id=site.id)
    variants = [replace(REGISTRATION, title=f"Title {number % 2}") for number in range(12)]
    made = await asyncio.gather(
        *(register_article(services, key, site.slug, variant) for variant in variants)
    )
    assert len({article.id for article, _ in made}) == 1
    assert sum(new for _, new in made) == 1
