"""The sidebar on a newspaper's page: what it shows, when it asks, and what it does when nobody answers.

The page is on another origin than the server, and its policy allows that server's scripts and answers and nothing else.
"""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from discuss.http.fragment.latest import render
from tests.browser.newspaper import FEED, Newspaper, row, served
from tests.browser.sidebar import Opened, Sidebar
from tests.stack import wait_for

PATIENCE = 15_000


@pytest.fixture
def paper() -> Iterator[Newspaper]:
    with served() as running:
        yield running


@pytest.fixture
def sidebar(browser: Browser, paper: Newspaper) -> Iterator[Opened]:
    opened: list[BrowserContext] = []
    seen: list[Sidebar] = []

    def open_one(**options: object) -> Sidebar:
        context = browser.new_context(**({"locale": "en-GB"} | options))  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        seen.append(Sidebar.on(context.new_page(), paper))
        return seen[-1]

    yield open_one
    try:
        assert [made.complaints for made in seen if made.complaints] == []
        assert [made.violations for made in seen if made.violations] == []
    finally:
        for context in opened:
            context.close()


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
        page.set(hreflang="en")  # what a page asks for goes before its own language
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
        page = sidebar().opened()
        paper.rows = [row(1, title="For the other site")]
        held: list = []
        page.page.route("**/review/**", lambda route, _: held.append(route))
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
        if motion == "reduce":
            changed = page.page.locator("[data-article=id-4]")
            expect(changed).to_have_attribute("part", "row new")
            assert changed.evaluate("(row) => getComputedStyle(row).animationName") == "none"
        else:
            page.page.wait_for_function("() => shone.length")
            assert page.page.evaluate("shone") == ["id-4"]

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
        page = sidebar().opened()
        held: list = []
        page.page.route("**/feed", lambda route, _: held.append(route))
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


class TestWhenItAsks:
    def test_every_half_minute_and_what_has_not_changed_costs_a_304(self, sidebar, paper):
        page = sidebar().opened()
        assert page.planned == [30_000]
        page.wait(31)
        assert page.until_planned(2) == [30_000, 30_000]
        page.wait(31)
        page.until_planned(3)
        assert paper.statuses == [200, 304, 304]

    @pytest.mark.parametrize(
        ("interval", "wait"), [("120", 120_000), ("1", 5_000), ("soon", 30_000), ("0", 86_400_000)]
    )
    def test_as_often_as_the_page_wants_within_reason(self, sidebar, interval, wait):
        assert sidebar().opened(interval=interval).planned == [wait]

    def test_not_in_a_hidden_tab_and_at_once_on_return_if_it_fell_due(self, sidebar):
        page = sidebar().opened()
        page.hide(True)
        page.wait(600)
        assert page.asked == 1
        page.hide(False)
        page.wait(0.001)
        assert page.asked == 2
        page.until_planned(3)
        page.hide(True)
        page.hide(False)
        assert page.planned[-1] == 30_000
        assert page.asked == 2

    def test_not_without_a_network_and_soon_when_it_is_back(self, sidebar):
        page = sidebar().opened()
        page.page.context.set_offline(True)
        page.page.wait_for_function("() => !navigator.onLine")
        page.wait(600)
        assert page.asked == 1
        page.page.context.set_offline(False)
        page.until_planned(2)
        page.wait(2)
        assert page.asked == 2

    def test_ever_more_seldom_while_the_server_fails_and_as_before_when_it_is_well(self, sidebar, paper):
        page = sidebar().opened()
        paper.status = 500
        waits = [30, 60, 120, 240, 480, 600, 600]
        for count, wait in enumerate(waits, start=1):
            assert page.until_planned(count)[-1] == wait * 1000
            page.wait(wait)
        page.until_planned(len(waits) + 1)
        paper.status = 200
        page.wait(600)
        assert page.until_planned(len(waits) + 2)[-1] == 30_000
        expect(page.rows).to_have_count(15)

    @pytest.mark.parametrize(
        ("told", "wait"), [("900", 902_500), ("Fri, 30 Jan 2026 06:20:01 GMT", 1_202_500)]
    )
    def test_not_before_the_server_said(self, sidebar, paper, told, wait):
        paper.headers = {"retry-after": told, "access-control-expose-headers": "retry-after"}
        paper.status = 503
        page = sidebar().opened()
        assert page.planned == [wait]
        page.hide(True)
        page.hide(False)
        assert page.planned[-1] == wait
        assert page.asked == 1

    def test_not_while_a_pointer_moves_over_the_rows(self, sidebar):
        page = sidebar().opened()
        page.wait(29)
        page.rows.nth(2).hover()
        page.wait(1)
        assert page.planned[-1] == 3_000
        assert page.asked == 1
        page.wait(3)
        assert page.asked == 2

    def test_soon_after_the_thread_on_the_page_published_a_comment(self, sidebar):
        page = sidebar().opened()
        page.page.evaluate(
            "document.body.dispatchEvent(new CustomEvent('discuss-published', { bubbles: true }))"
        )
        assert page.planned[-1] == 500

    def test_no_more_once_it_was_taken_out_of_the_page(self, sidebar):
        page = sidebar().opened()
        page.page.evaluate("window.taken = document.querySelector('discuss-latest'); taken.remove()")
        page.wait(600)
        assert page.asked == 1
        page.page.evaluate("document.body.append(taken)")
        page.until_planned(2)
        expect(page.rows).to_have_count(15)


