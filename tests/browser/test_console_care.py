"""The moderators' pages with scripts: no slip, broken connection or colleague's act makes a decision that nobody wanted."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import row, shown
from tests.browser.desk import INSULT, Desk
from tests.stack import wait_for

BREAK_OFF = """(part) => {
  const text = Response.prototype.text;
  Response.prototype.text = function () {
    return this.url.includes(part) ? Promise.reject(new TypeError("half an answer")) : text.call(this);
  };
  window.mend = () => (Response.prototype.text = text);
}"""
MEND = "() => void window.mend()"


def some(page: Page, desk: Desk, about: str, count: int = 1) -> list[str]:
    """Writes comments that are held, and opens the oldest."""
    ids: list[str] = desk.write(desk.people.readers[1], *(INSULT.format(about, n) for n in range(count)))
    page.goto(f"/console/demo/queue?search={about}&sort=oldest")
    expect(shown(page, f"{about} number 0.")).to_be_visible()
    return ids


@pytest.mark.parametrize(("key", "label"), [("w", "Message to the author"), ("l", "Note for colleagues")])
def test_a_key_that_opens_a_field_leads_into_it(console, desk, key, label):
    page = console().page
    (comment,) = some(page, desk, f"worded-{key}")
    page.keyboard.press(key)
    page.keyboard.type("please, be kinder")
    expect(page.get_by_label(label)).to_have_value("please, be kinder")
    assert desk.state(comment) == "held"


def test_a_decision_whose_answer_breaks_off_is_complained_of_and_seen_all_the_same(console, desk):
    page = console().page
    (comment,) = some(page, desk, "broken-answer")
    page.evaluate(BREAK_OFF, "/revisions/")
    page.keyboard.press("p")
    expect(page.locator("#toasts .wrong")).to_be_visible()
    page.evaluate(MEND)
    wait_for("the decision", lambda: desk.state(comment) == "published")
    expect(row(page, "broken-answer number 0.")).to_have_count(0)


def test_a_proxys_own_error_is_complained_of(console, desk):
    page = console().page
    away = (
        "<html><head><title>502</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
    )
    page.route("**/revisions/*", lambda route: route.fulfill(status=502, body=away, content_type="text/html"))
    (comment,) = some(page, desk, "gateway-away")
    page.keyboard.press("p")
    expect(page.locator("#toasts .wrong")).to_be_visible()
    expect(page.locator(".row.done")).to_have_count(0)
    assert desk.state(comment) == "held"


def test_news_that_break_off_are_asked_for_again(console, desk):
    page = console().page
    page.clock.install()
    _, decided = some(page, desk, "broken-news", 2)
    page.evaluate(BREAK_OFF, "/queue/changes")
    desk.decide(decided, "published")
    page.clock.run_for(1_000)
    with page.expect_response("**/queue/changes?*"):
        page.clock.run_for(1_000)
    expect(row(page, "broken-news number 1.")).to_be_visible()
    page.evaluate(MEND)
    page.clock.run_for(16_000)
    expect(row(page, "broken-news number 1.")).to_have_count(0)


def test_what_is_decided_is_selected_no_more(console, desk):
    page = console().page
    some(page, desk, "selected-all", 3)
    page.get_by_label("Select all shown").check()
    expect(page.locator("#bulk [data-count]")).to_contain_text("3")
    page.keyboard.press("p")
    expect(page.locator("#bulk [data-count]")).to_contain_text("2")
    expect(page.get_by_label("Select all shown")).to_be_checked()
    expect(page.locator(".row.done .pick input")).not_to_be_checked()


def test_a_text_that_was_edited_is_another_one_and_not_selected(console, desk):
    page = console().page
    first, second = some(page, desk, "edited-since", 2)
    page.get_by_label("Select all shown").check()
    author = desk.entered(desk.people.readers[1])
    edited = {"text": INSULT.format("edited-since and again", 9)}
    desk.client.patch(f"/api/v1/sites/demo/comments/{second}", json=edited, headers=author).raise_for_status()
    fresh = row(page, "edited-since and again number 9.")
    expect(fresh).to_be_visible()
    expect(fresh.get_by_role("checkbox")).not_to_be_checked()
    expect(page.locator(f"#row-{first}").get_by_role("checkbox")).to_be_checked()


def test_who_goes_back_to_the_list_by_keyboard_stays_in_it(console, desk):
    """The row is drawn anew then, because the comment is no longer open."""
    page = console().page
    some(page, desk, "focus-kept")
    with page.expect_response("**/queue/changes?*"):
        page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.row').matches('.is-open')")
    expect(row(page, "focus-kept number 0.").get_by_role("link")).to_be_focused()
