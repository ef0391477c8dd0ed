"""Translations as a site links them and as readers see them."""

import httpx
import pytest

from tests.e2e.asking import problem
from tests.stack import SiteInUse, Stack, wait_for

LANGUAGES = ("ru", "en", "de")


@pytest.fixture
def site(stack: Stack) -> SiteInUse:
    made = stack.site("editions")
    for language in LANGUAGES:
        made.article(f"a-{language}", language=language)
    return made


def key(site: SiteInUse) -> dict[str, str]:
    return {"authorization": f"Bearer {site.key}"}


def link(site: SiteInUse, *external_ids: str) -> httpx.Response:
    return site.stack.client.put(
        f"{site.path}/editions", json={"external_ids": external_ids}, headers=key(site)
    )


def languages(site: SiteInUse, external_id: str) -> list[str]:
    article = site.stack.client.get(f"{site.path}/articles", params={"external_id": external_id}).json()
    return [edition["language"] for edition in article["editions"]]


def test_linked_articles_show_each_other_until_they_are_unlinked(site):
    linked = link(site, "a-ru", "a-en")
    assert linked.status_code == 200
    assert linked.json()["editions"] == [
        {
            "id": site.articles[f"a-{language}"], "url": f"https://{site.slug}.example/a-{language}",
            "title": f"Article a-{language}", "language": language, "comment_count": 0,
            "rating": {"up": 0, "down": 0}, "views": 0,
        }
        for language in ("en", "ru")
    ]  # fmt: skip
    read = site.stack.client.get(f"{site.path}/articles/{site.articles['a-ru']}").json()
    assert read["editions"] == linked.json()["editions"][:1]
    assert [languages(site, name) for name in ("a-ru", "a-en", "a-de")] == [["en"], ["ru"], []]
    assert link(site, *(f"a-{language}" for language in LANGUAGES)).status_code == 200
    assert languages(site, "a-ru") == ["de", "en"]
    path = f"{site.path}/articles/{site.articles['a-en']}/edition"
    assert site.stack.client.delete(path, headers=key(site)).status_code == 204
    assert site.stack.client.delete(path, headers=key(site)).status_code == 204
    assert [languages(site, name) for name in ("a-ru", "a-en", "a-de")] == [["de"], [], ["ru"]]


def test_editions_share_a_row_of_the_feed_until_they_part(site):
    def rows() -> set[frozenset[object]]:
        found = site.feed()
        return {
            frozenset([row["language"], *(e["language"] for e in row.get("editions", []))]) for row in found
        }

    wait_for("a row for each", lambda: rows() == {frozenset([language]) for language in LANGUAGES})
    link(site, "a-ru", "a-en")
    wait_for("one row for two", lambda: rows() == {frozenset({"ru", "en"}), frozenset({"de"})})
    link(site, "a-en", "a-de")
    wait_for("the other row for two", lambda: rows() == {frozenset({"de", "en"}), frozenset({"ru"})})
    path = f"{site.path}/articles/{site.articles['a-en']}/edition"
    site.stack.client.delete(path, headers=key(site))
    wait_for("a row for each again", lambda: rows() == {frozenset([language]) for language in LANGUAGES})


def test_an_edition_that_is_withdrawn_is_not_shown_to_the_others(site):
    link(site, "a-ru", "a-en")
    site.article("a-en", language="en", withdrawn=True)
    assert languages(site, "a-ru") == []
    site.article("a-en", language="en")
    assert languages(site, "a-ru") == ["en"]


def test_what_cannot_be_linked_is_named(site):
    body = problem(link(site, "a-ru", "a-en", "a-fr"), 404, "article-not-found")
    assert "a-fr" in body["detail"]
    site.article("again", language="ru")
    body = problem(link(site, "a-ru", "again"), 422, "invalid-input")
    assert "language ru" in body["detail"]
    assert languages(site, "a-ru") == []
