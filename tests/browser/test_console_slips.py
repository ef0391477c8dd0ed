"""The moderators' pages with scripts: a slip of the hand, an impatient key or a lost connection costs neither a decision nor a word."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.acting import Detour, acts, enter_console, opened, row, shown
from tests.browser.desk import INSULT, Desk

DECISIONS = "**/revisions/*"


def some(page: Page, desk: Desk, about: str, count: int) -> list[str]:
    """Writes comments that are held, and opens the oldest."""
    ids: list[str] = desk.write(desk.people.readers[1], *(INSULT.format(about, n) for n in range(count)))
    page.goto(f"/console/demo/queue?search={about}&sort=oldest")
    expect(page.locator(".row")).to_have_count(count)
    return ids


def gateway_away(route: Route) -> None:
    route.fulfill(status=502, body="Bad Gateway")


def publish(page: Page, text: str) -> None:
    expect(shown(page, text)).to_be_visible()
    with page.expect_response(DECISIONS):
        page.keyboard.press("p")


def test_undo_takes_back_a_decision_that_is_still_on_its_way(console, desk):
    page = console().page
    decisions = Detour(page, DECISIONS)
    ids = some(page, desk, "on-its-way", 3)
    publish(page, "on-its-way number 0.")
    waiting: list[Route] = []
    decisions.handle = waiting.append
    expect(shown(page, "on-its-way number 1.")).to_be_visible()
    with page.expect_request(DECISIONS):
        page.keyboard.press("p")
    page.keyboard.press("u")
    expect(shown(page, "on-its-way number 2.")).to_be_visible()
    with page.expect_response("**/undo"):
        waiting[0].continue_()
    expect(shown(page, "on-its-way number 1.")).to_be_visible()
    desk.await_states(ids, ["published", "held", "held"])


def test_undo_after_a_decision_that_failed_takes_back_no_other(console, desk):
    page = console().page
    decisions = Detour(page, DECISIONS)
    ids = some(page, desk, "came-to-nothing", 3)
    publish(page, "came-to-nothing number 0.")
    decisions.handle = gateway_away
    publish(page, "came-to-nothing number 1.")
    page.keyboard.press("u")
    expect(page.get_by_text("Nothing was taken back")).to_be_visible()
    assert desk.states(ids) == ["published", "held", "held"]
    with page.expect_response("**/undo"):
        page.keyboard.press("u")
    desk.await_states(ids, ["held", "held", "held"])


def test_undo_takes_back_a_decision_on_many_if_that_is_the_newest(console, desk):
    page = console().page
    ids = some(page, desk, "many-last", 4)
    publish(page, "many-last number 0.")
    for number in (1, 2):
        row(page, f"many-last number {number}.").get_by_role("checkbox").check()
    page.locator("#bulk-reason").select_option("insult")
    with page.expect_response("**/decisions"):
        page.locator("#bulk").get_by_role("button", name="Reject").click()
    desk.await_states(ids, ["published", "rejected", "rejected", "held"])
    with page.expect_response("**/batches/*/undo"):
        page.keyboard.press("u")
    desk.await_states(ids, ["published", "held", "held", "held"])
    with page.expect_response("**/undo"):
        page.keyboard.press("u")
    desk.await_states(ids, ["held"] * 4)


def test_a_double_click_decides_once(console, desk):
    page = console().page
    ids = some(page, desk, "clicked-twice", 3)
    button = acts(shown(page, "clicked-twice number 0.")).get_by_role("button", name="Publish")
    place = button.bounding_box()
    at = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    with page.expect_response(DECISIONS):
        page.mouse.click(*at)
    second = acts(shown(page, "clicked-twice number 1."))
    expect(second).to_be_visible()
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    with page.expect_response("**/queue/changes?*"):
        pass
    expect(second).to_be_visible()
    assert desk.states(ids) == ["published", "held", "held"]


def test_a_key_that_is_held_down_decides_once(console, desk):
    page = console().page
    ids = some(page, desk, "held-down", 3)
    expect(shown(page, "held-down number 0.")).to_be_visible()
    with page.expect_response(DECISIONS):
        page.keyboard.down("p")
    expect(shown(page, "held-down number 1.")).to_be_visible()
    page.keyboard.down("p")
    page.keyboard.up("p")
    with page.expect_response("**/queue/changes?*"):
        pass
    assert desk.states(ids) == ["published", "held", "held"]


def test_an_item_that_cannot_be_loaded_leaves_nothing_of_another_to_act_on(console, desk):
    page = console().page
    items = Detour(page, "**/items/*?*")
    items.handle = lambda route: route.abort()
    ids = some(page, desk, "out-of-reach", 2)
    expect(page.get_by_text("This comment could not be loaded.")).to_be_visible()
    for key in "ph":
        page.keyboard.press(key)
    expect(page.locator("form.acts")).to_have_count(0)
    items.handle = Route.continue_
    page.get_by_role("button", name="Try again").click()
    publish(page, "out-of-reach number 0.")
    desk.await_states(ids, ["published", "held"])


def test_nothing_can_happen_to_an_item_whose_successor_is_on_its_way(console, desk):
    page = console().page
    items = Detour(page, "**/items/*?*")
    (first, _) = desk.write(desk.people.readers[1], *(INSULT.format("slow-next", n) for n in range(2)))
    items.handle = lambda _: None
    page.goto(f"/console/demo/queue?search=slow-next&sort=oldest&open={first}")
    item = shown(page, "slow-next number 0.")
    expect(item).to_be_visible()
    page.keyboard.press("j")
    expect(row(page, "slow-next number 1.")).to_have_class("row is-open")
    expect(item).to_have_js_property("inert", True)
    for key in "pri":
        page.keyboard.press(key)
    page.keyboard.press("l")
    expect(page.get_by_label("Note for colleagues")).to_be_hidden()
    assert desk.state(first) == "held"


@pytest.mark.parametrize(("key", "label"), [("w", "Message to the author"), ("l", "Note for colleagues")])
def test_what_was_typed_is_there_again_after_another_comment_and_after_a_reload(console, desk, key, label):
    page = console().page
    some(page, desk, f"typed-{key}", 2)
    expect(shown(page, f"typed-{key} number 0.")).to_be_visible()
    page.keyboard.press(key)
    page.keyboard.type("half a sentence")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(shown(page, f"typed-{key} number 1.")).to_be_visible()
    expect(page.get_by_label(label)).to_be_hidden()
    page.keyboard.press("k")
    expect(shown(page, f"typed-{key} number 0.")).to_be_visible()
    expect(page.get_by_label(label)).to_have_value("half a sentence")
    page.reload()
    expect(page.get_by_label(label)).to_have_value("half a sentence")


def test_words_outlast_a_log_out_in_another_tab_but_not_ones_own(console, desk):
    first = console()
    page = first.page
    some(page, desk, "logged-out", 1)
    expect(shown(page, "logged-out number 0.")).to_be_visible()
    page.keyboard.press("w")
    page.keyboard.type("please, be kinder")
    page.keyboard.press("Escape")
    other = page.context.new_page()
    other.goto("/console/")
    other.get_by_role("button", name="Log out").click()
    for key in "ri":
        page.keyboard.press(key)
    page.wait_for_url("**/log-in*")
    enter_console(page, desk.people.moderator)
    page.goto("/console/demo/queue?search=logged-out")
    expect(page.get_by_label("Message to the author")).to_have_value("please, be kinder")
    page.get_by_role("button", name="Log out").click()
    enter_console(page, desk.people.moderator)
    page.goto("/console/demo/queue?search=logged-out")
    expect(shown(page, "logged-out number 0.")).to_be_visible()
    expect(page.get_by_label("Message to the author")).to_be_hidden()


def test_on_a_phone_the_way_back_from_a_comment_leads_to_the_list(console, desk):
    page = console().page
    page.set_viewport_size({"width": 390, "height": 800})
    some(page, desk, "by-phone", 2)
    opened(page, "by-phone number 0.")
    page.get_by_role("button", name="Next").click()
    expect(shown(page, "by-phone number 1.")).to_be_visible()
    page.go_back()
    expect(row(page, "by-phone number 1.")).to_be_visible()
    page.wait_for_url(lambda url: "open=" not in url)
    page.go_forward()
    expect(shown(page, "by-phone number 1.")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(row(page, "by-phone number 1.")).to_be_visible()
    page.wait_for_url(lambda url: "open=" not in url)
