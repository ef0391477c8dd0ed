"""Registering, logging in and out; and tokens that open only what they are for."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from discuss.domain.accounts import Credential, Role
from discuss.store import accounts
from discuss.usecases.services import Services
from discuss.usecases.tokens import csrf_token, digest, new_token
from tests.e2e.asking import Browser, problem
from tests.stack import PASSWORD, Person, SiteInUse, Stack

GOOD = {"name": "Борис Ёлкин", "email": "boris@пример.рф", "password": PASSWORD}
WRONG = [
    *(
        ("name", value)
        for value in ("", " ", "\u200b\u2060", "a\0b", "a\nb", "a\u202eb", "a\u200bb", "a\u00adb")
    ),
    *(("name", value) for value in ("a" * 61, 5, None, ["a"])),
    *(
        ("email", value)
        for value in ("", "nobody", "@example.org", "a@", "a b@example.org", "a@b@example.org")
    ),
    *(("email", value) for value in ("a\0@example.org", "a\u202e@example.org", "a" * 250 + "@b.cd", 5, None)),
    *(("password", value) for value in ("", "short", "a" * 9, "a" * 201, 1234567890, None)),
    ("role", "admin"),
]
SESSION = "/api/v1/session"


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    return stack.site("accounts")


def register(site: SiteInUse, **fields: object) -> httpx.Response:
    return site.stack.client.post(f"{site.path}/accounts", json=GOOD | fields)


def log_in(where: SiteInUse, **fields: object) -> httpx.Response:
    body = {"email": "nobody@example.org", "password": PASSWORD, "site": where.slug, "transport": "bearer"}
    return where.stack.client.post(SESSION, json=body | fields)


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_an_account_that_cannot_be_shown_or_written_to_is_refused(site, field, value):
    problem(register(site, **{field: value}), 422, "invalid-input")


def test_a_reader_registers_logs_in_writes_and_logs_out(site):
    made = register(site, name="  Борис  Ёлкин ")
    assert made.status_code == 201
    assert made.json()["name"] == "Борис Ёлкин"
    opened = log_in(site, email="BORIS@ПРИМЕР.РФ")
    assert opened.status_code == 201
    mine = bearer(opened.json()["token"])
    who = site.stack.client.get(SESSION, params={"site": site.slug}, headers=mine).json()
    assert who == {"account": made.json(), "role": "reader"}
    assert site.stack.client.delete(SESSION, headers=mine).status_code == 204
    problem(site.stack.client.get(SESSION, headers=mine), 401, "key-unknown")


def test_names_and_addresses_are_taken_whatever_their_case(site):
    assert register(site, name="Анна", email="anna@example.org").status_code == 201
    problem(register(site, name="АННА", email="other@example.org"), 409, "name-taken")
    problem(register(site, name="Other", email="Anna@Example.org"), 409, "name-taken")
    problem(register(site, name="А\u043d\u043dа ".strip(), email="third@example.org"), 409, "name-taken")
    elsewhere = site.stack.site("elsewhere")
    assert register(elsewhere, name="Анна", email="anna@example.org").status_code == 201


def test_an_accent_written_in_two_ways_is_the_same_name(site):
    assert register(site, name="José", email="jose@example.org").status_code == 201
    problem(register(site, name="Jose\u0301", email="jose2@example.org"), 409, "name-taken")
    assert log_in(site, email="jose@example.org").status_code == 201


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({}, 401, "credentials-wrong"),
        ({"password": "\0"}, 401, "credentials-wrong"),
        ({"email": "a\0@example.org"}, 422, "invalid-input"),
        ({"email": "nobody"}, 422, "invalid-input"),
        ({"site": "no-such-site"}, 404, "site-not-found"),
        ({"site": "No Site"}, 422, "invalid-input"),
        ({"site": None}, 401, "credentials-wrong"),
        ({"transport": "key"}, 422, "invalid-input"),
        ({"transport": "none"}, 422, "invalid-input"),
        ({"password": "a" * 201}, 422, "invalid-input"),
        ({"remember": True}, 422, "invalid-input"),
    ],
)
def test_a_log_in_that_cannot_be_is_refused(site, fields, status, code):
    problem(log_in(site, **fields), status, code)


def test_a_reader_of_one_site_cannot_log_in_at_another_nor_as_staff(site):
    anna = site.person()
    for where in (site.stack.site("another").slug, None):
        problem(log_in(site, email=anna.email, site=where), 401, "credentials-wrong")
    assert log_in(site, email=anna.email).status_code == 201


def test_staff_log_in_without_a_site_and_have_their_role_everywhere(site):
    boss = site.stack.person(None, Role.ADMIN)
    opened = log_in(site, email=boss.email, site=None)
    assert opened.status_code == 201
    who = site.stack.client.get(SESSION, params={"site": site.slug}, headers=bearer(opened.json()["token"]))
    assert who.json()["role"] == "admin"


def test_a_browser_keeps_its_session_in_a_cookie_that_no_script_can_read(site):
    anna = site.person()
    browser = Browser.log_in(site.stack, site, anna)
    cookie = next(iter(browser.client.cookies.jar))
    assert (cookie.name, cookie.path) == ("discuss", "/")
    assert not cookie.discard, "a restart of the browser logs nobody out"
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "lax"
    who = browser.client.get(SESSION).json()
    assert who == {
        "account": {"id": str(anna.id), "name": anna.name},
        "csrf_token": browser.csrf["x-csrf-token"],
    }
    kept = cookie.value
    problem(browser.client.delete(SESSION), 403, "csrf-failed")
    assert browser.client.delete(SESSION, headers=browser.csrf).status_code == 204
    assert not list(browser.client.cookies.jar)
    problem(site.stack.client.get(SESSION, headers={"cookie": f"discuss={kept}"}), 401, "session-ended")


def expired(person: Person, credential: Credential):
    async def make(services: Services) -> str:
        token, now = new_token(credential), datetime.now(UTC)
        async with services.database.transaction() as tx:
            await accounts.open_session(
                tx, session_id=services.new_id(), account_id=person.id, credential=credential,
                token_hash=digest(token), at=now - timedelta(days=2), until=now - timedelta(seconds=1),
            )  # fmt: skip
        return token

    return make


def test_a_session_that_is_over_opens_nothing(site):
    anna = site.person()
    token = site.stack.use(expired(anna, Credential.BEARER))
    problem(site.stack.client.get(SESSION, headers=bearer(token)), 401, "session-ended")
    cookie = site.stack.use(expired(anna, Credential.COOKIE))
    problem(site.stack.client.get(SESSION, headers={"cookie": f"discuss={cookie}"}), 401, "session-ended")


def test_a_token_of_one_kind_opens_no_other_door(site):
    anna, ask = site.person(), site.stack.client.get
    browser = Browser.log_in(site.stack, site, anna)
    cookie = next(iter(browser.client.cookies.jar)).value
    problem(ask(SESSION, headers=bearer(cookie)), 401, "key-unknown")
    for token in (anna.token, site.key):
        problem(ask(SESSION, headers={"cookie": f"discuss={token}"}), 401, "session-ended")
    assert ask(SESSION, headers={"cookie": f"other={cookie}"}).status_code == 401


def test_writing_a_comment_asks_who_it_is_as_strictly_as_any_other_door(site):
    """The session is looked up in another statement than elsewhere, even if there is no such site."""
    anna, article = site.person(), site.article("asked")
    over = {way: site.stack.use(expired(anna, way)) for way in (Credential.BEARER, Credential.COOKIE)}
    alive = next(iter(Browser.log_in(site.stack, site, anna).client.cookies.jar)).value

    def write(slug: str, headers: dict[str, str]) -> httpx.Response:
        path = f"/api/v1/sites/{slug}/articles/{article}/comments"
        return site.stack.client.post(path, json={"text": "Who am I?"}, headers=headers)

    for slug in (site.slug, "nowhere"):
        problem(write(slug, bearer(over[Credential.BEARER])), 401, "session-ended")
        problem(write(slug, proven(over[Credential.COOKIE])), 401, "session-ended")
        problem(write(slug, proven(anna.token)), 401, "session-ended")
        problem(write(slug, bearer(alive)), 401, "key-unknown")
        problem(write(slug, bearer("dst_nonsense")), 401, "key-unknown")
        problem(write(slug, bearer("dsk_nonsense")), 401, "key-unknown")
        problem(write(slug, {"cookie": f"discuss={alive}"}), 403, "csrf-failed")
        problem(write(slug, proven(alive) | bearer(anna.token)), 400, "credentials-ambiguous")
    problem(write(site.slug, bearer(site.key)), 403, "forbidden")
    for headers in (bearer(anna.token), proven(alive)):
        assert write(site.slug, headers).status_code == 202
        problem(write("nowhere", headers), 404, "site-not-found")


def proven(cookie: str) -> dict[str, str]:
    return {"cookie": f"discuss={cookie}", "x-csrf-token": csrf_token(cookie)}


@pytest.mark.parametrize(
    "value",
    ["Bearer", "Basic YTpi", "Bearer nonsense", "Bearer dst_nonsense", "Bearer dsk_nonsense", "Bearer a b",
     "Token a", "\u00ff", "Bearer \u00ff\u00fe", "Bearer " + "x" * 6000],
)  # fmt: skip
def test_an_authorization_that_says_nothing_is_refused_even_where_none_is_needed(site, value):
    headers = {"authorization": value.encode("latin-1")}
    answer = site.stack.client.get(SESSION, headers=headers)
    problem(answer, 401, "key-unknown")
    assert answer.headers["www-authenticate"] == "Bearer"
    made_up = "01890000-0000-7000-8000-000000000000"
    problem(site.stack.client.get(f"{site.path}/comments/{made_up}", headers=headers), 401, "key-unknown")


def test_the_word_bearer_may_be_written_as_one_likes(site):
    anna = site.person()
    headers = {"authorization": f"bearer  {anna.token}"}
    assert site.stack.client.get(SESSION, headers=headers).status_code == 200
