"""The record of decisions in a browser, where a decision can be undone at any time."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import INSULT


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_undone_in_the_record_is_said_there_and_so_is_what_can_not_be(console, desk, scripts):
    (comment,) = desk.write(desk.people.readers[1], INSULT.format("on record", scripts))
    desk.decide(comment, "published")
    page = console(java_script_enabled=scripts).page
    page.goto(f"/console/demo/decisions?state=published&comment={comment}")
    entries = page.locator("tbody tr")
    expect(entries).to_have_count(1)
    late = page.context.new_page()
    late.goto(page.url)
    entries.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("The decision has been undone.")
    expect(entries).to_have_count(1)
    expect(page.get_by_label("State")).to_have_value("published")
    assert desk.state(comment) == "held"
    late.locator("tbody tr").get_by_role("button", name="Undo").click()
    expect(late.get_by_role("alert")).to_contain_text("You changed nothing.")
    expect(late.get_by_label("State")).to_have_value("published")
    assert desk.state(comment) == "held"
