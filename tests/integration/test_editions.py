"""Linking translations while others link, vote and read: nobody waits for ever, and the feed is told of every member."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import select

from discuss.domain.accounts import Credential, Principal
from discuss.domain.articles import Article
from discuss.domain.events import Topic
from discuss.domain.sites import Site
from discuss.domain.votes import Vote
from discuss.errors import ArticleNotFound, Forbidden, InvalidInput
from discuss.store import articles
from discuss.store.tables import outbox
from discuss.usecases.find_editions import find_editions
from discuss.usecases.link_editions import link_editions, unlink_edition
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services
from discuss.usecases.vote import vote

LANGUAGES = ("ru", "en", "de", "fr", "it", "es")


def key_of(site: Site) -> Principal:
    return Principal(Credential.KEY, site_id=site.id)


async def edition(services: Services, site: Site, article: Article, name: str, **fields: object) -> Article:
    said = Registration(name, f"https://example.org/{name}", name, name, article.published_at)
    made, _ = await register_article(services, key_of(site), site.slug, replace(said, **fields))
    return made


@pytest.fixture
async def six(services: Services, site: Site, article: Article) -> list[Article]:
    return [await edition(services, site, article, language) for language in LANGUAGES]


async def now(services: Services, made: Sequence[Article]) -> list[Article]:
    async with services.database.reading() as tx:
        found = {article.id: article for article in await articles.with_ids(tx, [a.id for a in made])}
    return [found[article.id] for article in made]


async def told(services: Services, site: Site) -> Counter[str]:
    """How many facts about each article wait to be taken to the feed."""
    async with services.database.reading() as tx:
        ids = await tx.scalars(
            select(outbox.c.subject_id).where(
                outbox.c.site_id == site.id, outbox.c.topic == Topic.ARTICLE_CHANGED
            )
        )
        return Counter(a.external_id for a in [await articles.by_id(tx, site.id, id_) for id_ in ids])


def groups(made: Sequence[Article]) -> set[frozenset[str]]:
    linked = {article.edition_group for article in made} - {None}
    return {frozenset(a.language for a in made if a.edition_group == group) for group in linked}


async def link(services: Services, site: Site, *external_ids: str) -> Sequence[Article]:
    return await link_editions(services, key_of(site), site.slug, external_ids)


async def test_linking_raises_the_version_of_every_member_and_of_who_is_left_alone(
    services, site, six
) -> None:
    facts = await told(services, site)
    await link(services, site, "ru", "en", "de")
    assert await told(services, site) - facts == Counter(ru=1, en=1, de=1)
    await link(services, site, "ru", "fr", "en")
    after = await now(services, six)
    assert groups(after) == {frozenset({"ru", "en", "fr"})}
    assert [article.version - before.version for article, before in zip(after, six, strict=True)] == [
        2,
        2,
        2,
        1,
        0,
        0,
    ]
    assert await told(services, site) - facts == Counter(ru=2, en=2, de=2, fr=1)


async def test_those_who_stay_behind_stay_together(services, site, six) -> None:
    await link(services, site, "ru", "en", "de", "fr")
    await link(services, site, "ru", "it")
    after = await now(services, six)
    assert groups(after) == {frozenset({"en", "de", "fr"}), frozenset({"ru", "it"})}
    assert [article.version - before.version for article, before in zip(after, six, strict=True)] == [
        2,
        1,
        1,
        1,
        1,
        0,
    ]


async def test_saying_the_same_again_changes_nothing(services, site, six) -> None:
    await link(services, site, "ru", "en")
    before, facts = await now(services, six), await told(services, site)
    await link(services, site, "en", "ru")
    await unlink_edition(services, key_of(site), site.slug, six[5].id)
    assert (await now(services, six), await told(services, site)) == (before, facts)


async def test_the_last_but_one_who_leaves_dissolves_the_group(services, site, six) -> None:
    await link(services, site, "ru", "en", "de")
    for article, left in ((six[0], {frozenset({"en", "de"})}), (six[1], set())):
        await unlink_edition(services, key_of(site), site.slug, article.id)
        assert groups(await now(services, six)) == left


async def test_only_the_sites_own_articles_in_different_languages_are_linked(
    services, site, article, six
) -> None:
    other = await register_site(services, f"{site.slug}-b", "Other")
    with pytest.raises(ArticleNotFound, match="no article ru"):
        await link(services, other, "ru", "en")
    with pytest.raises(ArticleNotFound, match="no article nowhere"):
        await link(services, site, "ru", "nowhere")
    with pytest.raises(InvalidInput, match="language en"):
        await link(services, site, "en", article.external_id)
    with pytest.raises(Forbidden):
        await link_editions(services, key_of(other), site.slug, ["ru", "en"])
    with pytest.raises(ArticleNotFound):
        await unlink_edition(services, key_of(other), other.slug, six[0].id)
    assert await now(services, six) == six


async def test_many_who_link_unlink_and_vote_at_once_end_in_groups_that_somebody_said(
    services, site, reader, six
) -> None:
    random = Random(5)  # noqa: S311 - made up, not secret
    said = [random.sample(LANGUAGES, random.randint(2, 4)) for _ in range(20)]
    alone = random.choices(six, k=6)

    async def hold() -> None:
        async with services.database.transaction() as tx:
            await articles.lock(tx, [article.id for article in six])

    await asyncio.gather(
        *(link(services, site, *languages) for languages in said),
        *(unlink_edition(services, key_of(site), site.slug, article.id) for article in alone),
        *(hold() for _ in range(30)),
        *(vote(services, reader, site.slug, article.id, Vote.UP) for article in six),
    )
    after = await now(services, six)
    for group in groups(after):
        assert len(group) > 1
        assert any(group <= set(languages) for languages in said)
    assert [article.rating_up for article in after] == [1] * 6


async def test_an_edition_that_is_not_shown_is_not_among_the_others(services, site, article, six) -> None:
    await link(services, site, "ru", "en", "de")
    await edition(services, site, article, "de", withdrawn=True)
    ru, en, *_ = await now(services, six)
    assert [other.language for other in await find_editions(services, ru)] == ["en"]
    assert [other.language for other in await find_editions(services, en)] == ["ru"]
    assert await find_editions(services, six[4]) == []


async def test_an_article_that_changes_its_language_stays_linked(services, site, article, six) -> None:
    await link(services, site, "ru", "en")
    await edition(services, site, article, "en", language="ru")
    ru, en, *_ = await now(services, six)
    assert (ru.language, en.language, ru.edition_group) == ("ru", "ru", en.edition_group)
    with pytest.raises(InvalidInput, match="language ru"):
        await link(services, site, "ru", "en", "de")
