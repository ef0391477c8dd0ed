"""A page that changes without loading: thread and figures show the article it names, and an element that was taken out is inactive."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.acting import log_in, read, write
from tests.browser.elements import name, put
from tests.browser.test_article import HIDDEN, UP, button, said
from tests.stack import wait_for

THREAD, FIGURES = "discuss-thread", "discuss-article"
OLD, NEW = "sapery-pole", "istoriya-telegraf"
OLD_WORDS, NEW_WORDS = "Низкий поклон этим людям", "Is the museum open in winter?"
COMMENT = re.compile(r"/comments/[0-9a-f-]{36}$")


def comment(page: Page, text: str) -> Locator:
    return page.locator(f"{THREAD} article", has_text=text)


def registered(demo, article: str):
    path = "/api/v1/sites/demo/articles"
    return demo.stack.client.get(path, params={"external_id": article}).json()


def texts(demo, article: str) -> str:
    path = f"/api/v1/sites/demo/articles/{registered(demo, article)['id']}/comments"
    return str(demo.stack.client.get(path).json())


def asked(page: Page, pattern: str) -> list[str]:
    """Collects the page's requests from now on whose address contains the pattern."""
    found: list[str] = []
    page.on("request", lambda request: re.search(pattern, request.url) and found.append(request.url))
    return found


class TestAnotherArticle:
    def test_comments_go_under_the_article_that_is_shown_and_a_draft_does_not(self, window, demo):
        page = window().page
        read(page, OLD)
        log_in(page, demo.people.readers[0])
        page.get_by_label("Your comment").fill("Meant for the sappers.")
        name(page, THREAD, article=NEW)
        expect(comment(page, NEW_WORDS)).to_be_visible()
        expect(comment(page, OLD_WORDS)).to_have_count(0)
        expect(page.get_by_label("Your comment")).to_have_value("")
        write(page, "The line along the railway was the first to go.")
        expect(page.get_by_text("Your comment is published.")).to_be_visible()
        expect(comment(page, "along the railway")).to_be_visible()
        assert "along the railway" in texts(demo, NEW)
        assert "along the railway" not in texts(demo, OLD)

    def test_votes_and_views_are_those_of_the_article_that_is_shown(self, window, demo):
        page = window().page
        told = asked(page, "/views$")
        read(page, OLD)
        log_in(page, demo.people.readers[0])
        old, new = (registered(demo, article) for article in (OLD, NEW))
        name(page, FIGURES, article=NEW)
        wait_for("both beacons", lambda: page.evaluate("1") and len(told) > 1)
        assert [url.split("/")[-2] for url in told] == [old["id"], new["id"]]
        button(page, UP).click()
        expect(said(page)).to_have_text("Your vote has been counted.")
        assert registered(demo, OLD)["rating"] == old["rating"]
        assert registered(demo, NEW)["rating"] == new["rating"] | {"up": new["rating"]["up"] + 1}

    def test_an_article_that_was_left_before_it_was_seen_is_not_counted(self, window, demo):
        page = window().page
        page.add_init_script(HIDDEN)
        told = asked(page, "/views$")
        read(page, OLD)
        expect(button(page, UP)).to_be_visible()
        with page.expect_response(lambda answer: f"external_id={NEW}" in answer.url):
            name(page, FIGURES, article=NEW)
        expect(button(page, UP)).to_be_visible()
        page.evaluate("window.shown = true; document.dispatchEvent(new Event('visibilitychange'))")
        wait_for("the beacon", lambda: page.evaluate("1") and told)
        page.wait_for_timeout(300)
        assert [url.split("/")[-2] for url in told] == [registered(demo, NEW)["id"]]

    def test_another_language_and_another_zone_are_shown_too(self, window):
        page = window().page
        read(page, OLD)
        time = comment(page, OLD_WORDS).locator("time")
        in_moscow = time.inner_text()
        name(page, THREAD, zone="Asia/Tokyo")
        expect(time).not_to_have_text(in_moscow)
        name(page, THREAD, lang="ru")
        name(page, FIGURES, lang="ru")
        expect(page.get_by_role("heading", name="Комментарии")).to_be_visible()
        expect(page.get_by_role("group", name="Оценка статьи читателями")).to_be_visible()

    def test_a_late_answer_about_the_article_before_is_not_shown_and_leads_to_no_other(self, window):
        page = window().page
        held: list = []
        page.route(f"**/articles?external_id={OLD}", lambda route, _: held.append(route))
        page.goto(f"/demo/articles/{OLD}?lang=en")
        wait_for("both elements to ask", lambda: page.evaluate("1") and len(held) == 2)
        for element in (THREAD, FIGURES):
            name(page, element, article=NEW)
        expect(comment(page, NEW_WORDS)).to_be_visible()
        expect(button(page, UP)).to_be_visible()
        further = asked(page, "/articles/")
        for route in held:
            route.continue_()
        page.wait_for_timeout(500)
        assert further == []
        expect(comment(page, OLD_WORDS)).to_have_count(0)
        expect(button(page, UP)).to_have_count(1)

    def test_a_comment_that_was_sent_before_is_not_asked_for_any_more(self, window, demo):
        page = window().page
        page.route(COMMENT, lambda route: route.fulfill(json=route.fetch().json() | {"state": "pending"}))
        read(page, OLD)
        log_in(page, demo.people.readers[0])
        looks = asked(page, COMMENT.pattern)
        write(page, "Metre by metre, and nobody hurt.")
        wait_for("a look at the comment", lambda: page.evaluate("1") and looks)
        name(page, THREAD, article=NEW)
        expect(comment(page, NEW_WORDS)).to_be_visible()
        looks.clear()
        page.wait_for_timeout(1500)
        assert looks == []


