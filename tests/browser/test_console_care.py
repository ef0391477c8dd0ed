"""The moderators' pages with scripts: no slip, broken connection or colleague's act makes a decision that nobody wanted."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.acting import Detour, opened, row, shown
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


def test_who_decides_on_the_open_comment_with_others_goes_on_with_the_next(console, desk):
    page = console().page
    *picked, last = some(page, desk, "together", 3)
    for number in (0, 1):
        row(page, f"together number {number}.").get_by_role("checkbox").check()
    page.locator("#bulk-reason").select_option("insult")
    with page.expect_request(
        lambda sent: sent.url.endswith(f"{picked[0]}/claim") and "keep=no" in sent.post_data
    ):
        page.locator("#bulk").get_by_role("button", name="Reject").click()
    expect(shown(page, "together number 2.")).to_be_visible()
    page.keyboard.press("p")
    desk.await_states([*picked, last], ["rejected", "rejected", "published"])


def test_who_decides_on_all_comments_at_once_has_none_open(console, desk):
    page = console().page
    ids = some(page, desk, "all-at-once", 2)
    page.get_by_label("Select all shown").check()
    page.locator("#bulk").get_by_role("button", name="Publish").click()
    expect(page.locator("#pane .hint")).to_be_visible()
    desk.await_states(ids, ["published", "published"])


def test_a_comment_that_has_left_the_queue_can_be_opened_and_decided(console, desk):
    page = console().page
    left, waiting = desk.write(desk.people.readers[1], *(INSULT.format("left-since", n) for n in range(2)))
    desk.decide(left, "published")
    page.goto(f"/console/demo/queue?search=left-since&open={left}")
    expect(shown(page, "left-since number 0.")).to_be_visible()
    page.keyboard.press("h")
    expect(shown(page, "left-since number 1.")).to_be_visible()
    desk.await_states([left, waiting], ["held", "held"])


def test_words_to_an_author_are_kept_until_their_decision_is_made(console, desk):
    page = console().page
    decisions = Detour(page, "**/revisions/*")
    comment, _ = some(page, desk, "words-kept", 2)
    decisions.handle = lambda route: route.fulfill(status=502, body="Bad Gateway")
    page.keyboard.press("w")
    page.keyboard.type("please, be kinder")
    page.keyboard.press("Escape")
    for key in "ri":
        page.keyboard.press(key)
    expect(page.locator("#toasts .wrong")).to_be_visible()
    expect(shown(page, "words-kept number 1.")).to_be_visible()
    expect(page.locator("#pane form.acts textarea")).to_have_value("")
    again = opened(page, "words-kept number 0.")
    expect(again.get_by_label("Message to the author")).to_be_visible()
    expect(again.get_by_label("Message to the author")).to_have_value("please, be kinder")
    decisions.handle = Route.continue_
    with page.expect_response("**/revisions/*"):
        for key in "ri":
            page.keyboard.press(key)
    desk.await_states([comment], ["rejected"])
    page.goto(f"/console/demo/items/{comment}")
    expect(page.get_by_role("article")).to_contain_text("please, be kinder")


def test_a_note_about_an_author_is_kept_until_it_is_saved(console, desk):
    body = {"name": "Noted", "email": "noted@example.org", "password": "a note about me"}
    desk.client.post("/api/v1/sites/demo/accounts", json=body).raise_for_status()
    page = console().page
    page.goto("/console/demo/authors?search=Noted")
    page.get_by_role("link", name="Noted").click()
    note = page.get_by_label("Note for colleagues")
    note.fill("Writes under two names.")
    page.locator("summary", has_text="Always premoderate").click()
    page.get_by_role("button", name="Always premoderate", exact=True).click()
    expect(page.locator("#sanctions")).to_contain_text("Premoderated")
    expect(note).to_have_value("Writes under two names.")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("#notes")).to_contain_text("Writes under two names.")
    expect(note).to_have_value("")
