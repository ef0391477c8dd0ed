"""The moderators' pages with scripts switched off: plain forms do everything."""

import html
import json
import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.acting import acts, enter_console, opened, row

INSULT = "You are a stupid worthless idiot and a moron, plainly number {}."


@pytest.fixture
def hold(desk):
    """Posts a comment that is held, as a program would. Returns a function that asks for its state as moderators see it."""

    def post(text):
        (comment,) = desk.write(desk.people.readers[3], text)
        assert desk.state(comment) == "held"
        return lambda: desk.state(comment)

    return post


def test_a_moderator_publishes_one_and_rejects_another_without_scripts(window, demo, hold):
    one, other = hold(INSULT.format(1)), hold(INSULT.format(2))
    page = window(java_script_enabled=False).page
    enter_console(page, demo.people.moderator)
    acts(opened(page, "plainly number 1")).get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("The comment is published. Readers can see it now.")
    expect(row(page, "plainly number 1")).to_have_count(0)
    second = opened(page, "plainly number 2")
    expect(second.locator("button.likely")).to_contain_text("Insult")
    acts(second).get_by_role("button", name="Off topic").click()
    expect(page.get_by_role("status")).to_contain_text("The comment is rejected. Readers will not see it.")
    assert (one(), other()) == ("published", "rejected")


def test_the_second_of_two_moderators_is_told_and_changes_nothing(window, demo, hold):
    state = hold(INSULT.format(3))
    pages = [window(java_script_enabled=False).page for _ in range(2)]
    for page in pages:
        enter_console(page, demo.people.moderator)
    items = [opened(page, "plainly number 3") for page in pages]
    acts(items[0]).get_by_role("button", name="Insult").click()
    acts(items[1]).get_by_role("button", name="Publish").click()
    expect(pages[1].get_by_role("alert")).to_contain_text("Somebody else decided")
    assert state() == "rejected"


def test_a_message_of_the_greatest_length_may_have_many_lines(window, demo, hold):
    state = hold(INSULT.format(10))
    page = window(java_script_enabled=False).page
    enter_console(page, demo.people.moderator)
    shown = opened(page, "plainly number 10")
    shown.get_by_text("Message to the author").first.click()
    shown.get_by_label("Message to the author").fill("Be kind.\n\n" * 200)
    acts(shown).get_by_role("button", name="Insult").click()
    expect(page.get_by_role("status")).to_contain_text("The comment is rejected.")
    assert state() == "rejected"