class TestTheStream:
    def test_it_brings_news_at_once_and_polls_become_rare(self, sidebar, paper):
        paper.streams = True
        page = sidebar().opened(live="")
        wait_for("the stream", lambda: paper.listening == 1)
        page.page.wait_for_function("() => planned.includes(800)")
        page.wait(1)
        page.page.wait_for_function("() => planned.at(-1) === 300000")
        for event in ("feed", "reset"):
            paper.rows.insert(0, row(30, id=event, title=f"Brought by {event}"))
            before = len(page.planned)
            paper.tell(event)
            assert page.until_planned(before + 1)[-1] == 800
            page.wait(1)
            page.first(f"Brought by {event}")
            page.page.wait_for_function("() => planned.at(-1) === 300000")

    def test_it_is_closed_in_a_hidden_tab_and_opened_again(self, sidebar, paper):
        paper.streams = True
        page = sidebar().opened(live="")
        wait_for("the stream", lambda: paper.listening == 1)
        page.hide(True)
        wait_for("the end of the stream", lambda: paper.listening == 0)
        page.hide(False)
        wait_for("the stream", lambda: paper.listening == 1)
        page.set(live=None)
        wait_for("the end of the stream", lambda: paper.listening == 0)

    def test_where_there_is_none_it_polls_and_seldom_tries_again(self, sidebar, paper):
        page = sidebar().opened(live="")
        wait_for("the refusal", lambda: paper.refused == 1)
        for polls in range(2, 12):
            before = len(page.planned)
            page.wait(30)
            page.until_planned(before + 1)
            assert len(paper.polls) == polls
        wait_for("another try", lambda: paper.refused == 2)


class TestWhenTheServerIsAway:
    def test_what_it_has_stays_and_is_marked_once_it_is_old(self, sidebar, paper):
        page = sidebar().opened(language="en")
        paper.hangs_up = True
        page.wait(30)
        page.until_planned(2)
        expect(page.told).to_have_text("Updated at 30.01 09:00")
        page.wait(60)
        page.until_planned(3)
        page.wait(120)
        page.until_planned(4)
        expect(page.told).to_have_text("No answer just now. This is from 30.01 09:00")
        expect(page.rows).to_have_count(15)
        page.press("No answer just now. This is from 30.01 09:00")
        paper.hangs_up = False
        page.press("Nothing new")

    def test_a_fresh_page_shows_what_an_earlier_one_had(self, sidebar, paper):
        page = sidebar().opened(language="ru")
        paper.hangs_up = True
        page.wait(3600)
        page.open(language="ru")
        expect(page.rows).to_have_count(15)
        expect(page.told).to_contain_text("Сервер не отвечает. Данные на 30.01 09:00")

    def test_what_is_kept_belongs_to_the_same_site_and_the_same_choice(self, sidebar, paper):
        page = sidebar().opened(language="en")
        paper.hangs_up = True
        page.open(language="en", tag="fleet")
        expect(page.told).to_have_text("No answer just now. Please try again.")
        expect(page.rows).to_have_count(0)
        page.set(tag=None)
        expect(page.rows).to_have_count(15)

    @pytest.mark.parametrize(
        "kept",
        [
            "",
            "null",
            "[]",
            "{",
            '{"articles": 5}',
            '{"articles": [null]}',
            '{"articles": [{"id": 1, "title": 2}]}',
        ],
    )
    def test_what_somebody_else_put_into_the_storage_does_no_harm(self, sidebar, kept):
        page = sidebar()
        page.page.add_init_script(f"Storage.prototype.getItem = () => {kept!r}")
        page.opened()
        expect(page.rows).to_have_count(15)

    @pytest.mark.parametrize(
        "script",
        [
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })",
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
        ],
        ids=["denied", "full"],
    )
    def test_it_works_without_a_storage(self, sidebar, script):
        page = sidebar()
        page.page.add_init_script(script)
        page.opened()
        expect(page.rows).to_have_count(15)
        page.press("Нового нет")

    @pytest.mark.parametrize("body", ["", "<html>", "[]", '{"articles": null}', '{"articles": [null]}'])
    def test_an_answer_that_is_no_feed_is_no_answer(self, sidebar, body):
        page = sidebar().opened(language="en")
        page.page.route("**/feed", lambda route: route.fulfill(body=body, content_type="application/json"))
        page.press("No answer just now.")
        expect(page.rows).to_have_count(15)


