"""The moderators' pages with scripts: a moderator's work by keyboard, many at once, authors, reports and rules."""

from playwright.sync_api import expect

from discuss.domain.accounts import Role
from discuss.usecases.demo_content import DemoPerson
from tests.browser.acting import shown
from tests.browser.desk import INSULT
from tests.stack import PASSWORD, wait_for

FLOOD = "Buy cheap followers at https://followers.example, real and instant delivery, click now! Offer {}"


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
    desk.await_states(ids, ["rejected", "published"] * 10)
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
    page.get_by_role("checkbox", name="Use single-key shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    expect(shown(page, "quiet number 1")).to_be_visible()
    page.keyboard.press("p")
    page.get_by_role("button", name="Shortcuts").click()
    expect(page.get_by_role("checkbox", name="Use single-key shortcuts")).not_to_be_checked()
    assert desk.state(comment) == "held"


def test_keys_act_in_the_russian_layout_too(console, desk):
    (comment,) = desk.write(desk.people.readers[1], INSULT.format("cyrillic", 1))
    page = console().page
    page.goto("/console/demo/queue?search=cyrillic")
    expect(shown(page, "cyrillic number 1")).to_be_visible()
    page.locator("body").dispatch_event("keydown", {"key": "з", "code": "KeyP", "bubbles": True})
    wait_for("the decision", lambda: desk.state(comment) == "published")


def test_a_flood_is_rejected_at_once_and_taken_back_at_once(console, desk):
    ids = desk.write(desk.people.readers[2], *(FLOOD.format(number) for number in range(50)))
    page = console().page
    page.goto("/console/demo/queue?search=followers")
    expect(page.locator(".row")).to_have_count(50)
    page.get_by_label("Select all shown").check()
    page.get_by_label("Reason").and_(page.locator("#bulk-reason")).select_option("spam")
    page.locator("#bulk").get_by_role("button", name="Reject").click()
    desk.await_states(ids, ["rejected"] * 50)
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    desk.await_states(ids, ["held"] * 50)


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
    page.get_by_label("Also remove this author’s comments").check()
    page.get_by_role("button", name="Ban", exact=True).click()
    expect(page.locator("#sanctions")).to_contain_text("Banned")
    expect(page.locator("#sanctions")).to_contain_text("2 of 2 comments processed.")
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
    expect(page.get_by_text("Nothing is waiting here.")).to_be_visible()
    assert desk.state(comment) == "published"


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
