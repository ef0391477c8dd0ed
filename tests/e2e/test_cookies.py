"""Cookies prove whose browser it is, but not that the request comes from our page: changes need more."""

import pytest

from discuss.domain.accounts import Credential
from discuss.usecases.tokens import csrf_token
from tests.e2e.asking import problem
from tests.e2e.house import PEOPLE, TABLE

LOOKS = ("List", "Read", "Search", "Stream", "WhoAmI", "CountQueue")
"""Prefixes of the names of operations that change nothing."""

CHANGES = [name for name, row in TABLE.items() if 401 in row.expected.values() and not name.startswith(LOOKS)]


@pytest.fixture(scope="module")
def staff_cookie(house) -> str:
    return house.session(house.people["staff"], Credential.COOKIE)


def may(operation: str) -> str:
    """A role with an account that may do it."""
    return next(role for role in PEOPLE if TABLE[operation].expected[role] < 400)


def test_what_is_named_a_look_is_one_and_what_is_not_is_none(house):
    asked = {name for name, row in TABLE.items() if 401 in row.expected.values()}
    assert {name for name in asked if house.routes[name][0] == "GET"} == asked - set(CHANGES)


@pytest.mark.parametrize("operation", CHANGES)
def test_with_a_cookie_a_change_needs_the_token_that_belongs_to_it(house, operation):
    role, fresh = may(operation), TABLE[operation].fresh
    mine, other = (house.session(house.people[role], Credential.COOKIE) for _ in range(2))
    cookie = {"cookie": f"discuss={mine}"}
    for forged in ({}, {"x-csrf-token": ""}, {"x-csrf-token": csrf_token(other)}, {"x-csrf-token": "é"}):
        sent = {name: value.encode() for name, value in (cookie | forged).items()}
        problem(house.ask(operation, sent), 403, "csrf-failed")
    proven = house.ask(operation, cookie | {"x-csrf-token": csrf_token(mine)}, fresh=fresh)
    assert proven.status_code == TABLE[operation].expected[role], proven.text


@pytest.mark.parametrize("operation", [name for name, row in TABLE.items() if 401 in row.expected.values()])
def test_two_credentials_at_once_are_refused_whoever_they_belong_to(house, staff_cookie, operation):
    cookie = staff_cookie
    both = house.people["staff"].headers | {"cookie": f"discuss={cookie}", "x-csrf-token": csrf_token(cookie)}
    problem(house.ask(operation, both, refused=True), 400, "credentials-ambiguous")


@pytest.mark.parametrize("operation", ["RegisterReader", "LogIn"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://[broken"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_no_other_page_may_log_somebody_in_or_register_them(house, operation, headers):
    problem(house.ask(operation, headers), 403, "csrf-failed")
    own = {"origin": house.stack.base_url, "sec-fetch-site": "same-origin"}
    assert house.ask(operation, own).status_code == 201
