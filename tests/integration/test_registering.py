"""Articles are registered by programs that do not know of each other, sites by people."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from discuss.domain.accounts import Credential, Principal
from discuss.domain.sites import Site
from discuss.errors import InvalidInput
from discuss.usecases.find_article import look_up_article
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.register_site import register_site
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


@pytest.mark.parametrize("asked", [{"url": "https://a\0b"}, {"external_id": "a\0b"}])
async def test_no_article_is_looked_for_by_what_cannot_be_stored(
    services: Services, site: Site, asked: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput, match="cannot be stored"):
        await look_up_article(services, site.slug, **({"url": None, "external_id": None} | asked))


@pytest.mark.parametrize("slug", ["assets", "log-in", "News", ""])
async def test_a_site_has_a_short_name_that_is_nothing_else_in_an_address(
    services: Services, slug: str
) -> None:
    with pytest.raises(InvalidInput):
        await register_site(services, slug, "A site")
