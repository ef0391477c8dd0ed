"""What people do in the demo, in words."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, expect

from discuss.usecases.demo_content import DemoPerson


class Detour:
    """Lets requests pass unchanged until `handle` is set.

    Make it before the page is opened: requests of an open page may miss a route that is added later, because Chromium tells
    its renderer about routes by another channel than about keys and clicks.
    And wait for the answer through the page: while a test asks the server instead, no handler runs.
    """

    def __init__(self, page: Page, pattern: str) -> None:
        self.handle: Callable[[Route], object] = Route.continue_
        page.route(pattern, lambda route: self.handle(route))  # noqa: PLW0108 - whichever it is at that time


def read(page: Page, article: str, language: str = "en") -> None:
    page.goto(f"/demo/articles/{article}?lang={language}")
    expect(page.locator("discuss-thread h2 .count")).not_to_have_text("")
    expect(page.locator("discuss-latest li[part~=row]")).to_have_count(15)


def log_in(page: Page, person: DemoPerson) -> None:
    page.locator("discuss-thread button.first", has_text="Log in to comment").click()
    form = page.locator("discuss-thread form[part=entrance]:visible")
    form.get_by_label("E-mail").fill(person.email)
    form.get_by_label("Password").fill(person.password)
    form.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_text(f"You are writing as {person.name}.")).to_be_visible()


def write(page: Page, text: str) -> None:
    page.get_by_label("Your comment").fill(text)
    page.get_by_role("button", name="Send").click()


def enter_console(page: Page, person: DemoPerson) -> None:
    page.goto("/console/log-in?lang=en")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_label("Site").fill("demo")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("navigation", name="Queues")).to_be_visible()


def row(page: Page, text: str) -> Locator:
    """The comment in the list."""
    return page.get_by_role("region", name="List of comments").get_by_role("listitem").filter(has_text=text)


def opened(page: Page, text: str) -> Locator:
    """The comment in full, after its row was chosen."""
    row(page, text).get_by_role("link").click()
    item = page.get_by_role("article").filter(has_text=text)
    expect(item).to_be_visible()
    return item


def acts(item: Locator) -> Locator:
    """What can be decided about this comment alone."""
    return item.locator("form.acts")


def shown(page, text):
    """The open comment itself. Near-duplicates are quoted below it."""
    return page.get_by_role("article").filter(has=page.locator(".text", has_text=text))
