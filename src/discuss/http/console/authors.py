"""The search for authors, and the page of one with everything that is known about them."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from discuss.domain.sanctions import Sanction
from discuss.http.console.desk import Desk, DeskGiven
from discuss.http.console.voicing import REASONS
from discuss.http.dependencies import Cursor
from discuss.usecases.read_author import read_author, search_authors

SHOWN = 50
TOLD = frozenset({"sanctioned", "lifted", "noted", "removing"})


@get("/{site:str}/authors")
async def authors(desk: DeskGiven, search: FromQuery[str] = "", cursor: Cursor = None) -> Response[Any]:
    """The search form, and what was found if a name was given."""
    wanted = search.strip()
    found = (
        await search_authors(desk.services, desk.principal, desk.site.slug, wanted, cursor, SHOWN)
        if wanted
        else None
    )
    return desk.show("console/authors.html", place="authors", search=search, found=found)


@get("/{site:str}/authors/{account_id:uuid}")
async def author(desk: DeskGiven, account_id: FromPath[UUID], told: FromQuery[str] = "") -> Response[Any]:
    shown = await author_shown(desk, account_id)
    return desk.show("console/author.html", place="authors", told=told if told in TOLD else "", **shown)


async def author_shown(desk: Desk, account_id: UUID) -> dict[str, Any]:
    """What the page and its pieces need."""
    found = await read_author(desk.services, desk.principal, desk.site.slug, account_id)
    return {"author": found, "kinds": _kinds(desk), "reasons": REASONS}


def _kinds(desk: Desk) -> list[Sanction]:
    """Shadow bans are offered only where the operator has switched them on."""
    return [kind for kind in Sanction if kind is not Sanction.SHADOW or desk.services.shadow_bans]
