"""CORS: pages of any origin may read what everybody may read, because no cookie is sent with the request."""

from collections.abc import Mapping

from litestar.types import Message, Scope

ANY_ORIGIN = {"access-control-allow-origin": "*", "access-control-expose-headers": "etag, retry-after"}
ANY_ORIGIN_RAW = [(name.encode(), value.encode()) for name, value in ANY_ORIGIN.items()]

OPEN_TO_ALL = {"open_to_all": True}
"""`opt` of a route that is open to pages of any origin: they can also read its problems and their Retry-After."""

_PERMISSION = [
    *ANY_ORIGIN_RAW,
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"86400"),
]


def headers_of_a_problem(scope: Scope) -> Mapping[str, str]:
    """Empty unless the route is open to all; an unknown address has no route."""
    return ANY_ORIGIN if _is_open_to_all(scope) else {}


async def answer_preflight(message: Message, scope: Scope) -> None:
    """Before a request with headers such as If-None-Match, browsers ask for permission. The framework answers OPTIONS, without it."""
    if message["type"] == "http.response.start" and scope.get("method") == "OPTIONS":
        message["headers"] = [*message["headers"], *(_PERMISSION if _is_open_to_all(scope) else [])]


def _is_open_to_all(scope: Scope) -> bool:
    route = scope.get("route_handler")
    return route is not None and OPEN_TO_ALL.items() <= route.opt.items()
