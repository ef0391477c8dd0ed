"""Content codings: each client gets the one it likes best, with a validator for that coding."""

import gzip
import http.client
from collections.abc import Mapping

import brotli
import pytest
import zstandard

from tests.stack import SiteInUse, Stack

DECODERS = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": zstandard.ZstdDecompressor().decompress,
    None: bytes,
}


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    site = stack.site("coded")
    for number in range(5):
        site.article(f"number-{number}")
    site.built(5)
    return site


def poll(site: SiteInUse, path: str = "feed", **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    """The bytes as they are sent: no client decodes them on the way."""
    connection = http.client.HTTPConnection("127.0.0.1", site.stack.port, timeout=20)
    try:
        connection.request(
            "GET", f"{site.path}/{path}", headers={n.replace("_", "-"): v for n, v in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["feed", "feed?utm_source=x"])
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("identity", None),
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("zstd, gzip;q=0.5", "zstd"),
        ("br;q=0.2, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("identity, gzip;q=0.5", None),
        ("deflate", None),
        ("GZIP ; Q=1", "gzip"),
        ("gzip;q=nonsense", None),
        (";;;,,", None),
    ],
)
def test_a_client_gets_the_coding_it_likes_best(site, path, accepted, coding):
    _, _, plain = poll(site, path, accept_encoding="identity")
    status, headers, body = poll(site, path, accept_encoding=accepted)
    assert (status, headers.get("content-encoding")) == (200, coding)
    assert headers["vary"] == "accept-encoding"
    assert int(headers["content-length"]) == len(body)
    assert DECODERS[coding](body) == plain


@pytest.mark.parametrize("accepted", ["gzip, deflate, br, zstd", "*", "gzip"])
def test_a_fragment_that_servers_put_into_their_pages_is_never_coded(site, accepted):
    """A server-side include passes on what the reader's browser accepts, and inserts the bytes as they are. Nor may a proxy code them."""
    plain = poll(site, "feed.html", accept_encoding="identity")
    status, headers, body = poll(site, "feed.html", accept_encoding=accepted)
    assert (status, headers.get("content-encoding"), body) == (200, None, plain[2])
    assert headers["etag"] == plain[1]["etag"]
    assert headers["cache-control"].endswith(", no-transform")


def test_each_coding_has_a_validator_of_its_own(site):
    tags = {
        coding: poll(site, accept_encoding=coding)[1]["etag"] for coding in ("identity", "gzip", "br", "zstd")
    }
    assert len(set(tags.values())) == 4
    for coding, tag in tags.items():
        for other in tags:
            expected = 304 if other == coding else 200
            assert poll(site, accept_encoding=other, if_none_match=tag)[0] == expected


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_proxy_that_removes_what_it_adds_to_validators_removes_nothing_of_ours(site, coding):
    """Caddy adds `-gzip` where it compresses, and passes on what a client sends back without it, whoever compressed."""
    tag = poll(site, accept_encoding=coding)[1]["etag"]
    passed_on = tag.removesuffix(f'-{coding}"').removesuffix('"') + '"'
    assert poll(site, accept_encoding=coding, if_none_match=passed_on)[0] == 304


def test_what_is_too_short_to_gain_anything_is_sent_as_it_is(stack):
    empty = stack.site("coded-empty")
    _, headers, _ = poll(empty, accept_encoding="gzip, br")
    assert "content-encoding" not in headers
    assert headers["vary"] == "accept-encoding"
