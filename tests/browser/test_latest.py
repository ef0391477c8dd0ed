"""The sidebar on a newspaper's page: what it shows, how keyboard and screen reader meet it, and its button.

The page has another origin than the server, and its policy allows that server's scripts and answers and nothing else.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.acting import Detour
from tests.browser.newspaper import FEED, row
from tests.stack import wait_for


class TestWhatItShows:
    def test_rows_with_time_count_and_title_in_russian(self, sidebar):
        page = sidebar().opened(language="ru")
        expect(page.rows).to_have_count(15)
        first = page.rows.first
        expect(first.locator("time [aria-hidden]")).to_have_text("30.01 07:24")
        expect(first.locator("time .hidden")).to_have_text("30 января 2026 г. в 07:24, 1 час назад")
        assert first.locator("time").get_attribute("datetime") == "2026-01-30T04:24:00Z"
        assert first.locator(".count").text_content() == "13\N{NO-BREAK SPACE}883 комментария"
        link = first.get_by_role(
            "link", name="Учебный центр показал, как готовят расчёты против малых дронов"
        )
        assert link.get_attribute("href") == "https://review.example/0"
        assert [page.rows.nth(n).locator(".count").text_content() for n in (3, 4, 5)] == [
            "0 комментариев",
            "1 комментарий",
            "22 комментария",
        ]
        expect(page.page.get_by_role("heading", name="Обсуждение")).to_be_visible()
        expect(page.told).to_have_text("Обновлено: 30.01 09:00")

    def test_the_same_in_english(self, sidebar):
        page = sidebar().opened(language="en")
        first = page.rows.first
        expect(first.locator("time [aria-hidden]")).to_have_text("30.01 07:24")
        expect(first.locator("time .hidden")).to_have_text("30 January 2026 at 07:24, 1 hour ago")
        assert first.locator(".count").text_content() == "13,883 comments"
        assert page.rows.nth(4).locator(".count").text_content() == "1 comment"
        expect(page.page.get_by_role("list", name="Discussion")).to_be_visible()

    def test_another_language_gets_english_words_and_its_own_figures(self, sidebar):
        page = sidebar().opened(language="de-AT")
        expect(page.button).to_have_text("Update")
        count = page.rows.first.locator(".count").text_content()
        assert re.fullmatch(r"13\W883 comments", count)
        assert "Jänner" in page.rows.first.locator("time .hidden").inner_text()

    def test_a_zone_that_nobody_knows_and_a_language_that_is_none_do_no_harm(self, sidebar):
        page = sidebar(timezone_id="Asia/Tokyo").opened(language="not a language", zone="Moon/Base")
        expect(page.rows.first.locator("time [aria-hidden]")).to_have_text("30.01 13:24")

    def test_the_edition_in_the_language_of_the_page_is_shown(self, sidebar, paper):
        edition = {
            "id": "e",
            "url": "https://review.example/en/0",
            "title": "How crews train",
            "language": "en",
        }
        paper.rows[0] |= {"editions": [edition]}
        page = sidebar().opened(language="en")
        link = page.rows.first.get_by_role("link", name="How crews train")
        assert link.get_attribute("href") == edition["url"]
        page.set(lang="ru")
        page.first("Учебный центр")
        page.set(hreflang="en")  # what a page asks for takes precedence over its own language
        page.first("How crews train")

    def test_views_and_rating_are_shown_when_they_are_asked_for(self, sidebar, paper):
        paper.rows[0] |= {"views": 1024, "rating": {"up": 3, "down": 1}}
        page = sidebar().opened(language="en")
        expect(page.page.locator("discuss-latest [part=views], discuss-latest [part=rating]")).to_have_count(
            0
        )
        page.set(views="", rating="")
        expect(page.rows.first.locator("[part=views]")).to_have_text("1,024 views")
        expect(page.rows.first.locator("[part=rating] [aria-hidden]")).to_have_text("+3 −1")
        expect(page.rows.first.locator("[part=rating] .hidden")).to_have_text("up 3, down 1")
        expect(page.rows.nth(1).locator("[part=views], [part=rating]")).to_have_count(0)

    def test_an_edition_that_is_counted_apart_has_figures_of_its_own(self, sidebar, paper):
        edition = {
            "id": "e",
            "url": "https://review.example/en/0",
            "title": "How crews train",
            "language": "en",
        }
        figures = {"comment_count": 7, "views": 12, "rating": {"up": 2, "down": 0}}
        paper.rows[0] |= {"views": 1024, "joint": False, "editions": [edition | figures]}
        page = sidebar().opened(language="en", views="", rating="")
        expect(page.rows.first.locator(".count")).to_have_text("7 comments")
        expect(page.rows.first.locator("[part=views]")).to_have_text("12 views")
        expect(page.rows.first.locator("[part=rating] [aria-hidden]")).to_have_text("+2 −0")

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "/relative", "https:x", ""]
    )
    def test_an_address_that_is_not_of_the_web_becomes_no_link(self, sidebar, paper, url):
        paper.rows[0]["url"] = url
        page = sidebar().opened()
        assert page.rows.first.locator("a").get_attribute("href") is None
        page.first("Учебный центр")

    def test_html_in_a_title_stays_text(self, sidebar, paper):
        paper.rows[0]["title"] = "<img src=x onerror=alert(1)><b>bold</b>"
        page = sidebar().opened()
        expect(page.rows.first.locator("a")).to_have_text(paper.rows[0]["title"])
        expect(page.rows.first.locator("img, b")).to_have_count(0)

    def test_an_empty_feed_says_so(self, sidebar, paper):
        paper.rows = []
        page = sidebar().opened(language="en")
        expect(page.told).to_have_text("Nobody has written anything yet.")

    def test_attributes_choose_what_is_asked_for_and_may_change_together(self, sidebar, paper):
        page = sidebar().opened()
        assert paper.polls[-1].path == FEED
        page.set(rows="3", hreflang="en", tag="fleet & port", heading="At sea")
        expect(page.rows).to_have_count(3)
        expect(page.page.get_by_role("heading", name="At sea")).to_be_visible()
        assert [poll.path for poll in paper.polls] == [
            FEED,
            f"{FEED}?limit=3&lang=en&tag=fleet+%26+port",
        ]

    def test_an_answer_to_what_is_no_longer_asked_is_not_shown(self, sidebar, paper):
        page, held = sidebar(), []
        detour = Detour(page.page, "**/review/**")
        page.opened()
        paper.rows = [row(1, title="For the other site")]
        detour.handle = held.append
        page.button.click()
        wait_for("the request", lambda: page.page.evaluate("asked") and held)
        page.set(site="other")
        page.first("For the other site")
        held[0].fulfill(json={"articles": [row(2, title="Too late")]})
        page.press("Нового нет")
        assert page.titles == ["For the other site"]


class TestKeyboardAndScreenReaders:
    def test_the_button_and_the_titles_are_reached_in_order(self, sidebar):
        page = sidebar().opened(rows="2")
        order = []
        for _ in range(3):
            page.page.keyboard.press("Tab")
            order.append(page.element.evaluate("(element) => element.shadowRoot.activeElement.textContent"))
        assert order == ["Обновить", *page.titles]

    def test_a_row_is_read_as_a_sentence(self, sidebar):
        page = sidebar().opened(language="ru", rows="1")
        assert page.element.locator("ol").aria_snapshot() == (
            '- list "Обсуждение":\n'
            "  - listitem:\n"
            "    - time: 30 января 2026 г. в 07:24, 1 час назад\n"
            "    - text: 13 883 комментария\n"
            '    - link "Учебный центр показал, как готовят расчёты против малых дронов":\n'
            "      - /url: https://review.example/0"
        )

    def test_the_focus_stays_on_its_title_when_rows_move(self, sidebar, paper):
        page = sidebar().opened()
        link = page.page.locator("[data-article=id-3] a")
        link.focus()
        moved = paper.rows.pop(3)
        paper.rows = [moved | {"comment_count": 1, "last_activity_at": "2026-01-30T05:59:00Z"}, *paper.rows]
        page.wait(30)
        expect(page.rows.first).to_have_attribute("data-article", "id-3")
        expect(link).to_be_focused()

    def test_the_focus_goes_to_the_neighbour_when_its_row_leaves(self, sidebar, paper):
        page = sidebar().opened(rows="3")
        page.rows.last.locator("a").focus()
        paper.rows.insert(0, row(20))
        page.wait(30)
        expect(page.rows.first).to_have_attribute("data-article", "id-20")
        expect(page.rows.last.locator("a")).to_be_focused()
        paper.rows = []
        page.wait(30)
        expect(page.rows).to_have_count(0)
        expect(page.button).to_be_focused()

    def test_rows_that_changed_nothing_stay_the_elements_that_they_are(self, sidebar, paper):
        page = sidebar().opened()
        links = "[...document.querySelector('discuss-latest').shadowRoot.querySelectorAll('a')]"
        page.page.evaluate(f"window.kept = {links}; 0")
        paper.rows.insert(0, row(20))
        page.press("Изменений: 1")
        assert page.page.evaluate(f"{links}.map((link) => kept.indexOf(link))") == [-1, *range(14)]

    @pytest.mark.parametrize("motion", ["no-preference", "reduce"])
    def test_what_is_new_shines_for_a_moment_unless_motion_is_unwelcome(self, sidebar, paper, motion):
        page = sidebar(reduced_motion=motion).opened()
        page.page.evaluate(
            "window.shone = []; document.querySelector('discuss-latest').shadowRoot"
            ".addEventListener('animationstart', (event) => shone.push(event.target.dataset.article))"
        )
        paper.rows[4]["comment_count"] += 1
        page.press("Изменений: 1")
        changed = page.page.locator("[data-article=id-4]")
        expect(changed).to_have_attribute("part", "row new")
        if motion == "reduce":
            assert changed.evaluate("(row) => getComputedStyle(row).animationName") == "none"
        else:
            page.page.wait_for_function("() => shone.length")
            assert page.page.evaluate("shone") == ["id-4"]
        page.wait(3)
        expect(changed).to_have_attribute("part", "row")

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_axe_finds_no_barrier(self, sidebar, paper, language, scheme):
        paper.rows[0] |= {"views": 1024, "rating": {"up": 3, "down": 1}}
        page = sidebar(color_scheme=scheme).opened(language=language, views="", rating="")
        page.button.click()
        expect(page.announced).not_to_be_empty()
        page.page.clock.resume()  # axe waits for timers of its own
        found = Axe().run(page.page)
        assert found.violations_count == 0, found.generate_report()


class TestTheButton:
    def test_it_asks_at_once_and_says_what_came_of_it(self, sidebar, paper):
        page = sidebar().opened(language="en")
        page.press("Updated at 30.01 09:00. Nothing new.")
        paper.rows.insert(0, row(20, title="A pontoon that came by rail"))
        page.press("Updated at 30.01 09:00. Changed: 1")
        page.first("A pontoon")
        expect(page.rows).to_have_count(15)
        expect(page.told).to_have_text("")

    def test_it_shows_that_it_is_busy_and_keeps_the_focus(self, sidebar, paper):
        page, held = sidebar(), []
        detour = Detour(page.page, "**/feed")
        page.opened()
        detour.handle = held.append
        page.button.focus()
        page.page.keyboard.press("Enter")
        expect(page.button).to_have_attribute("aria-busy", "true")
        page.page.keyboard.press("Enter")
        wait_for("the request", lambda: page.asked and held)
        held[0].fulfill(json={"articles": paper.rows})
        expect(page.button).not_to_have_attribute("aria-busy", "true")
        expect(page.button).to_be_focused()
        assert len(held) == 1

    def test_only_a_reader_who_pressed_it_is_told_aloud(self, sidebar, paper):
        page = sidebar().opened()
        page.press("Нового нет")
        paper.rows.insert(0, row(20))
        page.wait(33)
        expect(page.rows.first).to_have_attribute("data-article", "id-20")
        expect(page.announced).to_have_text("")
        expect(page.told).to_contain_text("Обновлено")
        assert page.page.locator("discuss-latest [aria-live]").count() == 0
