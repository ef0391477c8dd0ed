"""What an article's page shows about the article itself: how often it was read, and what readers think of it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from discuss.usecases.flush_views import flush_views
from tests.browser.acting import log_in, read
from tests.browser.test_console_pages import AXE
from tests.stack import wait_for

HIDDEN = "Object.defineProperty(Document.prototype, 'visibilityState', {get: () => window.shown ? 'visible' : 'hidden'})"
UP, DOWN = "up", "down"


def button(page: Page, side: str):
    return page.locator(f"discuss-article button[part={side}]")


def said(page: Page):
    return page.locator("discuss-article [role=status]")


def votes(page: Page) -> tuple[str, str]:
    """The votes as they are spoken, with a star on the reader's own."""
    told = [
        f"{one.get_attribute('aria-label')}{'*' if one.get_attribute('aria-pressed') == 'true' else ''}"
        for one in (button(page, UP), button(page, DOWN))
    ]
    return told[0], told[1]


def views(demo, name: str) -> int:
    """The views of an article, once those counted are written to PostgreSQL."""
    demo.stack.use(flush_views)
    path = f"/api/v1/sites/demo/articles?external_id={name}"
    return int(demo.stack.client.get(path).json()["views"])


class TestVoting:
    def test_a_reader_votes_thinks_again_and_takes_it_back(self, window, demo):
        page = window().page
        read(page, "radar-upgrade-hills")
        log_in(page, demo.people.readers[0])
        assert votes(page) == ("Like: 0", "Dislike: 0")
        button(page, UP).click()
        expect(said(page)).to_have_text("Your vote has been counted.")
        assert votes(page) == ("Like: 1*", "Dislike: 0")
        button(page, DOWN).click()
        expect(button(page, DOWN)).to_have_attribute("aria-pressed", "true")
        assert votes(page) == ("Like: 0", "Dislike: 1*")
        button(page, DOWN).click()
        expect(said(page)).to_have_text("Your vote has been withdrawn.")
        assert votes(page) == ("Like: 0", "Dislike: 0")

    def test_a_vote_is_there_again_on_the_next_visit_and_seen_by_others(self, window, demo):
        page = window().page
        read(page, "coast-guard-night-rescue")
        log_in(page, demo.people.readers[1])
        button(page, UP).click()
        expect(button(page, UP)).to_have_attribute("aria-pressed", "true")
        page.reload()
        expect(button(page, UP)).to_have_attribute("aria-pressed", "true")
        other = window().page
        read(other, "coast-guard-night-rescue")
        assert votes(other) == ("Like: 1", "Dislike: 0")

    def test_whoever_is_not_logged_in_does_that_and_the_vote_counts_with_it(self, window, demo):
        page = window().page
        read(page, "field-hospital-numbers")
        button(page, UP).focus()
        page.keyboard.press("Enter")
        expect(said(page)).to_have_text("Please log in (again).")
        form = page.locator("discuss-article form")
        expect(form.get_by_label("E-mail")).to_be_focused()
        form.get_by_label("E-mail").fill(demo.people.readers[2].email)
        form.get_by_label("Password").fill(demo.people.readers[2].password)
        form.get_by_role("button", name="Log in", exact=True).click()
        expect(said(page)).to_have_text("Your vote has been counted.")
        expect(button(page, UP)).to_be_focused()
        assert votes(page) == ("Like: 1*", "Dislike: 0")
        expect(page.get_by_text(f"You are writing as {demo.people.readers[2].name}.")).to_be_visible()

    def test_a_vote_that_is_refused_changes_nothing_and_says_why(self, window):
        page = window().page
        page.route("**/session", lambda route: route.fulfill(json={"account": {"id": "x", "name": "X"}}))
        problem = {"code": "rate-limited", "detail": "Too often.", "status": 429}
        page.route(
            "**/vote",
            lambda route: route.fulfill(status=429, json=problem, content_type="application/problem+json"),
        )
        read(page, "translation-desk", language="ru")
        button(page, UP).click()
        expect(said(page)).to_have_text("Слишком часто. Подождите немного.")
        expect(button(page, UP)).to_have_attribute("aria-pressed", "false")


class TestViews:
    def test_a_page_that_is_looked_at_is_counted_once(self, window, demo):
        before = views(demo, "logistics-rail-gauge")
        page = window(user_agent="Mozilla/5.0 (one of a kind)").page
        read(page, "logistics-rail-gauge")
        wait_for("the view", lambda: views(demo, "logistics-rail-gauge") == before + 1)
        read(page, "logistics-rail-gauge")
        expect(page.locator("discuss-article [part=views]")).to_have_text(f"Views: {before + 1}")
        assert views(demo, "logistics-rail-gauge") == before + 1

    def test_a_page_that_is_opened_behind_others_is_counted_when_it_is_shown(self, window):
        page = window().page
        page.add_init_script(HIDDEN)
        told: list[str] = []
        page.on("request", lambda asked: asked.url.endswith("/views") and told.append(asked.method))
        read(page, "satellite-photos-open")
        expect(button(page, UP)).to_be_visible()
        assert told == []
        page.evaluate("window.shown = true; document.dispatchEvent(new Event('visibilitychange'))")
        wait_for("the beacon", lambda: page.evaluate("1") and told == ["POST"])


def test_it_speaks_russian_on_a_russian_page(window):
    page = window().page
    read(page, "drone-workshop-school", language="ru")
    expect(page.locator("discuss-article [part=views]")).to_contain_text("Просмотров:")
    expect(page.get_by_role("group", name="Оценка статьи читателями")).to_be_visible()


def test_while_the_server_is_away_there_is_nothing_and_nothing_breaks(window):
    opened = window()
    opened.page.route("**/articles?external_id=*", lambda route: route.abort())
    opened.page.goto("/demo/articles/drone-workshop-school")
    expect(opened.page.get_by_text("The comments cannot be loaded right now.")).to_be_visible()
    expect(opened.page.locator("discuss-article button")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_axe_finds_no_barrier(window, demo, language, scheme):
    page = window(color_scheme=scheme).page
    read(page, "drone-workshop-school", language=language)
    page.locator("discuss-article button").first.click()
    expect(page.locator("discuss-article form")).to_be_visible()
    found = Axe().run(page, context="discuss-article", options=AXE)
    assert found.violations_count == 0, found.generate_report()
