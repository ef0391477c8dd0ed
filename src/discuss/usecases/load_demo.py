"""Loads the demo site. It can be run any number of times, goes on from wherever an earlier run stopped, and always ends with the same site."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

from discuss.domain.accounts import Credential, Grant, Principal, Role
from discuss.domain.sites import Rates, Site, SiteSettings
from discuss.errors import CommentNotFound, NameTaken, SiteNotFound
from discuss.store import accounts
from discuss.usecases.demo_content import (
    SLUG,
    DemoArticle,
    DemoComment,
    DemoPeople,
    DemoPerson,
    demo_articles,
    demo_comments,
    demo_people,
)
from discuss.usecases.find_article import look_up_article
from discuss.usecases.read_comments import read_comment
from discuss.usecases.register_account import add_account, grant_role
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.register_site import find_site, register_site
from discuss.usecases.services import Services
from discuss.usecases.submit import Submission, submit

NAME = "Defence Review / Военное обозрение"
ZONE = "Europe/Moscow"
LANGUAGES = ("ru", "en")
RATES = Rates(comments=600, log_ins=600, registrations=600)


async def load_demo(services: Services, base_url: str) -> DemoPeople:
    """Returns the log-ins. Comments wait for the worker like any others; articles lie under `base_url`/demo/."""
    people = demo_people()
    site = await _site(services)
    moderator = await _moderator(services, site, people.moderator)
    for article in reversed(demo_articles()):  # oldest first, as a site would
        await _article(services, site, article, base_url)
    readers = {reader.email: await _reader(services, site, reader) for reader in people.readers}
    for comment in demo_comments():
        if not await _is_there(services, moderator, site, comment):
            await _submit(services, site, readers[comment.reader], comment)
    return people


async def _site(services: Services) -> Site:
    try:
        return await find_site(services, SLUG)
    except SiteNotFound:
        with suppress(NameTaken):  # by another run at the same time
            await register_site(services, SLUG, NAME, ZONE, LANGUAGES, SiteSettings(rates=RATES))
        return await find_site(services, SLUG)


async def _reader(services: Services, site: Site, person: DemoPerson) -> Principal:
    account_id = await _account(services, site, person)
    return Principal(account_id=account_id, name=person.name, site_id=site.id)


async def _moderator(services: Services, site: Site, person: DemoPerson) -> Principal:
    account_id = await _account(services, site, person)
    await grant_role(services, account_id, Role.MODERATOR, site.id)
    return Principal(account_id=account_id, grants=(Grant(Role.MODERATOR, site.id),))


async def _account(services: Services, site: Site, person: DemoPerson) -> UUID:
    known = await _known(services, site, person)
    if known is not None:
        return known
    try:
        return await add_account(services, site.id, person.name, person.email, person.password)
    except NameTaken:
        made = await _known(services, site, person)
        if made is None:
            raise  # somebody else has this name
        return made


async def _known(services: Services, site: Site, person: DemoPerson) -> UUID | None:
    async with services.database.reading() as tx:
        found = await accounts.credentials(tx, site.id, person.email)
    return None if found is None else found.id


async def _article(services: Services, site: Site, article: DemoArticle, base_url: str) -> None:
    published = site.created_at.replace(second=0, microsecond=0) - timedelta(minutes=article.minutes_ago)
    registration = Registration(
        external_id=article.id,
        url=f"{base_url}/demo/articles/{article.id}",
        title=article.title,
        language=article.language,
        published_at=published,
    )
    await register_article(services, Principal(Credential.KEY, site_id=site.id), site.slug, registration)


async def _is_there(services: Services, moderator: Principal, site: Site, comment: DemoComment) -> bool:
    """Asks as a moderator, who also sees comments that are held, rejected or deleted."""
    try:
        await read_comment(services, moderator, site.slug, _id(site, comment))
    except CommentNotFound:
        return False
    return True


async def _submit(services: Services, site: Site, reader: Principal, comment: DemoComment) -> None:
    """With the idempotency key, two runs at once write one comment. The key is forgotten after a day, the comment's id is not."""
    article = await look_up_article(services, site.slug, external_id=comment.article, url=None)
    ids = iter((_id(site, comment), uuid5(_id(site, comment), "1")))
    named = replace(services, new_id=lambda: next(ids))
    await submit(named, reader, site.slug, Submission(article.id, comment.text, idempotency_key=comment.id))


def _id(site: Site, comment: DemoComment) -> UUID:
    return uuid5(site.id, comment.id)
