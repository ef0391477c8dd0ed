"""When the sidebar asks the server, and what it does when nobody answers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.acting import Detour
from tests.browser.newspaper import FEED, Newspaper, row
from tests.browser.sidebar import Sidebar
from tests.stack import wait_for


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

    def test_not_in_a_tab_opened_in_the_background_and_at_once_when_it_comes_up(self, sidebar, paper):
        page = sidebar().open_in_background()
        page.wait(600)
        assert (page.asked, paper.polls) == (0, [])
        page.hide(False)
        page.wait(0.001)
        expect(page.rows).to_have_count(15)
        assert page.until_planned(2)[-1] == 30_000
        assert page.asked == 1

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

    def test_what_comes_while_a_pointer_moves_over_the_rows_waits_until_it_rests(self, sidebar):
        page = overtaken_by_the_pointer(sidebar())
        expect(page.rows).to_have_count(15)
        page.wait(3)
        page.first("What came meanwhile")
        expect(page.rows).to_have_count(1)

    def test_whoever_presses_the_button_does_not_wait_for_the_pointer_to_rest(self, sidebar):
        page = overtaken_by_the_pointer(sidebar())
        page.button.focus()
        page.page.keyboard.press("Enter")
        page.wait(0.25)
        page.first("What came meanwhile")

    def test_nothing_as_long_as_it_has_no_site(self, sidebar, paper):
        paper.streams = True
        page = sidebar().open(site="", live="")
        page.button.click()
        page.wait(600)
        page.set(site=None)
        page.hide(True)
        page.hide(False)
        page.wait(600)
        assert (page.asked, page.streams) == (0, [])
        page.set(site="review")
        expect(page.rows).to_have_count(15)
        wait_for("the stream", lambda: paper.listening == 1)
        page.set(site=None)
        wait_for("the end of the stream", lambda: paper.listening == 0)
        page.wait(600)
        assert page.asked == len(paper.polls) == 1

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


def overtaken_by_the_pointer(page: Sidebar) -> Sidebar:
    """A page that asked while no pointer was over its rows, and is answered while one moves there."""
    held: list[Route] = []
    detour = Detour(page.page, "**/feed")
    page.opened()
    detour.handle = held.append
    page.wait(31)
    wait_for("the request", lambda: page.asked == 2 and held)
    page.rows.nth(2).hover()
    held[0].fulfill(json={"articles": [row(20, title="What came meanwhile")]})
    page.until_next(250)
    return page


def listening(sidebar: Callable[..., Sidebar], paper: Newspaper) -> Sidebar:
    """A page whose stream is open, and which therefore polls rarely."""
    paper.streams = True
    page = sidebar().opened(live="")
    wait_for("the stream", lambda: paper.listening == 1)
    page.until_next(800)
    page.wait(1)
    page.until_next(30_000)
    page.wait(30)
    page.until_next(300_000)
    return page


class TestTheStream:
    def test_it_brings_news_at_once_and_polls_become_rare(self, sidebar, paper):
        page = listening(sidebar, paper)
        for event in ("feed", "reset"):
            paper.rows.insert(0, row(30, id=event, title=f"Brought by {event}"))
            paper.tell(event)
            page.until_next(800)
            page.wait(1)
            page.first(f"Brought by {event}")
            page.until_next(30_000)
            page.wait(30)
            page.until_next(300_000)

    def test_what_a_cache_still_had_when_it_rang_is_made_good_at_the_usual_time(self, sidebar, paper):
        page = listening(sidebar, paper)
        paper.tell("feed")
        page.until_next(800)
        page.wait(1)
        page.until_next(30_000)
        paper.rows.insert(0, row(30, id="late", title="What the cache did not have"))
        page.wait(30)
        page.first("What the cache did not have")

    def test_a_stream_that_is_back_after_an_outage_asks_within_seconds(self, sidebar, paper):
        page = sidebar().opened(live="", language="en")
        wait_for("the refusal", lambda: paper.refused == 1)
        paper.hangs_up = True
        for polls in range(2, 6):
            before = page.until_planned(polls)
            page.wait(600)
            page.until_planned(len(before) + 1)
        expect(page.told).to_contain_text("No answer just now")
        paper.hangs_up, paper.streams = False, True
        page.wait(600)
        page.until_next(800)
        assert paper.listening == 1
        page.wait(1)
        page.until_next(30_000)
        expect(page.told).to_contain_text("Updated at")
        assert page.asked == 7

    def test_while_the_server_is_away_nothing_asks_more_often_than_the_polls(self, sidebar, paper):
        page = listening(sidebar, paper)
        paper.hangs_up, paper.streams = True, False
        page.until_next(30_000)
        assert page.streams == [True]
        for wait in (60_000, 120_000):
            page.wait(page.planned[-1] / 1000)
            page.until_next(wait)
            assert page.streams == [False]
        paper.hangs_up, paper.streams = False, True
        page.wait(120)
        wait_for("the stream", lambda: paper.listening == 1)
        assert page.streams == [False, True]

    def test_a_page_that_wants_no_polls_still_notices_when_there_is_a_stream_again(self, sidebar, paper):
        page = sidebar().opened(live="", interval="0")
        wait_for("the refusal", lambda: paper.refused == 1)
        page.until_next(300_000)
        paper.streams = True
        page.wait(300)
        wait_for("the stream", lambda: paper.listening == 1)
        page.until_next(800)
        page.wait(1)
        page.until_next(86_400_000)

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
        page.until_planned(2)
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

    def test_the_latest_ten_copies_are_kept_and_what_is_not_ours_stays(self, sidebar, paper):
        page = sidebar().opened()
        page.page.evaluate(
            "for (let n = 10; n < 50; n++)"
            " localStorage.setItem(`discuss-latest:${n}`, JSON.stringify({ at: Date.now() - 100 + n, articles: [] }));"
            "localStorage.setItem('another', '1');"
        )
        page.press("Нового нет")
        latest = {f"discuss-latest:{number}" for number in range(41, 50)}
        own = f"discuss-latest:{paper.origin}{FEED}"
        assert set(page.page.evaluate("Object.keys(localStorage)")) == {"another", own, *latest}

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
        page = sidebar()
        detour = Detour(page.page, "**/feed")
        page.opened(language="en")
        detour.handle = lambda route: route.fulfill(body=body, content_type="application/json")
        page.press("No answer just now.")
        expect(page.rows).to_have_count(15)
