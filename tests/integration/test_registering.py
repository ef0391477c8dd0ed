"""Articles are registered by programs that do not know of each other, sites and accounts by people."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from discuss.domain.accounts import Credential, Principal
from discuss.domain.sites import Site
from discuss.domain.text import LOOK_FROM, LOOK_TO
from discuss.errors import InvalidInput, NameTaken
from discuss.usecases.find_article import look_up_article
from discuss.usecases.register_account import add_account
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


async def register(services: Services, site: Site | None, name: str) -> None:
    email = f"{services.new_id()}@example.org"
    await add_account(services, site.id if site else None, name, email, "a long password")


@pytest.mark.parametrize("alike", ["Реtr К.", "PETR K.", "Рetr K."])
async def test_nobody_registers_under_a_name_that_looks_like_a_readers(
    services: Services, site: Site, alike: str
) -> None:
    await register(services, site, "Petr K.")
    with pytest.raises(NameTaken):
        await register(services, site, alike)
    await register(services, site, "Piotr K.")
    await register(services, await register_site(services, f"{site.slug}-other", "Other"), alike)


async def test_nobody_registers_under_a_name_that_looks_like_one_of_the_staff(
    services: Services, site: Site
) -> None:
    await register(services, None, "Max Moderator")
    with pytest.raises(NameTaken):
        await register(services, site, "Мах Мoderator")


async def test_the_database_folds_looks_as_the_domain_does(services: Services) -> None:
    async with services.database.reading() as tx:
        made = await tx.scalar(text("SELECT pg_get_indexdef('ix_accounts_look'::regclass)"))
    assert f"'{LOOK_FROM}'::text, '{LOOK_TO}'::text" in made
