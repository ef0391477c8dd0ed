"""The thread by keyboard: the focus moves on to what comes next, and nothing that was typed is lost."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.acting import log_in, read, write
from tests.stack import wait_for

THREE = "pvo-uchebnyj-centr"
FIRST, SECOND, LAST = "Упражнение на слух", "Девять из двенадцати", "Reading this with a translator"
HOSPITAL = "field-hospital-numbers"
PAGE_OF_COMMENTS = re.compile(r"/comments\?limit=100")
COMMENT = re.compile(r"/comments/[0-9a-f-]{36}$")


def comment(page: Page, text: str) -> Locator:
    return page.locator("discuss-thread article", has_text=text)


def one_by_one(page: Page) -> None:
    """Makes each page of the thread hold one comment."""
    page.route(PAGE_OF_COMMENTS, lambda route: route.continue_(url=route.request.url.replace("=100", "=1")))


def held_back(page: Page) -> list:
    """Hides from the page that a comment was decided, until the returned list has something in it."""
    released: list = []

    def tell(route):
        told = route.fetch().json()
        route.fulfill(json=told if released else told | {"state": "pending"})

    page.route(COMMENT, tell)
    return released


def reply_to(page: Page, name: str) -> Locator:
    page.get_by_role("button", name=f"Reply to {name}").first.press("Enter")
    return page.get_by_role("region", name=f"Reply to {name}")


class TestFocus:
    def test_show_more_leads_to_the_first_comment_that_came_and_then_goes(self, window):
        page = window().page
        one_by_one(page)
        read(page, THREE)
        more = page.get_by_role("button", name="Show more comments")
        more.press("Enter")
        expect(comment(page, SECOND)).to_be_focused()
        more.press("Enter")
        expect(comment(page, LAST)).to_be_focused()
        expect(more).to_be_hidden()

    def test_the_focus_stays_with_whoever_went_on_before_the_answer_came(self, window, demo):
        page = window().page
        one_by_one(page)
        read(page, THREE)
        log_in(page, demo.people.readers[0])
        held: list = []
        page.route(PAGE_OF_COMMENTS, lambda route, _: held.append(route))
        page.get_by_role("button", name="Show more comments").press("Enter")
        wait_for("the request", lambda: page.evaluate("1") and held)
        page.get_by_label("Your comment").focus()
        held[0].continue_()
        expect(comment(page, SECOND)).to_be_visible()
        expect(page.get_by_label("Your comment")).to_be_focused()

    def test_try_again_keeps_the_focus_until_there_are_comments_and_leads_to_them(self, window):
        page = window().page
        page.route(PAGE_OF_COMMENTS, lambda route: route.abort())
        page.goto(f"/demo/articles/{THREE}?lang=en")
        again, failed = (
            page.get_by_role("button", name="Try again"),
            page.get_by_text("The comments cannot be loaded right now."),
        )
        with page.expect_request(PAGE_OF_COMMENTS):
            again.press("Enter")
        expect(failed).to_be_visible()
        expect(again).to_be_focused()
        page.unroute(PAGE_OF_COMMENTS)
        again.press("Enter")
        expect(comment(page, FIRST)).to_be_focused()
        expect(again).to_be_hidden()

    def test_try_again_where_there_is_no_comment_leads_to_the_list(self, window):
        page = window().page
        page.route(PAGE_OF_COMMENTS, lambda route: route.abort())
        page.goto("/demo/articles/cadets-winter-march?lang=en")
        again = page.get_by_role("button", name="Try again")
        expect(again).to_be_visible()
        page.unroute(PAGE_OF_COMMENTS)
        again.press("Enter")
        expect(page.locator("discuss-thread [part=list]")).to_be_focused()

    def test_log_out_leads_to_the_way_back_in(self, window, demo):
        page = window().page
        read(page, THREE)
        log_in(page, demo.people.readers[0])
        page.get_by_role("button", name="Log out").press("Enter")
        expect(page.get_by_role("button", name="Log in to comment")).to_be_focused()

    def test_whoever_is_not_logged_in_can_think_better_of_a_reply_and_of_a_vote(self, window):
        page = window().page
        read(page, HOSPITAL)
        panel = reply_to(page, "Maria Lindqvist")
        expect(panel.get_by_label("E-mail")).to_be_focused()
        panel.get_by_role("button", name="Cancel").press("Enter")
        expect(panel).to_have_count(0)
        expect(page.get_by_role("button", name="Reply to Maria Lindqvist")).to_be_focused()
        vote = page.locator("discuss-article button[part=up]")
        vote.press("Enter")
        page.locator("discuss-article").get_by_role("button", name="Cancel").press("Enter")
        expect(vote).to_be_focused()
        expect(page.locator("discuss-article form")).to_have_count(0)

    def test_there_is_one_way_out_of_a_reply_before_and_after_the_log_in(self, window, demo):
        page, reader = window().page, demo.people.readers[0]
        read(page, HOSPITAL)
        panel = reply_to(page, "Maria Lindqvist")
        panel.get_by_label("E-mail").fill(reader.email)
        panel.get_by_label("Password").fill(reader.password)
        cancel = panel.get_by_role("button", name="Cancel")
        expect(cancel).to_have_count(1)
        panel.get_by_label("Password").press("Enter")
        expect(panel.get_by_label("Reply to Maria Lindqvist")).to_be_focused()
        expect(cancel).to_have_count(1)
        panel.get_by_role("button", name="Log out").press("Enter")
        expect(panel.get_by_role("button", name="Log in to comment")).to_be_focused()
        cancel.press("Enter")
        expect(page.get_by_role("button", name="Reply to Maria Lindqvist")).to_be_focused()


class TestDrafts:
    def test_what_is_typed_while_a_comment_is_on_its_way_stays(self, window, demo):
        page = window().page
        held: list = []
        page.route(re.compile(r"/comments$"), lambda route, _: held.append(route))
        read(page, HOSPITAL)
        log_in(page, demo.people.readers[0])
        own = page.get_by_label("Your comment")
        write(page, "Bandages were never the problem.")
        wait_for("the comment to be sent", lambda: page.evaluate("1") and held)
        own.fill("The next thought")
        held[0].continue_()
        expect(comment(page, "never the problem")).to_be_visible()
        expect(own).to_have_value("The next thought")

    def test_a_second_reply_that_is_being_typed_stays_when_the_first_appears(self, window, demo):
        page = window().page
        read(page, HOSPITAL)
        log_in(page, demo.people.readers[0])
        released = held_back(page)
        panel = reply_to(page, "Maria Lindqvist")
        text = panel.get_by_label("Reply to Maria Lindqvist")
        text.fill("Sockets first, then the rest.")
        text.press("Control+Enter")
        expect(panel.get_by_text("Your comment is being checked…")).to_be_visible()
        text.fill("And another thing:")
        released.append(True)
        expect(comment(page, "Sockets first")).to_be_visible()
        expect(text).to_have_value("And another thing:")
        expect(text).to_be_focused()
        text.fill("And another thing: the cables.")
        text.press("Control+Enter")
        expect(comment(page, "the cables")).to_be_focused()
        expect(panel).to_have_count(0)

    def test_a_reply_that_appears_disturbs_neither_a_form_opened_since_nor_one_elsewhere(self, window, demo):
        page = window().page
        read(page, HOSPITAL)
        log_in(page, demo.people.readers[0])
        released = held_back(page)
        panel = reply_to(page, "Maria Lindqvist")
        text = panel.get_by_label("Reply to Maria Lindqvist")
        text.fill("Water was our worst shortage.")
        text.press("Control+Enter")
        expect(panel.get_by_text("Your comment is being checked…")).to_be_visible()
        panel.get_by_role("button", name="Cancel").press("Enter")
        text = reply_to(page, "Maria Lindqvist").get_by_label("Reply to Maria Lindqvist")
        text.fill("Begun anew.")
        page.get_by_label("Your comment").focus()
        released.append(True)
        expect(comment(page, "worst shortage")).to_be_visible()
        expect(text).to_have_value("Begun anew.")
        expect(page.get_by_label("Your comment")).to_be_focused()

    def test_a_reply_that_appears_does_not_call_back_a_reader_who_writes_elsewhere(self, window, demo):
        page = window().page
        read(page, HOSPITAL)
        log_in(page, demo.people.readers[0])
        released = held_back(page)
        panel = reply_to(page, "Maria Lindqvist")
        text = panel.get_by_label("Reply to Maria Lindqvist")
        text.fill("Our generator was the weak point.")
        text.press("Control+Enter")
        expect(panel.get_by_text("Your comment is being checked…")).to_be_visible()
        own = page.get_by_label("Your comment")
        own.fill("A thought of")
        released.append(True)
        expect(comment(page, "weak point")).to_be_visible()
        expect(panel).to_have_count(0)
        expect(own).to_be_focused()
