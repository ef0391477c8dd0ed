"""The moderators' pages with scripts: a moderator's work by keyboard, many at once, two moderators, and what every page keeps to."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from discuss.http.files import HTTP
from tests.browser.acting import enter_console, row
from tests.stack import wait_for

ARTICLE = "satellite-photos-open"
INSULT = "You are a stupid worthless idiot and a moron, {} number {}."
FLOOD = "Buy cheap followers at https://followers.example, real and instant delivery, click now! Offer {}"
RULES = {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"}
LIGHTEST = 150 * 1024
LANGUAGES_AND_SCHEMES = [("en", "light"), ("en", "dark"), ("ru", "light"), ("ru", "dark")]


@pytest.fixture
def desk(demo):
    """A program beside the browsers: readers write, and the moderator's own view tells what stands."""
    return Desk(demo)


class Desk:
    def __init__(self, demo):
        self.client, self.people = demo.stack.client, demo.people
        self.watching = self._entered(self.people.moderator)
        self.article = self.client.get("/api/v1/sites/demo/articles", params={"external_id": ARTICLE}).json()[
            "id"
        ]

    def _entered(self, person):
        body = {"site": "demo", "email": person.email, "password": person.password, "transport": "bearer"}
        return {"authorization": "Bearer " + self.client.post("/api/v1/session", json=body).json()["token"]}

    def write(self, reader, *texts):
        headers, path = self._entered(reader), f"/api/v1/sites/demo/articles/{self.article}/comments"
        ids = [self.client.post(path, json={"text": text}, headers=headers).json()["id"] for text in texts]
        wait_for("all of them to be decided", lambda: all(self.state(one) != "pending" for one in ids))
        return ids

    def state(self, comment_id):
        answer = self.client.get(f"/api/v1/sites/demo/comments/{comment_id}", headers=self.watching)
        return answer.json()["state"]

    def states(self, ids):
        return [self.state(one) for one in ids]


@pytest.fixture
def console(window, demo):
    def enter(**options):
        opened = window(viewport={"width": 1360, "height": 860}, **options)
        enter_console(opened.page, demo.people.moderator)
        return opened

    return enter


def shown(page, text):
    """The open comment itself; others are quoted below it when they are nearly the same."""
    return page.get_by_role("article").filter(has=page.locator(".text", has_text=text))


def test_held_comments_are_decided_by_keyboard_only_and_one_is_taken_back(console, desk):
    ids = desk.write(desk.people.readers[1], *(INSULT.format("keyboard", number) for number in range(6)))
    opened = console()
    page = opened.page
    page.goto("/console/demo/queue?search=keyboard&sort=oldest")
    for number, keys in enumerate(("p", "ri", "p", "rs", "ri", "rf")):
        expect(shown(page, f"keyboard number {number}")).to_be_visible()
        for key in keys:
            page.keyboard.press(key)
    wanted = ["published", "rejected", "published", "rejected", "rejected", "rejected"]
    wait_for("the decisions", lambda: desk.states(ids) == wanted)
    expect(row(page, "number 5").get_by_role("button", name="Undo")).to_be_visible()
    page.keyboard.press("u")
    wait_for("the last one to be held again", lambda: desk.state(ids[5]) == "held")
    expect(shown(page, "keyboard number 5")).to_be_visible()
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


def test_a_flood_is_rejected_at_once_and_taken_back_at_once(console, desk):
    ids = desk.write(desk.people.readers[2], *(FLOOD.format(number) for number in range(8)))
    page = console().page
    page.goto("/console/demo/queue?search=followers")
    expect(page.locator(".row")).to_have_count(8)
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


def test_a_rule_is_tried_and_back_tested_before_it_is_saved(console, desk):
    page = console().page
    page.goto("/console/demo/rules/new?kind=words")
    page.get_by_label("Words and phrases").fill("zeppelin")
    page.get_by_label("Try it on a text").fill("Look, two Zeppelins!")
    page.get_by_role("button", name="Try", exact=True).click()
    expect(page.locator("#tried mark")).to_have_text("Zeppelins")
    page.get_by_role("button", name="Back-test").click()
    expect(page.locator("#backtest")).to_contain_text("Would have stopped 0 published comments")


@pytest.mark.parametrize(("language", "scheme"), LANGUAGES_AND_SCHEMES)
def test_every_page_is_accessible(console, desk, language, scheme):
    desk.write(desk.people.readers[3], INSULT.format(language, scheme))
    author = desk.client.get(
        "/api/v1/sites/demo/authors", params={"search": "Maria"}, headers=desk.watching
    ).json()["items"][0]["account"]["id"]
    page = console(color_scheme=scheme).page
    for path in (
        "queue", "queue?queue=all", "authors?search=m", f"authors/{author}", "rules", "rules/new?kind=words",
        "rules/new?kind=premoderation", "decisions",
    ):  # fmt: skip
        page.goto(f"/console/demo/{path}{'&' if '?' in path else '?'}lang={language}")
        if path.startswith("queue"):
            expect(page.get_by_role("article")).to_be_visible()
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": sorted(RULES)}})
        told = [
            (one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found.response["violations"]
        ]
        assert told == [], path


@pytest.mark.parametrize("path", ["queue", "authors", "rules", "decisions", "rules/new?kind=links"])
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
