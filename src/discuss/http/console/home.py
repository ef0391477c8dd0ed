"""A moderator's sites, and how many comments are held at each."""

from typing import Any

from litestar import Response, get

from discuss.domain.accounts import require_account
from discuss.domain.queue import Queue
from discuss.http.console.desk import moderated, page_of
from discuss.http.dependencies import Asked, PrincipalGiven, ServicesGiven
from discuss.http.pages.page import redirect
from discuss.usecases.count_queue import count_queue


@get("/")
async def home(services: ServicesGiven, request: Asked, principal: PrincipalGiven) -> Response[Any]:
    """Moderators of a single site have nothing to choose, and are sent to its queue."""
    require_account(principal)
    sites = await moderated(services, principal)
    if len(sites) == 1:
        return redirect(f"/console/{sites[0].slug}/queue")
    held = {site.id: (await count_queue(services, principal, site.slug)).counts[Queue.HELD] for site in sites}
    return page_of(request, principal, "console/home.html", sites=sites, held=held)
