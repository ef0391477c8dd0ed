"""Logging in to the moderators' pages, and logging out."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import FromQuery
from msgspec import Meta, Struct

from discuss.domain.accounts import Credential
from discuss.errors import CredentialsWrong, DiscussError, InvalidInput, RateLimited, SiteNotFound
from discuss.http.auth import Doors, address_of, require_own_page, session_cookie
from discuss.http.dependencies import Asked, PrincipalGiven, ServicesGiven
from discuss.http.forms import filled_in
from discuss.http.pages.page import page, redirect
from discuss.http.patterns import SLUG
from discuss.http.problem import STATUS
from discuss.usecases.log_in import log_in, log_out
from discuss.usecases.register_site import every_site
from discuss.usecases.services import Services

HOME, ENTRANCE = "/console/", "/console/log-in"


class LogInForm(Struct):
    """Without a `site`: for staff of any site."""

    email: Annotated[str, Meta(max_length=254)]
    password: Annotated[str, Meta(max_length=200)]
    site: Annotated[str, Meta(pattern=SLUG)] | None = None


@get("/log-in")
async def entrance(services: ServicesGiven, request: Asked, ended: FromQuery[str] = "") -> Response[str]:
    site = request.query_params.get("site") or await _only_site(services)
    return _form(request, site=site, told="session-ended" if ended else None)


@post("/log-in")
async def enter(services: ServicesGiven, request: Asked) -> Response[Any]:
    require_own_page(request)
    given = await filled_in(request, LogInForm)
    try:
        opened = await log_in(
            services, given.site, given.email, given.password, Credential.COOKIE, address_of(request)
        )
    except (CredentialsWrong, SiteNotFound, InvalidInput, RateLimited) as error:
        return _form(
            request, site=given.site or "", email=given.email, told=error.code, status=_status(error)
        )
    door: Doors = request.app.state.doors
    return redirect(HOME, [door.cookie(opened)])


@post("/log-out")
async def leave(services: ServicesGiven, request: Asked, principal: PrincipalGiven) -> Response[Any]:
    await log_out(services, principal)
    door: Doors = request.app.state.doors
    return redirect(ENTRANCE, [door.cookie(None)])


def shut_out(request: Asked, error: Exception) -> Response[Any]:
    """Sends a visitor who is not, or no longer, logged in to the log-in page, and removes a cookie that is no longer valid."""
    del error
    door: Doors = request.app.state.doors
    if session_cookie(request) is None:
        return redirect(ENTRANCE)
    return redirect(f"{ENTRANCE}?ended=1", [door.cookie(None)])


def _form(
    request: Asked, *, site: str, email: str = "", told: str | None = None, status: int = 200
) -> Response[str]:
    return page(
        request, "console/log-in.html", status=status, private=True, site=site, email=email, told=told
    )


def _status(error: DiscussError) -> int:
    return int(STATUS[type(error)][0])


async def _only_site(services: Services) -> str:
    """The short name of the only site, so that nobody has to know it; empty if there are several."""
    sites = await every_site(services)
    return sites[0].slug if len(sites) == 1 else ""
