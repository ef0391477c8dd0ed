"""Secrets we hand out. Only their SHA-256 is stored: they are 256 random bits, so nothing slower is needed."""

import hashlib
import hmac
import secrets

from discuss.domain.accounts import Credential, Presented

PREFIXES = {Credential.COOKIE: "dsc_", Credential.BEARER: "dst_", Credential.KEY: "dsk_"}


def new_token(credential: Credential) -> str:
    return PREFIXES[credential] + secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def presented(token: str, way: Credential) -> Presented:
    """`way`: how the token came in. Both session tokens and API keys come as bearer tokens."""
    key = way is Credential.BEARER and token.startswith(PREFIXES[Credential.KEY])
    return Presented(Credential.KEY if key else way, digest(token))


def csrf_token(session_token: str) -> str:
    """Derived from the session token, so that it lasts as long as the session and needs no storage."""
    return hmac.new(session_token.encode(), b"csrf", hashlib.sha256).hexdigest()


def same(left: str, right: str) -> bool:
    """Compares in constant time."""
    return hmac.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))
