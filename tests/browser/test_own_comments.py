"""What readers see of their own comments, and can do with them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.acting import Detour, log_in, read, write
from tests.browser.desk import ARTICLE
from tests.stack import wait_for

HERE = "coast-guard-night-rescue"
HELD = "A moderator will review it."


@pytest.fixture
def reading(window, demo):
    """A page that one of the readers has logged in on."""

    def open_one(number: int, article: str = HERE) -> Page:
        page: Page = window().page
        read(page, article)
        log_in(page, demo.people.readers[number])
        return page

    return open_one


def told(page: Page, text: str):
    return page.locator("discuss-thread article", has_text=text)


def published(page: Page, text: str):
    write(page, text)
    comment = told(page, text.replace("*", ""))
    expect(comment).to_be_visible()
    return comment


def test_a_comment_is_edited_in_its_place(reading):
    page = reading(0)
    comment = published(page, "The harbour has *tree* lighthouses.")
    comment.get_by_role("button", name="Edit what you wrote").click()
    field = comment.get_by_label("Edit what you wrote").and_(page.locator("textarea"))
    expect(field).to_have_value("The harbour has *tree* lighthouses.")
    field.fill("The harbour has *three* lighthouses, one of them dark.")
    comment.get_by_role("button", name="Save").click()
    expect(told(page, "three lighthouses")).to_contain_text("edited")
    expect(told(page, "tree lighthouses")).to_have_count(0)
    expect(page.locator("textarea:visible")).to_have_count(1)
    expect(told(page, "three lighthouses").get_by_role("button", name="Edit what you wrote")).to_be_focused()


def test_a_comment_is_deleted_after_one_question(reading):
    page = reading(0)
    comment = published(page, "I take this one back at once.")
    count = page.locator("discuss-thread h2 .count")
    before = int(count.inner_text())
    comment.get_by_role("button", name="Delete what you wrote").click()
    question = comment.get_by_role("region", name="Delete what you wrote")
    expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    question.get_by_role("button", name="Cancel").click()
    expect(question).to_have_count(0)
    comment.get_by_role("button", name="Delete what you wrote").click()
    question.get_by_role("button", name="Delete", exact=True).click()
    expect(comment).to_have_count(0)
    expect(count).to_have_text(str(before - 1))
    page.reload()
    expect(count).to_have_text(str(before - 1))


def test_a_deleted_comment_leaves_its_place_to_the_replies(reading):
    page = reading(0)
    comment = published(page, "Who knows the name of the boat?")
    comment.get_by_role("button", name=re.compile("^Reply")).click()
    page.get_by_role("region", name=re.compile("^Reply")).locator("textarea").fill(
        "It is painted on the stern."
    )
    page.get_by_role("region", name=re.compile("^Reply")).get_by_role("button", name="Send").click()
    expect(told(page, "painted on the stern")).to_be_visible()
    comment.get_by_role("button", name="Delete what you wrote").click()
    comment.get_by_role("button", name="Delete", exact=True).click()
    expect(told(page, "Who knows the name")).to_have_count(0)
    expect(told(page, "painted on the stern")).to_be_visible()
    expect(told(page, "This comment is no longer available.").first).to_be_focused()


def test_only_authors_can_edit_and_delete_and_only_others_can_report(reading):
    author = reading(0)
    published(author, "Twelve knots of wind from the north.")
    other = reading(1)
    mine, theirs = told(author, "Twelve knots"), told(other, "Twelve knots")
    acts = {"Edit what you wrote": (1, 0), "Delete what you wrote": (1, 0), "Report the comment": (0, 1)}
    for name, (own, others) in acts.items():
        for comment, expected in ((mine, own), (theirs, others)):
            expect(comment.get_by_role("button", name=name)).to_have_count(expected)
    author.get_by_role("button", name="Log out").click()
    expect(mine.get_by_role("button", name="Delete what you wrote")).to_have_count(0)


def test_who_is_too_late_cannot_begin_to_edit(reading):
    page = reading(0)
    published(page, "The tide turns at six.")
    page.clock.install(time=datetime.now(UTC) + timedelta(minutes=16))
    page.reload()
    comment = told(page, "The tide turns")
    expect(comment.get_by_role("button", name="Delete what you wrote")).to_be_visible()
    expect(comment.get_by_role("button", name="Edit what you wrote")).to_have_count(0)


def test_what_a_moderator_approves_appears_without_a_reload(reading, desk):
    page = reading(0, ARTICLE)
    page.clock.install()
    first = published(page, "The picture was taken at dawn.")
    first.get_by_role("button", name="Edit what you wrote").click()
    first.locator("textarea").fill("You are a stupid worthless idiot, the picture was taken at noon.")
    first.get_by_role("button", name="Save").click()
    page.clock.run_for(2_000)
    expect(first).to_contain_text("A moderator will review your change.")
    write(page, "You are a stupid worthless moron, look at the shadows.")
    page.clock.run_for(2_000)
    expect(page.get_by_text(HELD)).to_be_visible()
    author = desk.entered(desk.people.readers[0])
    path = f"/api/v1/sites/demo/articles/{desk.article}/comments/own"

    def standing() -> dict[str, str]:
        return {one["id"]: one["state"] for one in desk.client.get(path, headers=author).json()}

    waiting = [comment for comment, state in standing().items() if state == "held"]
    assert len(waiting) == 2
    for comment in waiting:
        desk.decide(comment, "published")
    wait_for("the author to be told", lambda: {standing()[one] for one in waiting} == {"published"})
    page.clock.run_for(21_000)
    expect(told(page, "look at the shadows")).to_be_visible()
    expect(told(page, "taken at noon")).to_contain_text("edited")
    expect(told(page, "taken at dawn")).to_have_count(0)
    expect(page.get_by_text(HELD)).to_have_count(0)
    expect(page.get_by_text("Your comment is published.")).to_be_visible()


def test_what_waits_for_a_moderator_can_be_taken_back(reading):
    page = reading(1)
    text = "You are a stupid worthless idiot, and I regret that I wrote it."
    write(page, text)
    own = (
        page.get_by_role("region", name="Only you can see these")
        .get_by_role("listitem")
        .filter(has_text=text)
    )
    own.get_by_role("button", name="Delete what you wrote").click()
    own.get_by_role("button", name="Delete", exact=True).click()
    expect(own).to_have_count(0)
    page.reload()
    expect(page.get_by_text("You are writing as")).to_be_visible()
    expect(own).to_have_count(0)


def test_a_comment_whose_new_text_waits_is_deleted_as_a_whole(reading):
    page = reading(2)
    comment = published(page, "The ferry leaves at nine.")
    comment.get_by_role("button", name="Edit what you wrote").click()
    comment.locator("textarea").fill("You stupid worthless idiot, the ferry leaves at ten.")
    comment.get_by_role("button", name="Save").click()
    own = (
        page.get_by_role("region", name="Only you can see these")
        .get_by_role("listitem")
        .filter(has_text="at ten")
    )
    expect(own).to_be_visible()
    expect(own.get_by_role("button")).to_have_count(0)
    expect(comment).to_contain_text("The ferry leaves at nine.")
    comment.get_by_role("button", name="Close").click()
    comment.get_by_role("button", name="Delete what you wrote").click()
    comment.get_by_role("button", name="Delete", exact=True).click()
    expect(comment).to_have_count(0)
    expect(own).to_have_count(0)


def test_an_unsent_text_outlasts_a_reload_and_ends_with_the_log_out(reading, demo):
    page = reading(0)
    field = page.get_by_label("Your comment")
    field.fill("Half a thought about the")
    page.reload()
    expect(field).to_have_value("Half a thought about the")
    page.get_by_role("button", name="Log out").click()
    log_in(page, demo.people.readers[0])
    expect(field).to_have_value("")


def test_a_log_in_in_another_tab_shows_nobody_what_is_another_readers(reading, demo):
    page = reading(0)
    page.clock.install()
    mine, theirs = (f"You are a stupid worthless idiot, says {who}." for who in ("the first", "the second"))
    write(page, mine)
    page.clock.run_for(2_000)
    own = page.get_by_role("region", name="Only you can see these")
    expect(own).to_contain_text(mine)
    page.get_by_label("Your comment").fill("Half a thought about the")
    other = page.context.new_page()
    read(other, HERE)
    other.get_by_role("button", name="Log out").click()
    log_in(other, demo.people.readers[1])
    write(other, theirs)
    expect(other.get_by_text(HELD)).to_be_visible()
    page.clock.run_for(21_000)
    expect(page.get_by_text(f"You are writing as {demo.people.readers[1].name}.")).to_be_visible()
    expect(own).to_contain_text(theirs)
    expect(own).not_to_contain_text(mine)
    expect(page.get_by_label("Your comment")).to_have_value("")


def test_who_is_registered_but_not_logged_in_is_told_so_and_only_logs_in(window):
    page = window().page
    sessions = Detour(page, "**/api/v1/session")
    read(page, HERE)
    page.get_by_role("button", name="Log in to comment").click()
    page.get_by_role("button", name="New here? Register").click()
    for label, text in {
        "Name": "Henrik Dahl",
        "E-mail": "henrik@example.org",
        "Password": "a long password",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    sessions.handle = Route.abort
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("You are registered. No connection to the server.")
    sessions.handle = Route.continue_
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_text("You are writing as Henrik Dahl.")).to_be_visible()


def test_ones_own_comment_moves_to_its_place_when_the_comments_before_it_are_loaded(window, demo, desk):
    desk.write(demo.people.readers[1], *(f"Notes on the night, part {number}." for number in range(4)))
    page = window().page
    page.route(
        "**/comments?limit=100*",
        lambda route: route.continue_(url=route.request.url.replace("limit=100", "limit=2")),
    )
    read(page, ARTICLE)
    log_in(page, demo.people.readers[0])
    published(page, "The newest of them all.")
    more = page.get_by_role("button", name="Show more comments")
    while more.is_visible():
        with page.expect_response("**/comments?limit=*"):
            more.click()
        expect(page.get_by_text("Loading comments…")).to_have_count(0)
    expect(page.locator("discuss-thread ol[part=list] > li").last).to_contain_text("The newest of them all.")
