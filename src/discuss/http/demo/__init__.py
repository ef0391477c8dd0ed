"""The demo site's own pages: what a newspaper would serve, with our scripts in them.

Its log-ins are known to everybody, so it is served only where other machines do not reach.
"""

from collections.abc import Sequence
from ipaddress import ip_address

from litestar import Router

from discuss.http.demo.articles import article, front


def demo(*, wanted: bool, host: str) -> Sequence[Router]:
    """No routes at all, unless it is wanted and the server listens on loopback."""
    if not (wanted and _loopback(host)):
        return []
    return [Router(path="/demo", route_handlers=[front, article], include_in_schema=False)]


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
