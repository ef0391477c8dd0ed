"""Registering, logging in and out, and asking who is logged in."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from litestar import Response, Router, delete, get, post
from litestar.params import JSONBody, QueryParameter
from litestar.status_codes import HTTP_201_CREATED, HTTP_204_NO_CONTENT
from msgspec import Meta, Struct

from discuss.domain.accounts import Credential, Role, require_account
from discuss.errors import (
    CredentialsWrong,
    CsrfFailed,
    NameTaken,
    RateLimited,
    SiteNotFound,
)
from discuss.http.auth import Doors, address_of, require_own_page, session_cookie
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import Asked, PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import BODY, CHANGE, PERSON, problems
from discuss.http.patterns import SLUG
from discuss.usecases.log_in import log_in, log_out
from discuss.usecases.register_account import register_reader
from discuss.usecases.register_site import find_site
from discuss.usecases.tokens import csrf_token

Email = Annotated[str, Meta(max_length=254, examples=["reader@example.org"])]
Password = Annotated[str, Meta(max_length=200)]


class Transport(StrEnum):
    COOKIE = "cookie"
    BEARER = "bearer"


SiteAsked = Annotated[
    str | None, QueryParameter(pattern=SLUG, description="Also return the role held on this site.")
]


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
    transport: Transport = Transport.COOKIE


class Session(Struct, omit_defaults=True):
    """`token` is given with `bearer` only. With a cookie, changes need `csrf_token` in the header X-CSRF-Token."""

    account: Account
    expires_at: datetime | None = None
    csrf_token: str | None = None
    token: str | None = None
    role: str | None = None


@post(
    "/sites/{site:str}/accounts",
    operation_id="RegisterReader",
    summary="Register as a reader",
    responses=problems(*BODY, CsrfFailed, SiteNotFound, NameTaken, RateLimited),
)
async def register(
    services: ServicesGiven, request: Asked, site: SiteSlug, data: JSONBody[NewAccount]
) -> Account:
    require_own_page(request)
    made = await register_reader(services, site, data.name, data.email, data.password, address_of(request))
    return Account(made.id, made.name)


@post(
    "/session",
    operation_id="LogIn",
    summary="Log in",
    responses=problems(*BODY, CredentialsWrong, CsrfFailed, SiteNotFound, RateLimited),
)
async def open_session(
    services: ServicesGiven, request: Asked, data: JSONBody[NewSession]
) -> Response[Session]:
    require_own_page(request)
    credential = Credential(data.transport)
    opened = await log_in(services, data.site, data.email, data.password, credential, address_of(request))
    account = Account(opened.account_id, opened.name)
    if credential is Credential.BEARER:
        return Response(Session(account, opened.expires_at, token=opened.token), status_code=HTTP_201_CREATED)
    door: Doors = request.app.state.doors
    answer = Session(account, opened.expires_at, csrf_token=csrf_token(opened.token))
    return Response(answer, status_code=HTTP_201_CREATED, cookies=[door.cookie(opened)])


@get("/session", operation_id="WhoAmI", summary="Who am I?", responses=problems(*PERSON, SiteNotFound))
async def who_am_i(
    services: ServicesGiven, request: Asked, principal: PrincipalGiven,
    site: SiteAsked = None,
) -> Session:  # fmt: skip
    """With `site`, the answer includes the role held there."""
    account_id = require_account(principal)
    cookie = session_cookie(request)
    role = None if site is None else principal.role_at((await find_site(services, site)).id)
    return Session(
        Account(account_id, principal.name),
        csrf_token=csrf_token(cookie) if cookie else None,
        role=None if role is None else _word(role),
    )


@delete(
    "/session",
    operation_id="LogOut",
    summary="Log out",
    status_code=HTTP_204_NO_CONTENT,
    responses=problems(*CHANGE),
)
async def close_session(services: ServicesGiven, request: Asked, principal: PrincipalGiven) -> Response[None]:
    require_account(principal)
    await log_out(services, principal)
    door: Doors = request.app.state.doors
    gone = [door.cookie(None)] if principal.credential is Credential.COOKIE else []
    return Response(None, status_code=HTTP_204_NO_CONTENT, cookies=gone)


def _word(role: Role) -> str:
    return role.name.lower()


accounts = Router(
    path="/",
    route_handlers=[register, open_session, who_am_i, close_session],
    cache_control=NO_STORE,
    tags=["Accounts"],
)
