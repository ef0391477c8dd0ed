"""What holds for every page: headers, languages, no complaint from the browser; and the picture in the README."""

import os
import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from discuss.http import problem
from discuss.http.pages.languages import WORDS
from discuss.usecases.load_demo import load_demo
from tests.browser.acting import enter_console, log_in, read, write

PICTURE = Path(__file__).parents[2] / "docs" / "demo.png"
ARTICLE = "bridge-under-fire-drill"
PAGES = [
    f"/demo/articles/{ARTICLE}",
    "/demo/nowhere",
    "/console/log-in",
    "/console/a/b/c",
    "/docs",
    "/problems/csrf-failed",
]
PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_strict_headers_and_is_html_even_when_it_is_an_error(demo, path):
    answer = demo.stack.client.get(path)
    policy = answer.headers["content-security-policy"]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "<script>" not in answer.text
    assert "style=" not in answer.text


def test_private_pages_are_stored_by_nobody(demo):
    assert demo.stack.client.get("/console/log-in").headers["cache-control"] == "no-store"
    assert demo.stack.client.get("/console/").headers["cache-control"] == "no-store"


def test_scripts_have_validators(demo):
    first = demo.stack.client.get("/embed/latest.js")
    again = demo.stack.client.get("/embed/latest.js", headers={"if-none-match": first.headers["etag"]})
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["access-control-allow-origin"] == "*"
    assert (again.status_code, again.content) == (304, b"")
    assert demo.stack.client.get("/embed/__init__.py").status_code == 404


def test_what_a_script_of_another_version_asks_for_is_kept_by_nobody(demo):
    (mark,) = set(re.findall(r'"\./[\w-]+\.js\?(\w+)"', demo.stack.client.get("/embed/thread.js").text))
    kept = {
        query: demo.stack.client.get(f"/embed/words.js{query}").headers["cache-control"]
        for query in ("", f"?{mark}", "?other")
    }
    assert kept[""] == kept[f"?{mark}"] != "no-store"
    assert kept["?other"] == "no-store"


def test_the_language_follows_the_browser_until_one_is_chosen(demo):
    with httpx.Client(
        base_url=demo.stack.base_url, headers={"accept-language": "de, ru;q=0.8, en;q=0.5"}
    ) as client:
        assert '<html lang="ru">' in client.get("/console/log-in").text
        assert '<html lang="en">' in client.get("/console/log-in?lang=en").text
        assert '<html lang="en">' in client.get("/console/log-in").text


def test_both_languages_have_every_word():
    def keys(words, path=""):
        for name, value in words.items():
            yield path + name
            if isinstance(value, dict) and name not in {"problems", "causes"}:
                yield from keys(value, f"{path}{name}.")

    assert set(keys(WORDS["en"])) == set(keys(WORDS["ru"]))
    assert set(WORDS["ru"]["problems"]) == set(problem.codes())


def test_every_problem_code_has_a_page(demo):
    for code in problem.codes():
        assert demo.stack.client.get(f"/problems/{code}").status_code == 200
    assert demo.stack.client.get("/problems/nonsense").status_code == 404


def test_the_documentation_names_every_operation(demo):
    schema = demo.stack.client.get("/api/openapi.json").json()
    page = demo.stack.client.get("/docs").text
    operations = [
        item for path in schema["paths"].values() for item in path.values() if "operationId" in item
    ]
    assert len(operations) > 15
    assert all(f'id="{operation["operationId"]}"' in page for operation in operations)
    assert not any("/console" in path or "/demo" in path for path in schema["paths"])


def test_loading_the_demo_again_changes_nothing(demo):
    before = demo.feed()
    assert demo.stack.use(lambda services: load_demo(services, demo.stack.base_url)) == demo.people
    assert demo.feed() == before


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ru", "dark")])
def test_pages_render_without_a_complaint_and_fit_a_phone(window, demo, scheme, language):
    opened = window(color_scheme=scheme, viewport=PHONE)
    page = opened.page
    for path in (f"/demo/articles/{ARTICLE}", "/console/log-in", "/docs", "/problems/not-found"):
        page.goto(f"{path}?lang={language}")
        if "demo" in path:
            expect(page.locator("discuss-latest li[part~=row]")).to_have_count(15)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    page.goto("/console/log-in?lang=en")
    enter_console(page, demo.people.moderator)
    assert opened.complaints == []


def test_the_sidebar_of_the_demo_is_there_without_scripts(window, demo):
    page = window(java_script_enabled=False).page
    page.goto(f"/demo/articles/{ARTICLE}?lang=ru")
    rows = page.locator("ol.discuss-latest li")
    expect(rows).to_have_count(15)
    assert rows.locator("a").all_inner_texts() == [row["title"] for row in demo.feed()]


def test_the_picture_in_the_readme(window, demo):
    opened = window(viewport={"width": 1280, "height": 1560}, locale="en-GB")
    page = opened.page
    read(page, ARTICLE)
    expect(page.locator("discuss-thread article")).not_to_have_count(0)
    assert opened.complaints == []
    if os.environ.get("DISCUSS_SCREENSHOTS"):
        log_in(page, demo.people.readers[1])
        write(page, "Two boats steered by hand signals: that is the sentence I will remember.")
        expect(page.get_by_text("Your comment is published.")).to_be_visible()
        page.get_by_role("button", name="Update").click()
        page.mouse.move(0, 0)
        page.wait_for_timeout(3500)  # the new comment is highlighted for a moment
        PICTURE.parent.mkdir(exist_ok=True)
        page.evaluate("scrollTo(0, 0); document.activeElement?.shadowRoot?.activeElement?.blur()")
        page.screenshot(path=PICTURE)
