"""Every route and every role: what each may do. A route that is missing from the table fails here."""

import pytest

from tests.e2e.asking import problem
from tests.e2e.house import ROLES, TABLE


def test_the_table_knows_every_route(house):
    assert set(TABLE) == set(house.routes)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("operation", TABLE)
def test_a_role_may_do_what_the_table_says_and_nothing_else(house, operation, role):
    row = TABLE[operation]
    expected = row.expected[role]
    fresh = row.fresh and expected < 400
    answer = house.ask(operation, house.headers(role, fresh=fresh), fresh=fresh, refused=expected >= 400)
    assert answer.status_code == expected, answer.text
    if expected >= 400:
        problem(answer, expected, {401: "not-logged-in", 403: "forbidden"}[expected])
