"""The address of PostgreSQL, as its own programs and its providers write it, in the words of our driver."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

HOSTS = {"host", "port", "prepared_statement_cache_size"}
"""What SQLAlchemy itself reads."""

PORTS = range(1, 65_536)
MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
SESSIONS = ("any", "primary", "standby", "prefer-standby", "read-write", "read-only")
FILES = ("sslrootcert", "sslcert", "sslkey", "sslcrl", "passfile")
CHOICES = {
    "sslmode": MODES,
    "sslnegotiation": ("postgres", "direct"),
    "ssl_min_protocol_version": ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
    "ssl_max_protocol_version": ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
    "target_session_attrs": SESSIONS,
    "gsslib": ("gssapi", "sspi"),
}
DRIVERS = {
    *CHOICES, *FILES, "sslpassword", "krbsrvname", "user", "password", "dbname", "application_name", "options",
}  # fmt: skip
"""What asyncpg reads in an address, though not as arguments."""

UNREADABLE = (
    "this is not an address such as postgresql://user:password@host:5432/database. "
    "In user and password write @ as %40, : as %3A, / as %2F"
)


@dataclass(frozen=True, slots=True)
class Address:
    """`url` says where, `options` are arguments of `asyncpg.connect` that say how."""

    url: URL
    options: Mapping[str, Any]


def parse(written: str) -> Address:
    """Whichever form the operator wrote: postgres://, postgresql://, …+psycopg://.

    Raises `ValueError` with a sentence that does not repeat the address, which may contain a password.
    """
    whole = _url(written)
    asked = {_name(key): values[-1] for key, values in whole.normalized_query.items() if key not in HOSTS}
    url = whole.difference_update_query(set(whole.query) - HOSTS)
    _check_place(url)
    timeout = _timeout(asked.pop("connect_timeout", None))
    _check(asked)
    # asyncpg understands all this in an address only, and takes the rest from its arguments.
    dsn = {"dsn": f"postgresql://?{urlencode(asked)}"} if asked else {}
    return Address(url, {**timeout, **dsn})


def _url(written: str) -> URL:
    try:
        found = make_url(written.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError):
        raise ValueError(UNREADABLE) from None
    return found.set(drivername="postgresql+asyncpg")


def _name(key: str) -> str:
    """`ssl` is what asyncpg calls it."""
    return "sslmode" if key == "ssl" else key


def _check_place(url: URL) -> None:
    """A password that was not escaped ends at its first @, and the rest of it would be taken for the host."""
    try:
        url.get_dialect()().create_connect_args(url)
    except (ArgumentError, ValueError):
        raise ValueError(UNREADABLE) from None
    if "@" in f"{url.host}{url.database}" or (url.port or 1) not in PORTS:
        raise ValueError(UNREADABLE)


def _timeout(seconds: str | None) -> dict[str, float]:
    if seconds is None:
        return {}
    if not seconds.isascii() or not seconds.isdigit() or int(seconds) == 0:
        raise ValueError("connect_timeout in it is not a whole number of seconds above 0")
    return {"timeout": float(seconds)}


def _check(asked: Mapping[str, str]) -> None:
    for key, value in asked.items():
        if key not in DRIVERS:
            # With an @ in it, this is the rest of a password rather than an option.
            raise ValueError(UNREADABLE if "@" in value else f"{key} in it is not known; leave it out")
        if key in CHOICES and value not in CHOICES[key]:
            raise ValueError(f"{key} in it is none of " + ", ".join(CHOICES[key]))
        if key in FILES and not (Path(value).is_file() and os.access(value, os.R_OK)):
            raise ValueError(f"{key} in it does not name a file that can be read")
    if asked.get("sslmode", "").startswith("verify-") and "sslrootcert" not in asked:
        raise ValueError("sslmode in it needs sslrootcert, the file with the certificates to trust")
