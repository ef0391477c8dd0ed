"""Which address to count when a request comes through proxies."""

from ipaddress import ip_network

import pytest
from litestar import Litestar
from litestar.datastructures import State
from litestar.testing import RequestFactory

from discuss.http.auth import Doors, address_of

PROXY = Doors("https://news.example", (ip_network("10.0.0.0/8"), ip_network("127.0.0.1")))


@pytest.mark.parametrize(
    ("peer", "lines", "counted"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("192.0.2.1", ["203.0.113.9"], "192.0.2.1"),
        ("10.0.0.5", ["203.0.113.9"], "203.0.113.9"),
        ("10.0.0.5", ["6.6.6.6, 203.0.113.9"], "203.0.113.9"),
        ("10.0.0.5", ["6.6.6.6", "203.0.113.9"], "203.0.113.9"),
        ("10.0.0.5", ["203.0.113.9, 10.1.1.1"], "203.0.113.9"),
        ("::ffff:127.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1::/56"),
        ("2001:db8:1:ff:3:4:5:6", [], "2001:db8:1::/56"),
        ("2001:db8:1:100:3:4:5:6", [], "2001:db8:1:100::/56"),
        ("10.0.0.5", ["nonsense"], "None"),
    ],
)
def test_the_last_address_that_no_trusted_proxy_wrote_is_counted(
    peer: str, lines: list[str], counted: str
) -> None:
    app = Litestar(state=State({"doors": PROXY}), openapi_config=None)
    request = RequestFactory(app=app).get("/")
    request.scope["client"] = (peer, 1234)
    request.scope["headers"] = [(b"x-forwarded-for", line.encode()) for line in lines]
    assert address_of(request) == counted
