"""Validators and cache headers, for public and for private answers."""

from litestar.datastructures import CacheControlHeader

from discuss.http.origins import ANY_ORIGIN

NO_STORE = CacheControlHeader(no_store=True)
"""For answers that belong to one person or must always be current."""


def public_headers(etag: str, cache_control: str) -> dict[str, str]:
    """For an answer that pages of any origin may read, without cookies."""
    return {"etag": etag, "cache-control": cache_control, **ANY_ORIGIN}


def matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the client already has these bytes (RFC 9110, 13.1.2: weak comparison)."""
    if if_none_match is None:
        return False
    held = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in held or held == ["*"]
