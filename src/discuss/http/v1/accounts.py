"""Registering, logging in and out, and who am I."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Response, Router, delete, get, post
from litestar.status_codes import HTTP_201_CREATED, HTTP_204_NO_CONTENT
from msgspec import Meta, Struct

from discuss.domain.accounts import Credential, Principal, Role
from discuss.errors import Unauthenticated
from discuss.http.auth import Doors, address_of, require_own_page, session_cookie
from discuss.http.dependencies import SLUG, Asked, PrincipalGiven, ServicesGiven, SiteSlug
from discuss.usecases.log_in import log_in, log_out
from discuss.usecases.register_account import register_reader
from discuss.usecases.register_site import find_site
from discuss.usecases.tokens import csrf_token

Email = Annotated[str, Meta(max_length=254, examples=["reader@example.org"])]
Password = Annotated[str, Meta(max_length=200)]


class NewAccount(Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(max_length=200, description="Shown beside the comments.")]
    email: Email
    password: Password


class Account(Struct):
    id: UUID
    name: str


class NewSession(Struct, forbid_unknown_fields=True):
    """`transport`: `cookie` for browsers, `bearer` for programs. Staff log in without a `site`."""

    email: Email
    password: Password
    site: Annotated[str, Meta(pattern=SLUG)] | None = None
    transport: Credential = Credential.COOKIE


class Session(Struct, omit_defaults=True):
    """`token` comes with `bearer` only. With a cookie, changes need `csrf_token` in the header X-CSRF-Token."""

    account: Account
    expires_at: datetime | None = None
    csrf_token: str | None = None
    token: str | None = None
    role: str | None = None


@post("/sites/{site:str}/accounts", operation_id="RegisterReader", summary="Register as a reader")
async def register(services: ServicesGiven, request: Asked, site: SiteSlug, data: NewAccount) -> Account:
    require_own_page(request)
    account_id = await register_reader(
        services, site, data.name, data.email, data.password, address_of(request)
    )
    return Account(account_id, data.name.strip())


@post("/session", operation_id="LogIn", summary="Log in")
async def open_session(services: ServicesGiven, request: Asked, data: NewSession) -> Response[Session]:
    require_own_page(request)
    transport = data.transport if data.transport is Credential.BEARER else Credential.COOKIE
    opened = await log_in(services, data.site, data.email, data.password, transport, address_of(request))
    account = Account(opened.account_id, opened.name)
    if transport is Credential.BEARER:
        return Response(Session(account, opened.expires_at, token=opened.token), status_code=HTTP_201_CREATED)
    door: Doors = request.app.state.doors
    answer = Session(account, opened.expires_at, csrf_token=csrf_token(opened.token))
    return Response(answer, status_code=HTTP_201_CREATED, cookies=[door.cookie(opened)])


@get("/session", operation_id="WhoAmI", summary="Who am I?")
async def who_am_i(
    services: ServicesGiven, request: Asked, principal: PrincipalGiven,
    site: Annotated[str, Meta(pattern=SLUG)] | None = None,
) -> Session:  # fmt: skip
    """With `site`: also the role held there."""
    if principal.account_id is None:
        raise Unauthenticated
    cookie = session_cookie(request)
    role = None if site is None else principal.role_at((await find_site(services, site)).id)
    return Session(
        Account(principal.account_id, principal.name),
        csrf_token=csrf_token(cookie) if cookie else None,
        role=None if role is None else _word(role),
    )


@delete("/session", operation_id="LogOut", summary="Log out", status_code=HTTP_204_NO_CONTENT)
async def close_session(services: ServicesGiven, request: Asked, principal: PrincipalGiven) -> Response[None]:
    _require_session(principal)
    await log_out(services, principal)
    door: Doors = request.app.state.doors
    gone = [door.cookie(None)] if principal.credential is Credential.COOKIE else []
    return Response(None, status_code=HTTP_204_NO_CONTENT, cookies=gone)


def _require_session(principal: Principal) -> None:
    if principal.session_id is None:
        raise Unauthenticated


def _word(role: Role) -> str:
    return role.name.lower()


accounts = Router(
    path="/", route_handlers=[register, open_session, who_am_i, close_session], tags=["Accounts"]
)