class TestTheFragment:
    def test_it_is_taken_over_and_kept_while_the_server_is_away(self, sidebar, paper):
        paper.hangs_up = True
        page = sidebar().opened(render(paper.rows, "ru", "Europe/Moscow").decode(), language="ru")
        expect(page.rows).to_have_count(15)
        expect(page.rows.first.locator("time [aria-hidden]")).to_have_text("30.01 07:24")
        assert page.rows.first.locator(".count").text_content() == "13\N{NO-BREAK SPACE}883 комментария"
        expect(page.told).to_have_text("Сервер не отвечает. Попробуйте ещё раз.")

    def test_the_newer_of_fragment_and_memory_is_shown(self, sidebar, paper):
        page = sidebar().opened(language="en")
        paper.hangs_up = True
        older = [row(5, title="Yesterday's paper")]
        page.open(render(older, "en", "Europe/Moscow").decode(), language="en")
        expect(page.rows).to_have_count(15)
        newer = [row(-1, title="Hot off the press")]
        page.open(render(newer, "en", "Europe/Moscow").decode(), language="en")
        expect(page.rows).to_have_count(1)
        page.first("Hot off the press")

    def test_it_is_what_readers_without_javascript_have(self, browser, paper):
        with browser.new_context(java_script_enabled=False) as context:
            page = context.new_page()
            page.goto(
                paper.put(render(paper.rows, "ru", "Europe/Moscow").decode(), language="ru", styled=True)
            )
            rows = page.locator("ol.discuss-latest li")
            expect(rows).to_have_count(15)
            expect(rows.first.get_by_role("link")).to_be_visible()
            expect(rows.first).to_contain_text("30.01 07:24")

    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_nothing_moves_when_the_script_takes_over(self, sidebar, paper, language):
        page = sidebar(viewport={"width": 360, "height": 1200})
        page.page.route("**/latest.js", lambda route: route.abort())
        html = render(paper.rows, language, "Europe/Moscow").decode()
        page.open(html, language=language, styled=True)
        before = places(page.page.locator("ol.discuss-latest li > *"))
        page.page.unroute("**/latest.js")
        page.opened(html, language=language, styled=True)
        after = places(page.rows.locator("> time, > .count, > a"))
        assert len(after) == 45
        assert [[pytest.approx(edge, abs=1) for edge in place] for place in before] == after

    def test_other_content_stays_until_the_first_answer(self, sidebar, paper):
        paper.hangs_up = True
        page = sidebar().opened("<p>Our own words</p>", language="en")
        expect(page.page.get_by_text("Our own words")).to_be_visible()
        paper.hangs_up = False
        page.press("Changed: 15")
        expect(page.page.get_by_text("Our own words")).to_be_hidden()

    def test_a_fragment_that_arrives_later_is_taken_over_too(self, sidebar, paper):
        paper.hangs_up = True
        page = sidebar().opened()
        html = render(paper.rows, "ru", "Europe/Moscow").decode()
        page.element.evaluate("(element, html) => element.setHTMLUnsafe(html)", html)
        expect(page.rows).to_have_count(15)


WIDTHS = {"narrow": 180, "sidebar": 340, "wide": 700}


