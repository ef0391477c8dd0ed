"""A real Chromium in front of the demo site."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from discuss.usecases.demo_content import DemoPeople
from discuss.usecases.load_demo import load_demo
from tests.browser.acting import enter_console
from tests.browser.desk import Desk
from tests.browser.newspaper import Newspaper, served
from tests.browser.sidebar import Opened, Sidebar
from tests.stack import Stack, wait_for

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is Chromium without tabs and toolbars, which cost more for each window than our pages do."""

PATIENCE = 15_000


@dataclass
class DemoSite:
    """`entrance`: the moderators' log-in page as it was while there was no other site."""

    stack: Stack
    people: DemoPeople
    entrance: str

    def feed(self) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = self.stack.client.get("/api/v1/sites/demo/feed").json()["articles"]
        return rows


@dataclass
class Window:
    """A browser profile with one page, and everything that the page complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def demo() -> Iterator[DemoSite]:
    with Stack.running(DISCUSS_DEMO="1") as stack:
        people = stack.use(lambda services: load_demo(services, stack.base_url))
        site = DemoSite(stack, people, stack.client.get("/console/log-in").text)
        wait_for(
            "the demo's comments to be published", lambda: sum(r["comment_count"] for r in site.feed()) == 14
        )
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(
            "The browser tests need Chromium. On Debian: apt install chromium-headless-shell", pytrace=False
        )
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def window(browser: Browser, demo: DemoSite) -> Iterator[Callable[..., Window]]:
    """Opens windows with cookies of their own, and closes them after the test."""
    opened: list[BrowserContext] = []

    def open_window(**options: object) -> Window:
        wanted = {"base_url": demo.stack.base_url, "locale": "en-GB"} | options
        context = browser.new_context(**wanted)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        made = Window(context.new_page())
        made.page.on("console", lambda said: said.type == "error" and made.complaints.append(said.text))
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        return made

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture
def desk(demo: DemoSite) -> Iterator[Desk]:
    made = Desk(demo)
    yield made
    made.clear()


@pytest.fixture
def console(window: Callable[..., Window], demo: DemoSite) -> Callable[..., Window]:
    """Opens windows in which the moderator has entered the console."""

    def enter(**options: object) -> Window:
        opened = window(viewport={"width": 1360, "height": 860}, **options)
        enter_console(opened.page, demo.people.moderator)
        return opened

    return enter


@pytest.fixture
def paper() -> Iterator[Newspaper]:
    with served() as running:
        yield running


@pytest.fixture
def sidebar(browser: Browser, paper: Newspaper) -> Iterator[Opened]:
    opened: list[BrowserContext] = []
    seen: list[Sidebar] = []

    def open_one(**options: object) -> Sidebar:
        context = browser.new_context(**({"locale": "en-GB"} | options))  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        seen.append(Sidebar.on(context.new_page(), paper))
        return seen[-1]

    yield open_one
    try:
        assert [made.complaints for made in seen if made.complaints] == []
        assert [made.violations for made in seen if made.violations] == []
    finally:
        for context in opened:
            context.close()
