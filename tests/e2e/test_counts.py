"""Counts for the links on a page: many addresses in one cacheable answer."""

import json

import pytest

from discuss.http.refusing import LONGEST_QUERY
from tests.e2e.asking import ALL_PUBLISHED, problem
from tests.e2e.test_sockets import exchange, get
from tests.stack import SiteInUse, Stack, wait_for


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    site = stack.site("counted", thresholds=ALL_PUBLISHED)
    for name in ("one", "two", "none"):
        site.article(name)
    reader = site.person()
    for name in ("one", "one", "two"):
        site.decided(reader, site.comment(reader, site.articles[name], f"About {name}.")["id"])
    return site


def ask(site: SiteInUse, *names: str, **headers: str):
    urls = [("url", f"https://{site.slug}.example/{name}") for name in names]
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.stack.client.get(f"{site.path}/counts", params=urls, headers=named)


def counts(site: SiteInUse, *names: str) -> list[int]:
    answer = ask(site, *names)
    assert answer.status_code == 200, answer.text
    return [each["comment_count"] for each in answer.json()["counts"]]


def test_counts_come_in_the_order_asked_and_unknown_addresses_are_0(site):
    assert counts(site, "two", "nowhere", "one", "none") == [1, 0, 2, 0]
    assert counts(site, "one", "one") == [2, 2]
    assert ask(site, "two").json()["counts"] == [
        {"url": f"https://{site.slug}.example/two", "comment_count": 1}
    ]


NO_ARTICLES = {
    "nothing": "",
    "a word": "nowhere",
    "no scheme": "//news.example/one",
    "another scheme": "javascript:alert(1)",
    "no host": "https://",
    "a port that is none": "https://news.example:port/",
    "a bracket that is not closed": "https://[::1/",
    "a name before the host": "https://me@news.example/one",
    "a blank": "https://news.example/one two",
    "a zero-width character": "https://news.example/o\u200bne",
    "a mark of direction": "https://news.example/\u202eone",
    "a control character": "https://news.example/\x1b[31m",
    "NUL": "https://news.example/\0",
    "a line break at the end": "https://news.example/one\n",
    "what is not in UTF-8": "https://news.example/\ufffd",
    "a tracking link": "https://news.example/one?utm=" + "x" * 2000,
}


@pytest.mark.parametrize("odd", NO_ARTICLES.values(), ids=NO_ARTICLES)
def test_what_can_be_no_articles_address_is_0_as_it_was_asked_and_the_others_are_counted(site, odd):
    urls = [f"https://{site.slug}.example/one", odd, f"https://{site.slug}.example/two"]
    asked = [("url", url) for url in urls]
    answer, hot = (site.stack.client.get(f"{site.path}/counts", params=asked) for _ in range(2))
    long = site.stack.client.get(f"{site.path}/counts", params=[*asked, ("utm_source", "x")])
    told = [{"url": url, "comment_count": count} for url, count in zip(urls, (2, 0, 1), strict=True)]
    assert answer.json() == {"site": site.slug, "counts": told}
    assert answer.content == hot.content == long.content
    assert answer.headers["etag"] == hot.headers["etag"] == long.headers["etag"]


@pytest.mark.parametrize("broken", ["%ED%A0%80", "%ff%fe", "%C0%80", "%EB%EA%E0", "%zz", "%", "%E2%80"])
def test_what_is_broken_in_its_writing_is_0_and_the_others_are_counted(site, broken):
    query = f"url=https://{site.slug}.example/one&url=https://{site.slug}.example/{broken}"
    for _ in range(2):
        answer = site.stack.client.get(f"{site.path}/counts?{query}")
        assert answer.status_code == 200, answer.text
        assert [each["comment_count"] for each in answer.json()["counts"]] == [2, 0]


def test_an_address_that_came_without_being_encoded_is_the_one_that_was_meant(site):
    url, reader = f"https://{site.slug}.example/ёлки", site.person()
    site.decided(reader, site.comment(reader, site.article("firs", url=url), "About firs.")["id"])
    asked = get(f"{site.path}/counts?url={url}&url={url}\u200b".encode())
    _, _, body = exchange(site.stack, asked, and_no_more=False).partition(b"\r\n\r\n")
    assert json.loads(body)["counts"] == [
        {"url": url, "comment_count": 1},
        {"url": f"{url}\u200b", "comment_count": 0},
    ]


def test_fifty_addresses_are_one_answer(site):
    assert counts(site, *[f"nowhere-{n}" for n in range(49)], "one") == [0] * 49 + [2]


def test_as_long_a_question_as_may_be_asked_reaches_us_and_a_longer_one_is_told_so(site):
    """The server in front of the application has a limit of its own, and would not say why it refuses."""
    addresses = "&".join(f"url=https://{site.slug}.example/nowhere-{n}" for n in range(49))
    query = f"{addresses}&url=https://{site.slug}.example/".ljust(LONGEST_QUERY, "x")
    answer = site.stack.client.get(f"{site.path}/counts?{query}")
    assert (answer.status_code, len(answer.json()["counts"])) == (200, 50)
    refused = site.stack.client.get(f"{site.path}/counts?{query}x")
    problem(refused, 414, "too-long")
    assert refused.headers["access-control-allow-origin"] == "*"


def test_an_unchanged_answer_is_304(site):
    etag = ask(site, "one", "two").headers["etag"]
    assert ask(site, "one", "two", if_none_match=etag).status_code == 304
    assert "public" in ask(site, "one").headers["cache-control"]


def test_the_answer_from_memory_and_the_route_give_the_same_bytes(site):
    url = f"https://{site.slug}.example/one"
    hot = site.stack.client.get(f"{site.path}/counts", params={"url": url})
    long = site.stack.client.get(f"{site.path}/counts", params={"url": url, "utm_source": "x"})
    assert (hot.content, hot.headers["etag"]) == (long.content, long.headers["etag"])


def test_a_comment_that_appears_or_goes_is_counted_at_once(stack):
    site = stack.site("counted-live", thresholds=ALL_PUBLISHED)
    article = site.article("one")
    reader = site.person()
    assert counts(site, "one", "later") == [0, 0]
    comment = site.comment(reader, article, "Here.")
    wait_for("one comment", lambda: counts(site, "one", "later") == [1, 0])
    stack.client.delete(f"{site.path}/comments/{comment['id']}", headers=reader.headers)
    wait_for("none", lambda: counts(site, "one", "later") == [0, 0])
    late = site.article("later")
    site.comment(reader, late, "Here too.")
    wait_for("the address that had no article", lambda: counts(site, "one", "later") == [0, 1])


def test_held_comments_are_not_counted_and_another_sites_articles_neither(stack, site):
    held = stack.site("counted-held", premoderated=True)
    address = f"https://{site.slug}.example/one"
    article = held.article("one", url=address)
    reader = held.person()
    held.decided(reader, held.comment(reader, article, "Waits.")["id"])
    held.renamed("one", url=address)
    answer = stack.client.get(f"{held.path}/counts", params={"url": address})
    assert answer.json()["counts"][0]["comment_count"] == 0
    site.renamed("one")
    assert counts(site, "one") == [2]