class TestItsLook:
    """Geometry and contrast instead of stored pictures, which would differ with the fonts and the Chromium of a machine."""

    @pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_columns_stand_in_line_and_nothing_sticks_out(self, sidebar, language, width):
        page = sidebar(viewport={"width": width, "height": 900}).opened(language=language)
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width
        assert (
            page.element.evaluate(
                "({ shadowRoot }) => [...shadowRoot.querySelectorAll('h2, button, p, time, .count, a')]"
                ".filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth).map((part) => part.textContent)"
            )
            == []
        )
        times, counts, links = (boxes(page.rows.locator(part)) for part in ("time", ".count", "a"))
        assert {round(box["left"]) for box in times} == {round(times[0]["left"])}
        assert {round(box["right"]) for box in counts} == {round(counts[0]["right"])}
        assert {round(box["left"]) for box in links} == {round(links[0]["left"])}
        stacked = width == WIDTHS["narrow"]
        for time, count, link in zip(times, counts, links, strict=True):
            assert time["right"] <= count["left"]
            assert count["bottom"] <= link["top"] + 4 if stacked else count["right"] <= link["left"]
            assert link["width"] > 100

    @pytest.mark.parametrize(
        "options",
        [
            {"color_scheme": "light"},
            {"color_scheme": "dark"},
            {"color_scheme": "light", "forced_colors": "active"},
            {"color_scheme": "dark", "forced_colors": "active"},
        ],
        ids=["light", "dark", "forced light", "forced dark"],
    )
    def test_every_text_can_be_read(self, sidebar, options):
        page = sidebar(**options).opened()
        for part in ("h2", "button", "p:not(:empty)", "time", ".some", ".count:not(.some)", "a"):
            assert contrast(page.element.locator(part).first) >= 4.5, part

    def test_a_site_dresses_it_by_properties_and_parts(self, sidebar):
        page = sidebar().opened()
        page.page.evaluate("""() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`:root { --quiet: rgb(7, 8, 9); --line: rgb(10, 11, 12); } discuss-latest { --discuss-ink: rgb(1, 2, 3); --discuss-accent: rgb(4, 5, 6); --discuss-quiet: var(--quiet);
                --discuss-line: var(--line); --discuss-font: 13px monospace; } discuss-latest::part(link) { font-weight: 700; }`);
            document.adoptedStyleSheets = [sheet];
        }""")
        first = page.rows.first
        assert [style(first.locator("a"), name) for name in ("color", "fontSize", "fontWeight")] == [
            "rgb(1, 2, 3)",
            "13px",
            "700",
        ]
        assert style(first.locator(".count"), "color") == style(page.button, "color") == "rgb(4, 5, 6)"
        assert style(first.locator("time"), "color") == "rgb(7, 8, 9)"
        assert style(first, "borderTopColor") == "rgb(10, 11, 12)"
        parts = page.element.evaluate(
            "({ shadowRoot }) => [...shadowRoot.querySelectorAll('[part]')].map((made) => made.part.value)"
        )
        assert set(parts) == {"title", "button", "status", "list", "row", "time", "count", "link"}

    def test_it_is_mirrored_where_text_runs_from_right_to_left_and_times_are_not(self, sidebar):
        page = sidebar(viewport={"width": 360, "height": 800}).open(language="ru")
        page.page.evaluate("document.dir = 'rtl'")
        page.until_planned(1)
        time, link = (boxes(page.rows.first.locator(part))[0] for part in ("time", "a"))
        assert time["left"] > link["right"]
        day, hour = page.rows.first.locator(
            "time [aria-hidden]"
        ).evaluate("""(seen) => [[0, 5], [6, 11]].map(([from, to]) => {
            const range = new Range();
            range.setStart(seen.firstChild, from);
            range.setEnd(seen.firstChild, to);
            return range.getBoundingClientRect().left;
        })""")
        assert day < hour


def test_a_violation_of_the_policy_and_an_error_of_a_script_are_noticed(browser, paper):
    """Else the fixture's own assertions could not fail."""
    with browser.new_context() as context:
        page = Sidebar.on(context.new_page(), paper).opened()
        page.page.evaluate(
            "document.body.setAttribute('style', 'color: red'); Promise.reject(Error('broken')); 0"
        )
        page.page.wait_for_function("() => violations.length")
        wait_for("the complaint", lambda: page.violations and page.complaints)
        assert page.violations == ["style-src-attr inline"]
        assert page.complaints == ["broken"]


def boxes(cells):
    found: list[dict[str, float]] = cells.evaluate_all(
        "(cells) => cells.map((cell) => cell.getBoundingClientRect().toJSON())"
    )
    return found


def style(element, name):
    return element.evaluate("(element, name) => getComputedStyle(element)[name]", name)


def contrast(element):
    """As WCAG defines it, between the text and the page behind it, as they are painted."""
    painted = element.evaluate("""(element) => {
        const brush = new OffscreenCanvas(1, 1).getContext("2d");
        const page = document.body.appendChild(document.createElement("p"));
        page.attributeStyleMap.set("background-color", "Canvas");
        const paint = (colour) => {
            brush.fillStyle = colour;
            brush.fillRect(0, 0, 1, 1);
            return [...brush.getImageData(0, 0, 1, 1).data];
        };
        const pair = [paint(getComputedStyle(page).backgroundColor), paint(getComputedStyle(element).color)];
        page.remove();
        return pair;
    }""")
    light, dark = sorted((luminance(colour) for colour in painted), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    shares = [number / 255 for number in colour[:3]]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def places(cells):
    """Left, top and bottom of each."""
    found: list[list[float]] = cells.evaluate_all(
        "(cells) => cells.map((cell) => cell.getBoundingClientRect()).map((box) => [box.left, box.top, box.bottom])"
    )
    return found
