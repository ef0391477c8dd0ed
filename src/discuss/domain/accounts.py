"""Who is asking, and what they may do. Roles are held at a site; a grant without a site holds everywhere."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID

from discuss.errors import Forbidden, Unauthenticated


class Role(IntEnum):
    NOBODY = 0
    READER = 1
    MODERATOR = 2
    ADMIN = 3


class Credential(StrEnum):
    """How the asker proved who they are. A token of one kind opens no other door."""

    NONE = "none"
    COOKIE = "cookie"
    BEARER = "bearer"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Grant:
    role: Role
    site_id: UUID | None


@dataclass(frozen=True, slots=True)
class Principal:
    """`site_id` is the home site of a reader's account, or the site of an API key; staff have none."""

    credential: Credential = Credential.NONE
    account_id: UUID | None = None
    session_id: UUID | None = None
    name: str = ""
    site_id: UUID | None = None
    grants: tuple[Grant, ...] = ()

    def role_at(self, site_id: UUID) -> Role:
        if self.account_id is None:
            return Role.NOBODY
        granted = [grant.role for grant in self.grants if grant.site_id in {None, site_id}]
        home = Role.READER if self.site_id == site_id else Role.NOBODY
        return max([home, *granted])

    @property
    def runs_everything(self) -> bool:
        return any(grant.role is Role.ADMIN and grant.site_id is None for grant in self.grants)


NOBODY = Principal()


@dataclass(frozen=True, slots=True)
class Presented:
    """A token as it was presented, reduced to its digest. Its holder has not been looked up yet."""

    credential: Credential
    digest: bytes


Asker = Principal | Presented
"""A known principal, or a token that is resolved together with the first thing read on its behalf."""


def require_account(principal: Principal) -> UUID:
    """The account that is asking.

    Raises `Unauthenticated` if nobody is logged in, `Forbidden` for an API key: a key speaks for a site, not for a person.
    """
    if principal.account_id is not None:
        return principal.account_id
    if principal.credential is Credential.KEY:
        raise Forbidden("An API key cannot do this; a person must be logged in.")
    raise Unauthenticated


def require_role(principal: Principal, site_id: UUID, role: Role) -> UUID:
    """The account, if it holds at least `role` at this site. Raises `Unauthenticated` or `Forbidden`."""
    account_id = require_account(principal)
    if principal.role_at(site_id) < role:
        raise Forbidden
    return account_id


def require_operator(principal: Principal) -> UUID:
    """The account, if it is an admin everywhere. Raises `Unauthenticated` or `Forbidden`."""
    account_id = require_account(principal)
    if not principal.runs_everything:
        raise Forbidden
    return account_id


def require_site_key(principal: Principal, site_id: UUID) -> None:
    """Allows the site itself, by its API key, and its admins. Raises `Unauthenticated` or `Forbidden`."""
    if principal.credential is not Credential.KEY:
        require_role(principal, site_id, Role.ADMIN)
    elif principal.site_id != site_id:
        raise Forbidden("This API key belongs to another site.")
