"""Who may do what."""

from uuid import UUID

import pytest

from discuss.domain.accounts import (
    NOBODY,
    Credential,
    Grant,
    Principal,
    Role,
    require_account,
    require_operator,
    require_role,
    require_site_key,
)
from discuss.errors import DiscussError, Forbidden, Unauthenticated

HERE, THERE, ME = UUID(int=1), UUID(int=2), UUID(int=3)
READER = Principal(Credential.BEARER, ME, site_id=HERE)
MODERATOR = Principal(Credential.BEARER, ME, site_id=HERE, grants=(Grant(Role.MODERATOR, HERE),))
STAFF = Principal(Credential.BEARER, ME, grants=(Grant(Role.ADMIN, None),))
KEY = Principal(Credential.KEY, site_id=HERE)


def test_roles_hold_where_they_were_given() -> None:
    assert [READER.role_at(HERE), READER.role_at(THERE)] == [Role.READER, Role.NOBODY]
    assert [MODERATOR.role_at(HERE), MODERATOR.role_at(THERE)] == [Role.MODERATOR, Role.NOBODY]
    assert [STAFF.role_at(HERE), STAFF.role_at(THERE)] == [Role.ADMIN, Role.ADMIN]
    assert [KEY.role_at(HERE), NOBODY.role_at(HERE)] == [Role.NOBODY, Role.NOBODY]


@pytest.mark.parametrize(
    ("principal", "error"), [(NOBODY, Unauthenticated), (KEY, Forbidden), (READER, None), (STAFF, None)]
)
def test_only_people_have_accounts(principal: Principal, error: type[DiscussError] | None) -> None:
    if error is None:
        assert require_account(principal) == ME
    else:
        with pytest.raises(error):
            require_account(principal)


def test_a_site_key_opens_its_own_site_only() -> None:
    require_site_key(KEY, HERE)
    require_site_key(STAFF, HERE)
    for principal in (KEY, MODERATOR):
        with pytest.raises(Forbidden):
            require_site_key(principal, THERE)


def test_an_admin_of_one_site_does_not_run_everything() -> None:
    local = Principal(Credential.BEARER, ME, grants=(Grant(Role.ADMIN, HERE),))
    assert require_role(local, HERE, Role.ADMIN) == ME
    with pytest.raises(Forbidden):
        require_operator(local)
    assert require_operator(STAFF) == ME
