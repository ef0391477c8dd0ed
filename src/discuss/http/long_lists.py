"""Lists of words are the longest that anybody sends. They are taken in from the staff of a site only, and nobody else's is kept for a moment."""

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
"""A letter takes twelve bytes at most, in a form as in JSON; the rest is for what stands between the entries."""


async def staff_only(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Before the body is read. Raises `SiteNotFound`, `Forbidden`, and what the credentials are refused for."""
    del handler
    request = cast("Asked", connection)
    try:
        await _require_staff(request)
    except DiscussError:
        async for (
            _
        ) in request.stream():  # nobody hears an answer before all is sent, and what is left would follow it
            pass
        raise


async def _require_staff(request: Asked) -> None:
    services: Services = request.app.state.services
    slug = str(request.path_params["site"])
    if not re.match(SLUG, slug):
        raise SiteNotFound
    site = await find_site(services, slug)
    require_role(await holder(request, services), site.id, Role.MODERATOR)
