"""Who is asking: a cookie for browsers, a bearer token for programs, never both."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from litestar.datastructures import Cookie

from discuss.domain.accounts import NOBODY, Asker, Credential, Presented, Principal
from discuss.errors import CredentialsAmbiguous, CsrfFailed, KeyUnknown
from discuss.http.dependencies import Asked, ServicesGiven
from discuss.http.forms import fields_of
from discuss.usecases.log_in import LogIn, who_holds
from discuss.usecases.services import Services
from discuss.usecases.tokens import csrf_token, presented, same

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SUBSCRIBER = 56
"""Length of the IPv6 prefix that identifies a subscriber: most homes are given 256 /64 networks and may send from any of them."""

CSRF_HEADER = "x-csrf-token"
CSRF_FIELD = "csrf_token"


@dataclass(frozen=True, slots=True)
class Doors:
    """How this service is reached: its public address, and the proxies trusted to report client addresses."""

    base_url: str
    trusted: tuple[IPv4Network | IPv6Network, ...]

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https:")

    @property
    def cookie_name(self) -> str:
        """The `__Host-` prefix keeps sub-domains from planting a cookie; browsers accept it over HTTPS only."""
        return "__Host-discuss" if self.secure else "discuss"

    def cookie(self, log_in: LogIn | None) -> Cookie:
        """The session cookie; for None, one that removes it."""
        return Cookie(
            self.cookie_name,
            value=log_in.token if log_in else "",
            expires=None,
            max_age=int(log_in.life.total_seconds()) if log_in else 0,
            httponly=True,
            secure=self.secure,
            samesite="lax",
            path="/",
        )


def session_cookie(request: Asked) -> str | None:
    door: Doors = request.app.state.doors
    return request.cookies.get(door.cookie_name) or None


async def principal(request: Asked, services: ServicesGiven) -> Principal:
    """Who is asking; `NOBODY`, not an error, where there are no credentials.

    Raises `CredentialsAmbiguous`, `CsrfFailed`, `SessionEnded` or `KeyUnknown`.
    """
    return await _known(services, asker(request))


def asker(request: Asked) -> Asker:
    """The credentials, not yet looked up: for use cases that read the session along with their own data.

    Raises `CredentialsAmbiguous`, `CsrfFailed`, or `KeyUnknown` for what cannot be a token.
    """
    return _asker(request, request.headers.get(CSRF_HEADER, ""))


async def principal_of_page(request: Asked, services: ServicesGiven) -> Principal:
    """Like `principal`, for pages: their forms cannot set a header, so the CSRF token is in a hidden field.

    Also raises `InvalidInput`, for a body that is not a form.
    """
    proof = "" if request.method in SAFE else (await fields_of(request)).get(CSRF_FIELD, "")
    return await _known(services, _asker(request, proof))


async def _known(services: Services, who: Asker) -> Principal:
    return await who_holds(services, who) if isinstance(who, Presented) else who


async def holder(request: Asked, services: Services) -> Principal:
    """Whose credentials these are, before the body is read. The CSRF token is not checked, so this alone permits no change.

    Raises `CredentialsAmbiguous`, `SessionEnded` or `KeyUnknown`.
    """
    return await _known(services, _presented(request))


def _asker(request: Asked, proof: str) -> Asker:
    who, cookie = _presented(request), session_cookie(request)
    if cookie and request.method not in SAFE and not same(proof, csrf_token(cookie)):
        raise CsrfFailed
    return who


def _presented(request: Asked) -> Asker:
    cookie, header = session_cookie(request), request.headers.get("authorization")
    if cookie and header:
        raise CredentialsAmbiguous
    if header:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise KeyUnknown("The Authorization header must be Bearer followed by a token.")
        return presented(token.strip(), Credential.BEARER)
    return presented(cookie, Credential.COOKIE) if cookie else NOBODY


def require_own_page(request: Asked) -> None:
    """CSRF protection before there is a session, and so no token: browsers say which page a request comes from.

    Raises `CsrfFailed` for a page of another origin. Programs send neither header and have no cookies to be abused.
    """
    door: Doors = request.app.state.doors
    origin = request.headers.get("origin")
    own = {urlsplit(door.base_url).netloc, request.headers.get("host", "")}
    if origin is not None and origin.partition("://")[2] not in own:
        raise CsrfFailed
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise CsrfFailed


def address_of(request: Asked) -> str:
    """The client address that limits count by: the last one in X-Forwarded-For that is not a trusted proxy's.

    An IPv6 address is cut to its first 56 bits, because one subscriber can choose the rest at will.
    """
    door: Doors = request.app.state.doors
    address = _parsed(request.client.host) if request.client else None
    lines = request.headers.getall("x-forwarded-for", [])
    hops = [hop.strip() for line in lines for hop in line.split(",") if hop.strip()]
    while hops and any(address in network for network in door.trusted if address):
        address = _parsed(hops.pop())
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, SUBSCRIBER), strict=False))
    return str(address)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """None for what is not an address. IPv4 written as IPv6 becomes IPv4."""
    try:
        known = ip_address(address)
    except ValueError:
        return None
    return (known.ipv4_mapped or known) if isinstance(known, IPv6Address) else known
