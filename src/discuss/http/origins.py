"""CORS: pages of any origin may read what everybody may read, because no cookie is sent with the request."""

from collections.abc import Mapping

from litestar.types import Scope

ANY_ORIGIN = {"access-control-allow-origin": "*"}
ANY_ORIGIN_RAW = (b"access-control-allow-origin", b"*")

OPEN_TO_ALL = {"open_to_all": True}
"""`opt` of a route that is open to pages of any origin: they can also read its problems and their Retry-After."""

_OF_A_PROBLEM = {**ANY_ORIGIN, "access-control-expose-headers": "retry-after"}


def headers_of_a_problem(scope: Scope) -> Mapping[str, str]:
    """Empty unless the route is open to all; an unknown address has no route."""
    route = scope.get("route_handler")
    return _OF_A_PROBLEM if route is not None and OPEN_TO_ALL.items() <= route.opt.items() else {}
