"""The moderators' pages with scripts: they show what others do meanwhile, with the stream of events and without it."""

from playwright.sync_api import expect

from discuss.domain.accounts import Role
from tests.browser.acting import row, shown
from tests.browser.desk import INSULT
from tests.stack import PASSWORD, wait_for


def test_comments_come_in_without_the_stream_too(console, desk):
    _, decided = desk.write(desk.people.readers[1], *(INSULT.format("deaf", number) for number in (0, 1)))
    page = console().page
    page.clock.install()
    page.route("**/queue/stream", lambda route: route.abort())
    page.goto("/console/demo/queue?sort=oldest")
    expect(row(page, "deaf number 1")).to_be_visible()
    desk.decide(decided, "published")
    desk.write(desk.people.readers[1], INSULT.format("deaf", 2))
    page.clock.run_for(16_000)
    expect(row(page, "deaf number 1")).to_have_count(0)
    expect(row(page, "deaf number 2")).to_be_visible()


def test_the_second_of_two_moderators_is_told_in_place(console, desk, demo):
    (comment,) = desk.write(desk.people.readers[1], INSULT.format("contested", 1))
    first, second = console().page, console().page
    for page in (first, second):
        page.goto("/console/demo/queue?search=contested")
        expect(shown(page, "contested number 1")).to_be_visible()
    first.keyboard.press("p")
    wait_for("the first decision", lambda: desk.state(comment) == "published")
    expect(second.locator(".notice").or_(second.locator("#toasts")).first).to_be_visible()
    for key in "ri":
        second.keyboard.press(key)
    expect(second.get_by_role("alert").first).to_be_visible()
    assert desk.state(comment) == "published"


def test_the_page_follows_without_the_stream_too(console, desk):
    (comment,) = desk.write(desk.people.readers[1], INSULT.format("streamless", 1))
    first, second = console().page, console().page
    second.route("**/queue/stream*", lambda route: route.abort())
    second.clock.install()
    for page in (first, second):
        page.goto("/console/demo/queue?search=streamless")
        expect(shown(page, "streamless number 1")).to_be_visible()
    first.keyboard.press("p")
    wait_for("the decision", lambda: desk.state(comment) == "published")
    second.clock.fast_forward(16_000)
    second.clock.fast_forward(1_000)
    expect(second.get_by_role("alert").first).to_contain_text("decided")


def test_who_opened_a_comment_is_shown_to_the_others(window, console, desk, demo):
    desk.write(desk.people.readers[1], INSULT.format("claimed", 1))
    colleague = demo.stack.person(None, Role.MODERATOR, "Boris Wolf")
    first = console().page
    first.goto("/console/demo/queue?search=claimed")
    expect(shown(first, "claimed number 1")).to_be_visible()
    second = window(viewport={"width": 1360, "height": 860}).page
    second.goto("/console/log-in?lang=en")
    second.get_by_label("E-mail").fill(colleague.email)
    second.get_by_label("Password").fill(PASSWORD)
    second.get_by_label("Site").fill("")
    second.get_by_role("button", name="Log in").click()
    second.goto("/console/demo/queue?search=claimed")
    expect(row(second, "claimed number 1")).to_contain_text(
        f"{demo.people.moderator.name} is looking at this"
    )
    first.goto("/console/demo/rules")
    expect(row(second, "claimed number 1")).not_to_contain_text("is looking at this")
