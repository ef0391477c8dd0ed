"""The moderators' pages with scripts: a moderator's work by keyboard, many at once, two moderators, and what every page keeps to."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from discuss.domain.accounts import Role
from discuss.http.files import HTTP
from discuss.usecases.demo_content import DemoPerson
from tests.browser.acting import enter_console, row, shown
from tests.browser.desk import INSULT
from tests.stack import PASSWORD, wait_for

FLOOD = "Buy cheap followers at https://followers.example, real and instant delivery, click now! Offer {}"
RULES = {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"}
LIGHTEST = 150 * 1024
LANGUAGES_AND_SCHEMES = [("en", "light"), ("ru", "dark")]


def test_held_comments_are_decided_by_keyboard_only_and_one_is_taken_back(console, desk):
    ids = desk.write(desk.people.readers[1], *(INSULT.format("keyboard", number) for number in range(20)))
    opened = console()
    page = opened.page
    page.goto("/console/demo/queue?search=keyboard&sort=oldest")
    for number in range(20):
        expect(shown(page, f"keyboard number {number}.")).to_be_visible()
        with page.expect_response("**/revisions/*"):
            for key in "p" if number % 2 else "ri":
                page.keyboard.press(key)
    wait_for("the decisions", lambda: desk.states(ids) == ["rejected", "published"] * 10)
    expect(page.locator("#toasts").get_by_role("button", name="Undo").first).to_be_visible()
    page.keyboard.press("u")
    wait_for("the last one to be held again", lambda: desk.state(ids[19]) == "held")
    expect(shown(page, "keyboard number 19.")).to_be_visible()
    assert opened.complaints == []


def test_no_key_acts_in_a_field_nor_once_keys_are_switched_off(console, desk):
    (comment,) = desk.write(desk.people.readers[1], INSULT.format("quiet", 1))
    page = console().page
    page.goto("/console/demo/queue?search=quiet")
    expect(shown(page, "quiet number 1")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("pri")
    expect(page.get_by_role("searchbox")).to_have_value("pri")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single keys act").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    expect(shown(page, "quiet number 1")).to_be_visible()
    page.keyboard.press("p")
    page.get_by_role("button", name="Keyboard").click()
    expect(page.get_by_role("checkbox", name="Single keys act")).not_to_be_checked()
    assert desk.state(comment) == "held"


def test_keys_act_in_the_russian_layout_too(console, desk):
    (comment,) = desk.write(desk.people.readers[1], INSULT.format("cyrillic", 1))
    page = console().page
    page.goto("/console/demo/queue?search=cyrillic")
    expect(shown(page, "cyrillic number 1")).to_be_visible()
    page.locator("body").dispatch_event("keydown", {"key": "з", "code": "KeyP", "bubbles": True})
    wait_for("the decision", lambda: desk.state(comment) == "published")


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


def test_a_flood_is_rejected_at_once_and_taken_back_at_once(console, desk):
    ids = desk.write(desk.people.readers[2], *(FLOOD.format(number) for number in range(50)))
    page = console().page
    page.goto("/console/demo/queue?search=followers")
    expect(page.locator(".row")).to_have_count(50)
    page.get_by_label("Select all shown").check()
    page.get_by_label("Reason").and_(page.locator("#bulk-reason")).select_option("spam")
    page.locator("#bulk").get_by_role("button", name="Reject").click()
    wait_for("all of them to be rejected", lambda: set(desk.states(ids)) == {"rejected"})
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    wait_for("all of them to be held again", lambda: set(desk.states(ids)) == {"held"})


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


def test_a_rule_is_tried_and_back_tested_before_it_is_saved(console, desk):
    page = console().page
    page.goto("/console/demo/rules/new?kind=words")
    page.get_by_label("Words and phrases").fill("zeppelin")
    page.get_by_label("Try it on a text").fill("Look, two Zeppelins!")
    page.get_by_role("button", name="Try", exact=True).click()
    expect(page.locator("#tried mark")).to_have_text("Zeppelins")
    page.get_by_role("button", name="Back-test").click()
    expect(page.locator("#backtest")).to_contain_text("Would have stopped 0 published comments")


def test_an_author_is_banned_and_what_they_wrote_is_removed(console, desk, demo):
    flooder = DemoPerson("Flooder", "flooder@example.org", "flooding the thread")
    body = {"name": flooder.name, "email": flooder.email, "password": flooder.password}
    assert desk.client.post("/api/v1/sites/demo/accounts", json=body).status_code == 201
    ids = desk.write(flooder, "A quiet remark about the boats.", INSULT.format("flooding", 1))
    opened = console()
    page = opened.page
    page.goto("/console/demo/queue?search=flooding")
    expect(shown(page, "flooding number 1")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Flooder")).to_be_visible()
    page.locator("summary", has_text="Ban").click()
    page.get_by_label("Remove the comments too").check()
    page.get_by_role("button", name="Ban", exact=True).click()
    expect(page.locator("#sanctions")).to_contain_text("Banned")
    expect(page.locator("#sanctions")).to_contain_text("2 of 2 comments dealt with.")
    assert desk.states(ids) == ["rejected", "rejected"]
    assert opened.complaints == []


def test_a_report_is_read_and_dismissed_by_keeping_the_comment(console, desk):
    (comment,) = desk.write(desk.people.readers[0], "The lighthouse was painted white in spring.")
    headers = desk.entered(desk.people.readers[1])
    report = {"reason": "off-topic", "words": "It was painted red."}
    path = f"/api/v1/sites/demo/comments/{comment}/report"
    assert desk.client.put(path, json=report, headers=headers).status_code < 300
    page = console().page
    page.goto("/console/demo/queue?queue=reported")
    item = shown(page, "lighthouse")
    expect(item).to_contain_text("It was painted red.")
    page.keyboard.press("p")
    expect(page.locator("#toasts")).to_contain_text("Published")
    page.goto("/console/demo/queue?queue=reported")
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()
    assert desk.state(comment) == "published"


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


def test_a_saved_rule_acts(window, desk, demo):
    admin = demo.stack.person(None, Role.ADMIN)
    page = window().page
    page.goto("/console/log-in?lang=en")
    page.get_by_label("E-mail").fill(admin.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Site").fill("")
    page.get_by_role("button", name="Log in").click()
    page.goto("/console/demo/rules/new?kind=words")
    page.get_by_label("Name").fill("Airships")
    page.get_by_label("Words and phrases").fill("airship")
    page.get_by_label("Mode").select_option("on")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Airships")).to_be_visible()
    (comment,) = desk.write(desk.people.readers[0], "My grandfather flew in airships.")
    assert desk.state(comment) == "held"
    page.goto("/console/demo/queue?search=grandfather")
    expect(shown(page, "airships")).to_contain_text("Airships: airship")


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
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": sorted(RULES)}})
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
