"""A repeated request with the same Idempotency-Key creates no second comment."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from discuss.domain.sites import Rates
from tests.e2e.asking import ALL_PUBLISHED, problem
from tests.stack import Person, SiteInUse, Stack


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    site = stack.site("once", thresholds=ALL_PUBLISHED)
    site.article("one")
    site.article("two")
    return site


@pytest.fixture(scope="module")
def anna(site: SiteInUse) -> Person:
    return site.person()


def post(site: SiteInUse, person: Person, key: str, article: str = "one", **body: object) -> httpx.Response:
    return site.stack.client.post(
        f"{site.path}/articles/{site.articles[article]}/comments",
        json={"text": "Said once."} | body,
        headers=person.headers | {"idempotency-key": key},
    )


def count(site: SiteInUse, text: str) -> int:
    answer = site.stack.client.get(f"{site.path}/articles/{site.articles['one']}/comments?limit=100")
    return sum(text in comment["html"] for comment in answer.json()["comments"])


def test_the_second_answer_is_about_the_first_comment(site, anna):
    first, second = post(site, anna, "key-1"), post(site, anna, "key-1")
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json()["id"] == second.json()["id"]
    site.decided(anna, first.json()["id"])
    assert post(site, anna, '"key-1"').json()["state"] == "published", (
        "quotes belong to the header, not to the key"
    )


def test_ten_requests_at_once_make_one_comment(site, anna):
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: post(site, anna, "at-once", text="Ten at once."), range(10)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    site.decided(anna, answers[0].json()["id"])
    assert count(site, "Ten at once.") == 1


def test_the_same_key_with_another_request_is_refused(site, anna):
    parent = post(site, anna, "mine").json()["id"]
    site.decided(anna, parent)
    for changes in ({"text": "Something else."}, {"parent_id": parent}, {"article": "two"}):
        problem(post(site, anna, "mine", **changes), 422, "idempotency-mismatch")


def test_keys_of_two_people_and_of_two_sites_do_not_meet(site, anna):
    boris, elsewhere = site.person(), site.stack.site("other")
    elsewhere.article("one")
    answers = [
        post(site, anna, "shared"),
        post(site, boris, "shared"),
        post(elsewhere, elsewhere.person(), "shared"),
    ]
    assert [answer.status_code for answer in answers] == [202, 202, 202]
    assert len({answer.json()["id"] for answer in answers}) == 3


def test_a_request_that_was_refused_leaves_its_key_free(site, anna):
    problem(post(site, anna, "free", text=" "), 422, "text-empty")
    problem(post(site, anna, "free", parent_id=str(anna.id)), 404, "comment-not-found")
    assert post(site, anna, "free").status_code == 202


def test_a_repeated_request_is_answered_even_when_the_article_was_closed_meanwhile(site, anna):
    site.article("closing")
    first = post(site, anna, "late", "closing")
    site.article("closing", commenting="closed")
    assert post(site, anna, "late", "closing").json()["id"] == first.json()["id"]
    problem(post(site, anna, "new", "closing"), 409, "article-closed")


@pytest.mark.parametrize("key", ["", '"', '""', '"a', "a b", "k" * 201, "ключ", "a\tb"])
def test_a_key_that_is_none_is_refused(site, anna, key):
    path = f"{site.path}/articles/{site.articles['one']}/comments"
    headers = anna.headers | {"idempotency-key": key.encode()}
    answer = site.stack.client.post(path, json={"text": "a"}, headers=headers)
    body = problem(answer, 422, "invalid-input")
    assert body["errors"][0]["pointer"] == "#/header/Idempotency-Key"


def test_a_repeat_is_answered_also_when_the_limit_is_reached(stack: Stack):
    slow = stack.site(
        "once-slow", thresholds=ALL_PUBLISHED, rates=Rates(comments=2, log_ins=9, registrations=9)
    )
    slow.article("one")
    reader = slow.person()
    first = post(slow, reader, "key-1")
    assert [post(slow, reader, "key-1").json()["id"] for _ in range(4)] == [first.json()["id"]] * 4
    assert post(slow, reader, "key-2").status_code == 202
    problem(post(slow, reader, "key-3"), 429, "rate-limited")
    assert post(slow, reader, "key-1").json()["id"] == first.json()["id"]
