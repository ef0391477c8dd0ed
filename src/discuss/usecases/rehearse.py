"""A site made for one replay: its readers' tokens, its key, limits that nobody reaches, and how its comments fared."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from discuss.domain.accounts import Credential
from discuss.domain.sites import Rates, Site, SiteSettings
from discuss.store import outcomes
from discuss.store.outcomes import Outcome
from discuss.usecases.issue_key import issue_key
from discuss.usecases.log_in import open_session
from discuss.usecases.register_account import add_account
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services

NO_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Rehearsal:
    site: Site
    key: str
    tokens: Sequence[str]


async def rehearse(services: Services, readers: int) -> Rehearsal:
    slug = f"replay-{services.clock():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    rates = Rates(comments=NO_LIMIT, log_ins=NO_LIMIT, registrations=NO_LIMIT)
    site = await register_site(
        services, slug, slug, settings=SiteSettings(rates=rates, longest_comment=20_000)
    )
    tokens = [await _reader(services, site, number) for number in range(readers)]
    return Rehearsal(site, await issue_key(services, site.id, "replay"), tokens)


async def _reader(services: Services, site: Site, number: int) -> str:
    name = f"Reader {number + 1}"
    account_id = await add_account(
        services, site.id, name, f"reader{number + 1}@{site.slug}.invalid", secrets.token_hex(16)
    )
    return (await open_session(services, account_id, name, Credential.BEARER)).token


async def still_pending(services: Services, site: Site) -> int:
    async with services.database.reading() as tx:
        return await outcomes.pending(tx, site.id)


async def how_it_went(services: Services, site: Site) -> Sequence[Outcome]:
    async with services.database.reading() as tx:
        return await outcomes.of_site(tx, site.id)
