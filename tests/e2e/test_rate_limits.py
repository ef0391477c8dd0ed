"""Limits per person and per address: 429 with a time to wait, for the one concerned and not for everybody."""

import pytest

from discuss.domain.sites import Rates
from tests.e2e.asking import problem
from tests.stack import PASSWORD, SiteInUse, Stack

SLOW = Rates(comments=2, log_ins=2, registrations=2)


@pytest.fixture
def site(stack: Stack) -> SiteInUse:
    return stack.site("slow", rates=SLOW)


def refused(answer) -> None:
    body = problem(answer, 429, "rate-limited")
    assert int(answer.headers["retry-after"]) == body["retry_after"] > 0


def test_a_reader_who_writes_too_fast_is_asked_to_wait_and_nobody_else_is(site):
    article, anna, boris = site.article("one"), site.person(), site.person()
    path = f"{site.path}/articles/{article}/comments"
    for _ in range(2):
        mine = site.comment(anna, article, "Quickly said.")
    refused(site.stack.client.post(path, json={"text": "Too fast."}, headers=anna.headers))
    edited = f"{site.path}/comments/{mine['id']}"
    refused(site.stack.client.patch(edited, json={"text": "Edits count too."}, headers=anna.headers))
    site.comment(boris, article, "Not affected.")
    assert site.stack.client.get(path).status_code == 200


def test_what_is_refused_for_its_text_does_not_count(site):
    article, anna = site.article("one"), site.person()
    path = f"{site.path}/articles/{article}/comments"
    for _ in range(3):
        problem(site.stack.client.post(path, json={"text": " "}, headers=anna.headers), 422, "text-empty")
    site.comment(anna, article, "This one is fine.")


def test_guessing_a_password_is_slowed_down_for_one_address(site):
    anna = site.person()
    body = {"email": anna.email, "site": site.slug, "transport": "bearer"}
    guess = site.stack.client.post
    for attempt in ("wrong password 1", "wrong password 2"):
        problem(guess("/api/v1/session", json=body | {"password": attempt}), 401, "credentials-wrong")
    refused(guess("/api/v1/session", json=body | {"password": PASSWORD}))
    refused(
        guess(
            "/api/v1/session", json=body | {"password": PASSWORD}, headers={"x-forwarded-for": "203.0.113.7"}
        )
    )


def test_registering_is_slowed_down_for_one_address_at_one_site(site):
    def register(where: SiteInUse, number: int):
        body = {"name": f"New {number}", "email": f"new{number}@example.org", "password": PASSWORD}
        return site.stack.client.post(f"{where.path}/accounts", json=body)

    assert [register(site, number).status_code for number in range(2)] == [201, 201]
    refused(register(site, 3))
    assert register(site.stack.site("quick"), 3).status_code == 201
