"""What holds for all the moderators' pages: everybody can use them, they fit a phone, and they are light."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from discuss.http.files import HTTP
from tests.browser.acting import enter_console
from tests.browser.desk import INSULT

RULES = {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"}
AXE = {"runOnly": {"type": "tag", "values": sorted(RULES)}, "resultTypes": ["violations"]}
"""Rules that pass are checked too, but not reported in detail."""

LIGHTEST = 150 * 1024
LANGUAGES_AND_SCHEMES = [("en", "light"), ("ru", "dark")]


@pytest.mark.parametrize(("language", "scheme"), LANGUAGES_AND_SCHEMES)
def test_every_page_is_accessible(console, desk, language, scheme):
    desk.write(desk.people.readers[3], INSULT.format(language, scheme))
    author = desk.client.get(
        "/api/v1/sites/demo/authors", params={"search": "Maria"}, headers=desk.watching
    ).json()["items"][0]["account"]["id"]
    page = console(color_scheme=scheme).page
    for path in (
        "queue", "queue?queue=all", "authors?search=m", f"authors/{author}", "rules", "rules/new?kind=words",
        "rules/new?kind=premoderation", "rules/thresholds", "decisions",
    ):  # fmt: skip
        page.goto(f"/console/demo/{path}{'&' if '?' in path else '?'}lang={language}")
        if path.startswith("queue"):
            expect(page.get_by_role("article")).to_be_visible()
        found = Axe().run(page, options=AXE)
        told = [
            (one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found.response["violations"]
        ]
        assert told == [], path


@pytest.mark.parametrize(
    "path", ["queue", "authors", "rules", "decisions", "rules/new?kind=links", "rules/thresholds"]
)
def test_every_page_fits_a_phone(window, demo, path):
    page = window(viewport={"width": 360, "height": 740}).page
    enter_console(page, demo.people.moderator)
    page.goto(f"/console/demo/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_console_is_light():
    console = HTTP / "console"
    files = [*console.glob("*.css"), *console.glob("scripts/*.js"), HTTP / "pages" / "frame.css"]
    assert len(files) > 10
    assert sum(path.stat().st_size for path in files) <= LIGHTEST


@pytest.mark.parametrize("language", ["en", "ru"])
def test_on_the_narrowest_of_phones_no_page_scrolls_sideways(console, desk, language):
    (comment,) = desk.write(desk.people.readers[1], INSULT.format(f"narrow-{language}", 1))
    page = console().page
    page.set_viewport_size({"width": 320, "height": 700})
    places = (
        f"queue?open={comment}", f"items/{comment}", "authors", "rules", "rules/new?kind=premoderation", "decisions",
    )  # fmt: skip
    for place in places:
        page.goto(f"/console/demo/{place}{'&' if '?' in place else '?'}lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, place