def test_markup_in_a_comment_is_shown_as_it_was_typed(window, demo, hold):
    text = "<b>You stupid worthless idiot</b> <script>alert(4)</script> moron, plainly number 4."
    hold(text)
    page = window(java_script_enabled=False).page
    enter_console(page, demo.people.moderator)
    expect(opened(page, "plainly number 4").locator(".text")).to_have_text(text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_raised_the_score_is_marked_in_the_text_as_it_was_typed(window, demo, hold, scheme):
    text = f"😀 <b>You</b> are a *stupid* worthless idiot &amp; a moron: https://example.org/?a=1 in {scheme} number 7."
    hold(text)
    page = window(java_script_enabled=False, color_scheme=scheme).page
    enter_console(page, demo.people.moderator)
    shown = opened(page, f"in {scheme} number 7")
    expect(shown.locator(".text")).to_have_text(text)
    expect(shown.locator(".text a, .text b, .text em")).to_have_count(0)
    marks = shown.locator(".text mark")
    words = " ".join(marks.all_inner_texts())
    assert re.search("stupid|idiot|moron", words), words
    assert "number" not in words
    label = re.fullmatch("Raised the “(.+)” score", marks.first.get_attribute("title")).group(1)
    expect(shown).to_contain_text(f"Highlighted: what raised the “{label}” score most.")
    ink, ground = (_luminance(_style(marks.first, name)) for name in ("color", "backgroundColor"))
    assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5
    assert ground != _luminance(_style(shown, "backgroundColor"))


def test_marks_are_heard_and_do_not_get_into_what_is_copied(window, demo, hold):
    hold(INSULT.format(8))
    page = window(java_script_enabled=False).page
    page.goto("/console/log-in?lang=ru")
    enter_console(page, demo.people.moderator)
    page.goto("/console/demo/queue?lang=ru")
    page.locator(".row").filter(has_text="plainly number 8").get_by_role("link").click()
    shown = page.get_by_role("article")
    marked = shown.locator(".text mark").first
    before, after = (_style(marked, "content", part) for part in ("::before", "::after"))
    assert ("начало выделения" in before, "конец выделения" in after) == (True, True)
    expect(shown.locator(".text")).to_have_text(INSULT.format(8))
    assert marked.get_attribute("title").startswith("Повысило оценку «")


def _style(element, name, part=None):
    return element.evaluate(f"element => getComputedStyle(element, {json.dumps(part)}).{name}")


def _luminance(colour):
    """Relative luminance as WCAG defines it."""
    shares = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_reader_is_not_let_in_and_a_wrong_password_is_named(window, demo):
    page = window(java_script_enabled=False).page
    page.goto("/console/?lang=en")
    assert page.url.endswith("/console/log-in")
    page.get_by_label("E-mail").fill(demo.people.moderator.email)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("password is wrong")
    page.get_by_label("E-mail").fill(demo.people.readers[0].email)
    page.get_by_label("Site").fill("demo")
    page.get_by_label("Password").fill(demo.people.readers[0].password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="This account does not moderate any site.")).to_be_visible()
    assert page.goto("/console/demo/queue").status == 403
    expect(page.get_by_role("heading", name="Not allowed")).to_be_visible()
    page.goto("/console/")
    page.get_by_role("button", name="Log out").click()
    assert page.url.endswith("/console/log-in")


def test_where_there_is_one_site_nobody_need_name_it(demo):
    assert re.search(r'<input[^>]*name="site"[^>]*value="demo"', demo.entrance)


@pytest.fixture
def moderator(demo):
    """A client with a browser's cookies, but without a browser."""
    with httpx.Client(base_url=demo.stack.base_url) as client:
        person = demo.people.moderator
        form = {"email": person.email, "password": person.password, "site": "demo"}
        assert client.post("/console/log-in", data=form).status_code == 303
        yield client


def test_a_decision_needs_the_token_of_this_session(moderator, hold):
    state = hold(INSULT.format(5))
    page = moderator.get("/console/demo/queue").text
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', page).group(1)
    link = re.search(r'href="([^"]+)">(?:(?!</a>).)*number 5\.', page, re.DOTALL).group(1)
    shown = moderator.get(html.unescape(link)).text
    path = re.search(r'action="(/console/demo/revisions/[^"]+)"', shown).group(1)
    comment = {"comment": re.search(r'name="comment" value="([^"]+)"', shown).group(1)}
    for wrong in ({}, {"csrf_token": ""}, {"csrf_token": "0" * len(token)}):
        answer = moderator.post(path, data={"act": "publish"} | wrong | comment)
        assert answer.status_code == 403
        assert answer.headers["content-type"].startswith("text/html")
    assert moderator.post(path, json={"act": "publish", "csrf_token": token}).status_code == 422
    assert moderator.post(path, data={"csrf_token": token} | comment).status_code == 422
    assert moderator.post(path, data={"act": "nonsense", "csrf_token": token} | comment).status_code == 422
    assert state() == "held"
    assert moderator.post(path, data={"act": "publish", "csrf_token": token} | comment).status_code == 303
    assert state() == "published"


def test_a_token_in_a_form_opens_no_door_of_the_api(moderator):
    page = moderator.get("/console/demo/queue").text
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', page).group(1)
    answer = moderator.request("DELETE", "/api/v1/session", data={"csrf_token": token})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf-failed")


def test_a_log_in_form_of_another_site_is_refused(demo):
    person = demo.people.moderator
    form = {"email": person.email, "password": person.password, "site": "demo"}
    answer = demo.stack.client.post("/console/log-in", data=form, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
