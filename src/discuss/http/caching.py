"""Validators and cache headers of what is public, and of what is not."""

from litestar.datastructures import CacheControlHeader

from discuss.http.origins import ANY_ORIGIN

NO_STORE = CacheControlHeader(no_store=True)
"""For what is somebody's own, or changes under a reader's eyes."""


def public_headers(etag: str, cache_control: str) -> dict[str, str]:
    """Any page may read it, and no cookie goes with it."""
    return {"etag": etag, "cache-control": cache_control, **ANY_ORIGIN}


def matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the client holds these bytes already (RFC 9110, 13.1.2: weak comparison)."""
    if if_none_match is None:
        return False
    held = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in held or held == ["*"]