class TestTakenOut:
    def test_an_element_that_was_taken_out_hears_nothing_and_works_again_once_it_is_back(self, window, demo):
        page, reader = window().page, demo.people.readers[1]
        read(page, OLD)
        page.evaluate("window.kept = document.querySelector('discuss-thread'); kept.remove()")
        of_the_thread = asked(page, "/comments/own$|/standing$|/comments[?]")
        button(page, UP).click()
        form = page.locator(f"{FIGURES} form")
        form.get_by_label("E-mail").fill(reader.email)
        form.get_by_label("Password").fill(reader.password)
        form.get_by_role("button", name="Log in", exact=True).click()
        expect(said(page)).to_have_text("Your vote has been counted.")
        page.evaluate("location.hash = '#comment-00000000-0000-0000-0000-000000000000'")
        page.wait_for_timeout(300)
        assert of_the_thread == []
        page.evaluate("document.querySelector('main').append(kept)")
        expect(comment(page, OLD_WORDS)).to_be_visible()
        expect(page.get_by_text(f"You are writing as {reader.name}.")).to_be_visible()

    def test_what_became_of_ones_comments_is_no_longer_asked_for(self, window, demo):
        page = window().page
        page.clock.install()
        page.route("**/comments/own", lambda route: route.fulfill(status=503, json={"code": "unavailable"}))
        read(page, OLD)
        log_in(page, demo.people.readers[0])
        looks = asked(page, "/comments/own$")
        page.clock.run_for(21_000)
        wait_for("the next look", lambda: page.evaluate("1") and looks)
        page.evaluate("document.querySelector('discuss-thread').remove()")
        looks.clear()
        page.clock.run_for(61_000)
        assert looks == []

    def test_an_element_that_is_only_moved_or_named_the_same_keeps_what_was_typed(self, window, demo):
        page = window().page
        read(page, OLD)
        log_in(page, demo.people.readers[0])
        page.get_by_label("Your comment").fill("Half a thought")
        page.evaluate("document.querySelector('main').prepend(document.querySelector('discuss-thread'))")
        name(page, THREAD, article=OLD, lang="en")
        page.wait_for_timeout(300)
        expect(page.get_by_label("Your comment")).to_have_value("Half a thought")


def test_an_element_that_has_yet_to_learn_its_article_waits_for_it(window):
    page = window().page
    read(page, OLD)
    asks = asked(page, "external_id=")
    put(page, THREAD, site="demo")
    put(page, FIGURES, site="demo")
    page.wait_for_timeout(300)
    assert asks == []
    name(page, THREAD, article=NEW)
    expect(comment(page, NEW_WORDS)).to_be_visible()
