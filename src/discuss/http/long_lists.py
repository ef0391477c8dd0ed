"""Word lists are the longest bodies that anybody sends. They are accepted from a site's staff only; anybody else's are discarded as they arrive."""

import re
from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from discuss.domain.accounts import Role, require_role
from discuss.domain.rules import MOST_LETTERS
from discuss.errors import DiscussError, SiteNotFound
from discuss.http.auth import holder
from discuss.http.dependencies import Asked
from discuss.http.patterns import SLUG
from discuss.usecases.register_site import find_site
from discuss.usecases.services import Services

LONGEST_BODY = 13 * MOST_LETTERS
"""A letter takes at most twelve bytes, in a form as in JSON; the rest is for what separates the entries."""


async def staff_only(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard, so it runs before the body is read. Raises `SiteNotFound`, `Forbidden`, and whatever `holder` raises."""
    del handler
    request = cast("Asked", connection)
    try:
        await _require_staff(request)
    except DiscussError:
        # Clients read the answer once they have sent everything, and what was left unread would be taken for the next request.
        async for _ in request.stream():
            pass
        raise


async def _require_staff(request: Asked) -> None:
    services: Services = request.app.state.services
    slug = str(request.path_params["site"])
    if not re.match(SLUG, slug):
        raise SiteNotFound
    site = await find_site(services, slug)
    require_role(await holder(request, services), site.id, Role.MODERATOR)
