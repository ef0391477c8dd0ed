"""Near-duplicates are found at their own site only, and forgotten after a week."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from discuss.domain.accounts import Credential, Principal
from discuss.domain.articles import Article
from discuss.domain.comments import Comment
from discuss.domain.likeness import LOOKED_BACK, Likeness
from discuss.domain.sites import Site
from discuss.store import revisions
from discuss.store.tables import bands, likenesses
from discuss.usecases.edit import edit
from discuss.usecases.find_alike import find_alike, liken
from discuss.usecases.register_account import add_account
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services
from discuss.usecases.tidy import tidy
from tests.judging import drain, write

ADVERT = "Buy cheap watches today, the best prices in town https://one.example/"
COPY = "BUY cheap watches today: the best prices in town!! https://two.example/"


async def likeness_of(services: Services, comment: Comment, text: str) -> Likeness:
    assert comment.revision is not None
    async with services.database.reading() as tx:
        drafts = await revisions.drafts(tx, [comment.revision.id])
    return liken(drafts, [text.lower()])[0]


async def found(services: Services, comment: Comment, text: str) -> set[object]:
    """The comments that are near-duplicates of this one."""
    asked = await likeness_of(services, comment, text)
    async with services.database.reading() as tx:
        alike = await find_alike(tx, [asked], services.clock() - LOOKED_BACK)
    return {twin.comment_id for twin in alike[asked.revision_id]}


async def remembered(services: Services, comment: Comment) -> tuple[int, int]:
    """How many likenesses and bands of the comment are stored."""
    assert comment.revision is not None
    async with services.database.reading() as tx:
        counts = [
            await tx.scalar(
                select(func.count()).select_from(table).where(table.c.revision_id == comment.revision.id)
            )
            for table in (likenesses, bands)
        ]
    return counts[0] or 0, counts[1] or 0


async def test_copies_are_found_across_articles_and_other_texts_are_not(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    elsewhere, _ = await register_article(
        services,
        Principal(Credential.KEY, site_id=site.id),
        site.slug,
        Registration("two", "https://example.org/two", "Two", "en", article.published_at),
    )
    one = await write(services, site, reader, article, ADVERT)
    two = await write(services, site, reader, elsewhere, COPY)
    await write(services, site, reader, article, "The new bridge was opened on time")
    await drain(services)
    assert await found(services, one, ADVERT) == {two.id}
    assert await found(services, two, COPY) == {one.id}


async def test_the_same_words_at_another_site_are_nobodys_copy(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    one = await write(services, site, reader, article, ADVERT)
    other = await register_site(services, f"{site.slug}-other", "Other")
    stranger = Principal(
        Credential.BEARER,
        await add_account(services, other.id, "Stranger", "stranger@example.org", "correct horse battery"),
        site_id=other.id,
    )
    there, _ = await register_article(
        services,
        Principal(Credential.KEY, site_id=other.id),
        other.slug,
        Registration("one", "https://example.org/one", "One", "en", article.published_at),
    )
    two = await write(services, other, stranger, there, ADVERT)
    await drain(services)
    assert await found(services, one, ADVERT) == set()
    assert await found(services, two, ADVERT) == set()


async def test_an_earlier_text_of_the_same_comment_is_no_copy(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, ADVERT)
    await drain(services)
    newer = await edit(services, reader, site.slug, comment.id, COPY)
    await drain(services)
    assert await found(services, newer, COPY) == set()


async def test_a_flood_is_seen_whatever_its_size_and_no_more_than_needed_is_looked_at(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    written = [await write(services, site, reader, article, f"{ADVERT} {number}") for number in range(70)]
    await drain(services)
    assert 40 <= len(await found(services, written[0], ADVERT)) <= 69


async def test_a_batch_is_asked_about_in_one_statement_and_each_text_has_its_own_answer(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    pairs = [
        (ADVERT, COPY),
        ("A quiet word about the weather of May", "A quiet word about the weather of May!"),
    ]
    written = [[await write(services, site, reader, article, text) for text in pair] for pair in pairs]
    await drain(services)
    asked = [await likeness_of(services, one, pair[0]) for (one, _), pair in zip(written, pairs, strict=True)]
    async with services.database.reading() as tx:
        alike = await find_alike(tx, asked, services.clock() - LOOKED_BACK)
    assert [[twin.comment_id for twin in alike[one.revision_id]] for one in asked] == [
        [other.id] for _, other in written
    ]


async def test_likenesses_are_forgotten_after_a_week(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, ADVERT)
    await drain(services)
    assert await remembered(services, comment) == (1, 8)
    await tidy(services)
    assert await remembered(services, comment) == (1, 8)
    later = services.clock() + LOOKED_BACK + timedelta(minutes=1)
    await tidy(replace(services, clock=lambda: later))
    assert await remembered(services, comment) == (0, 0)
