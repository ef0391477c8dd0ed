"""Filtering the moderators' queue: by names instead of ids, from the comment that is open, and never silently."""

from playwright.sync_api import expect

from tests.browser.acting import shown
from tests.browser.desk import ARTICLE, INSULT
from tests.stack import PASSWORD, wait_for


def test_an_author_is_found_by_name_and_let_go_again(console, desk):
    desk.write(desk.people.readers[1], INSULT.format("named", 1))
    desk.write(desk.people.readers[3], INSULT.format("named", 2))
    page = console().page
    page.goto("/console/demo/queue?search=named")
    expect(page.locator(".row")).to_have_count(2)
    page.locator("summary", has_text="Filters").click()
    page.get_by_label("Author", exact=True).fill("james")
    page.get_by_role("button", name="Apply").click()
    chip = page.get_by_role("link", name="Remove the filter: Author")
    expect(chip).to_contain_text("James Whitfield")
    expect(page.locator(".row")).to_have_count(1)
    chip.click()
    expect(page.locator(".row")).to_have_count(2)
    page.get_by_role("link", name="Only this author").click()
    expect(chip).to_be_visible()
    expect(page.locator(".row")).to_have_count(1)
    page.get_by_role("link", name="Only this article").click()
    expect(page.get_by_role("link", name="Remove the filter: Article")).to_contain_text("satellite pictures")


def test_of_authors_with_like_names_one_is_chosen_and_names_of_nobody_are_complained_of(console, desk):
    for number in (1, 2):
        body = {"name": f"Namesake {number}", "email": f"namesake{number}@example.org", "password": PASSWORD}
        assert desk.client.post("/api/v1/sites/demo/accounts", json=body).status_code == 201
    page = console().page
    page.goto("/console/demo/queue?queue=all&name=Namesake")
    page.get_by_role("navigation", name="Which one do you mean?").get_by_role(
        "link", name="Namesake 2"
    ).click()
    expect(page.get_by_role("link", name="Remove the filter: Author")).to_contain_text("Namesake 2")
    expect(page.get_by_text("No comments match your search and filters.")).to_be_visible()
    for query, complaint in (
        ("name=Nobody", "No author’s name begins like that"),
        ("address=https://elsewhere.example/", "No article has this address"),
        ("search=-", "The search contains no words"),
    ):
        page.goto(f"/console/demo/queue?{query}")
        expect(page.get_by_role("alert")).to_contain_text(complaint)


def test_the_panel_of_filters_is_put_away_by_escape_and_by_a_click_beside_it(console):
    page = console().page
    page.goto("/console/demo/queue")
    filters, apply = page.locator("summary", has_text="Filters"), page.get_by_role("button", name="Apply")
    filters.click()
    page.get_by_label("Author", exact=True).press("Escape")
    expect(apply).to_be_hidden()
    expect(filters).to_be_focused()
    filters.click()
    page.get_by_label("Author", exact=True).click()
    expect(apply).to_be_visible()
    page.get_by_role("searchbox").click()
    expect(apply).to_be_hidden()


def test_an_article_is_found_by_its_address(console, desk):
    desk.write(desk.people.readers[1], INSULT.format("addressed", 1))
    found = desk.client.get("/api/v1/sites/demo/articles", params={"external_id": ARTICLE}).json()
    page = console().page
    page.goto("/console/demo/queue")
    page.locator("summary", has_text="Filters").click()
    page.get_by_label("Article", exact=True).fill(found["url"])
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name="Remove the filter: Article")).to_contain_text(found["title"])


def test_every_filter_is_said_in_words_and_outlives_another_language(console, desk):
    desk.write(desk.people.readers[1], INSULT.format("worded", 1))
    page = console().page
    page.goto(
        "/console/demo/queue?queue=all&search=worded&language=en&label=insult&state=held&decided_by=policy"
        "&from=2026-01-01&to=2099-12-31&unclaimed=yes&lang=en"
    )
    expect(shown(page, "worded number 1")).to_be_visible()
    chips = page.get_by_role("list", name="Filters")
    for said in (
        "Language: English", "Reason: insult", "State: Held", "Decided by: automatic moderation", "Written from: 1 Jan 2026",
        "Written until: 31 Dec 2099", "Being looked at by: nobody",
    ):  # fmt: skip
        expect(chips).to_contain_text(said)
    page.get_by_role("link", name="Русский").click()
    expect(page.get_by_role("list", name="Фильтры")).to_contain_text("Написан с: 01.01.2026")
    expect(page.locator(".row")).to_have_count(1)


def test_a_threshold_is_back_tested(console, desk):
    (comment,) = desk.write(desk.people.readers[0], "A remark for whom no threshold is too low.")
    page = console().page
    page.goto("/console/demo/rules")
    page.get_by_role("link", name="Back-test a threshold").click()
    page.get_by_label("Hold from").fill("0")
    page.get_by_role("button", name="Back-test").click()
    expect(page.locator("#backtest")).to_contain_text("Would have stopped")
    expect(page.locator("#backtest")).to_contain_text("A remark for whom no threshold is too low.")
    assert desk.state(comment) == "published"


def test_the_record_says_whose_decisions_it_shows(console, desk, demo):
    (comment,) = desk.write(desk.people.readers[1], INSULT.format("recorded", 1))
    page = console().page
    page.goto("/console/demo/queue?search=recorded")
    expect(shown(page, "recorded number 1")).to_be_visible()
    page.keyboard.press("p")
    wait_for("the decision", lambda: desk.state(comment) == "published")
    page.goto("/console/demo/decisions?state=published")
    page.get_by_role("link", name=demo.people.moderator.name).first.click()
    chip = page.get_by_role("link", name="Remove the filter: Decided by")
    expect(chip).to_contain_text(demo.people.moderator.name)
    expect(page.get_by_label("State")).to_have_value("published")
