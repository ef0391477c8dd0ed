"""The queue of what waits for a person, and what that person says."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from discuss.domain.accounts import Principal, Role, require_account
from discuss.domain.comments import State
from discuss.domain.decisions import REJECTION_REASONS, Reason
from discuss.domain.queue import Item
from discuss.domain.rulings import Ruling
from discuss.domain.sites import Site
from discuss.errors import DecisionPointless, DecisionStale
from discuss.http.auth import session_cookie
from discuss.http.console.marking import marking
from discuss.http.dependencies import Asked, Cursor, PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.forms import filled_in
from discuss.http.pages.page import page, redirect
from discuss.usecases.decide import decide
from discuss.usecases.read_comments import read_queue
from discuss.usecases.register_site import every_site, find_site
from discuss.usecases.services import Services
from discuss.usecases.tokens import csrf_token

SHOWN = 25
TOLD = frozenset({"published", "rejected", "stale"})
REASONS = [reason for reason in Reason if reason in REJECTION_REASONS]
NEAREST = {Reason.TOXIC: Reason.INSULT}
"""What a person would say where the classifier has a word of its own."""


class DecisionForm(Struct):
    """`seen`: the decision that stood on the page. `csrf_token` was checked before."""

    state: State
    reason: Reason | None = None
    seen: UUID | None = None


@get("/")
async def home(services: ServicesGiven, request: Asked, principal: PrincipalGiven) -> Response[Any]:
    """With one site there is nothing to choose."""
    require_account(principal)
    sites = await _moderated(services, principal)
    if len(sites) == 1:
        return redirect(f"/console/{sites[0].slug}/queue")
    return _page(request, principal, "console/home.html", sites=sites)


@get("/{site:str}/queue")
async def queue(
    services: ServicesGiven, request: Asked, principal: PrincipalGiven, site: SiteSlug, cursor: Cursor = None, told: FromQuery[str] = "",
) -> Response[Any]:  # fmt: skip
    found = await read_queue(services, principal, site, State.HELD, cursor, SHOWN)
    shown_site = await find_site(services, site)
    return _page(
        request, principal, "console/queue.html", site=shown_site, items=found.items, next_cursor=found.next_cursor,
        told=told if told in TOLD else "", reasons=REASONS, likely={item.revision_id: _likely(item) for item in found.items},
        markings={item.revision_id: marking(item) for item in found.items},
        several=len(await _moderated(services, principal)) > 1,
    )  # fmt: skip


@post("/{site:str}/revisions/{revision_id:uuid}")
async def decided(
    services: ServicesGiven, request: Asked, principal: PrincipalGiven, site: SiteSlug,
    revision_id: FromPath[UUID],
) -> Response[Any]:  # fmt: skip
    form = await filled_in(request, DecisionForm)
    told = str(form.state)
    try:
        await decide(services, principal, site, revision_id, Ruling(form.state, form.reason), seen=form.seen)
    except (DecisionStale, DecisionPointless):
        told = "stale"
    return redirect(f"/console/{site}/queue?told={told}")


def _page(request: Asked, principal: Principal, template: str, **shown: Any) -> Response[str]:
    cookie = session_cookie(request)
    token = csrf_token(cookie) if cookie else ""
    return page(request, template, private=True, csrf_token=token, moderator=principal.name, **shown)


async def _moderated(services: Services, principal: Principal) -> Sequence[Site]:
    return [site for site in await every_site(services) if principal.role_at(site.id) >= Role.MODERATOR]


def _likely(item: Item) -> Reason | None:
    """The reason to offer first: the weightiest of those that a person may give."""
    named = (NEAREST.get(reason, reason) for reason in item.reasons)
    return next((reason for reason in named if reason in REJECTION_REASONS), None)
