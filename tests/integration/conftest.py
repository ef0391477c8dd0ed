"""Real stores for tests that call use cases and repositories directly: no HTTP, no worker process."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from redis.asyncio import Redis

from discuss import settings, wiring
from discuss.domain.accounts import Credential, Principal
from discuss.domain.articles import Article
from discuss.domain.sites import Rates, Site, SiteSettings
from discuss.embedded.valkey import EmbeddedValkey
from discuss.settings import Settings
from discuss.usecases.register_account import add_account
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services
from tests.databases import furnished
from tests.passwords import Remembered

GENEROUS = Rates(comments=100_000, log_ins=100_000, registrations=100_000, reports=100_000)
NUMBERS = count(1)
ONE = Registration("one", "https://example.org/one", "One", "en", datetime.now(UTC) - timedelta(days=1))


@pytest.fixture(scope="session")
def configured() -> Iterator[Settings]:
    home = Path(tempfile.mkdtemp(prefix="discuss-"))
    home.chmod(0o711)
    postgres, valkey = furnished(home / "postgres"), EmbeddedValkey(home / "valkey")
    postgres.start()
    valkey.start()
    yield settings.load(home=home, database_url=postgres.url, redis_url=valkey.url, database_pool=20)
    for store in (valkey, postgres):
        store.kill()
    shutil.rmtree(home)


@pytest.fixture(scope="session")
async def services(configured: Settings) -> AsyncIterator[Services]:
    async with wiring.services(configured) as made:
        yield replace(made, passwords=Remembered(made.passwords))


@pytest.fixture(scope="session")
async def redis(configured: Settings) -> AsyncIterator[Redis]:
    client = wiring.connect_redis(configured.redis_url)
    yield client
    await client.aclose()


@pytest.fixture
async def site(services: Services) -> Site:
    slug = f"site-{next(NUMBERS)}"
    return await register_site(services, slug, slug, settings=SiteSettings(rates=GENEROUS))


@pytest.fixture
async def reader(services: Services, site: Site) -> Principal:
    number = next(NUMBERS)
    account = await add_account(
        services, site.id, f"Reader {number}", f"reader{number}@example.org", "correct horse battery"
    )
    return Principal(Credential.BEARER, account, name=f"Reader {number}", site_id=site.id)


@pytest.fixture
async def article(services: Services, site: Site) -> Article:
    made, _ = await register_article(services, Principal(Credential.KEY, site_id=site.id), site.slug, ONE)
    return made
