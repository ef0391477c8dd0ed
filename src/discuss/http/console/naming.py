"""Finds the author by the beginning of a name and the article by its address, and the names to show for such filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from msgspec import structs

from discuss.domain.authors import Record
from discuss.domain.queue import Item
from discuss.errors import ArticleNotFound, AuthorNotFound
from discuss.http.console.desk import Desk
from discuss.http.console.sieve import Sieve
from discuss.usecases.find_article import find_article, look_up_article
from discuss.usecases.read_author import read_author, search_authors

MOST_OFFERED = 8
NAMELESS = "?"


@dataclass(frozen=True, slots=True)
class Named:
    """`offered`: the authors to choose from, where several match. `complaint`: the filter for which nothing was found."""

    sieve: Sieve
    offered: Sequence[Record] = ()
    complaint: str = ""


async def named(desk: Desk, sieve: Sieve) -> Named:
    """Resolves the fields for a name and an address to filters by id. The fields themselves appear in no link of the page."""
    asked = desk.request.query_params
    if address := asked.get("address", "").strip():
        return await _article(desk, sieve, address)
    if beginning := asked.get("name", "").strip():
        return await _author(desk, sieve, beginning)
    return Named(sieve)


async def _article(desk: Desk, sieve: Sieve, address: str) -> Named:
    try:
        found = await look_up_article(desk.services, desk.site.slug, external_id=None, url=address)
    except ArticleNotFound:
        return Named(sieve, complaint="article")
    return Named(structs.replace(sieve, article=found.id))


async def _author(desk: Desk, sieve: Sieve, beginning: str) -> Named:
    found = await search_authors(desk.services, desk.principal, desk.site.slug, beginning, None, MOST_OFFERED)
    match found.records:
        case []:
            return Named(sieve, complaint="author")
        case [only]:
            return Named(structs.replace(sieve, author=only.account_id))
        case several:
            return Named(sieve, offered=several)


async def article_ids(desk: Desk, lines: str) -> str:
    """Replaces addresses of articles by their ids, one per line. Raises `ArticleNotFound`."""
    return "\n".join([await _id(desk, line) for line in lines.split()])


async def _id(desk: Desk, told: str) -> str:
    if "://" not in told:
        return told
    return str((await look_up_article(desk.services, desk.site.slug, external_id=None, url=told)).id)


async def names_of(desk: Desk, sieve: Sieve, rows: Sequence[Item]) -> dict[str, str]:
    """The names to show for filters by id, taken from any row, or looked up where there are none."""
    names = {}
    if sieve.article:
        names["article"] = rows[0].article_title if rows else await _title(desk, sieve.article)
    if sieve.author:
        names["author"] = rows[0].author_name if rows else await author_name(desk, sieve.author)
    return names


async def _title(desk: Desk, article_id: UUID) -> str:
    try:
        return (await find_article(desk.services, desk.site.slug, article_id)).title
    except ArticleNotFound:
        return NAMELESS


async def author_name(desk: Desk, account_id: UUID) -> str:
    try:
        found = await read_author(desk.services, desk.principal, desk.site.slug, account_id)
    except AuthorNotFound:
        return NAMELESS
    return found.record.name
