"""A page with the sidebar in it, seen by a reader whose clock and random numbers the test controls."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.newspaper import NOW, Newspaper

# Timers, requests, streams and violations as they happen; no jitter. Runs in every page before its own scripts.
SPY = """
window.planned = [];
window.asked = 0;
window.streams = [];
window.violations = [];
Math.random = () => 0.5;
const plan = window.setTimeout, ask = window.fetch;
window.setTimeout = (act, wait, ...rest) => { planned.push(Math.round(wait)); return plan(act, wait, ...rest); };
window.fetch = (...arguments) => { asked += 1; return ask(...arguments); };
window.EventSource = class extends EventSource { constructor(address) { super(address); streams.push(this); } };
document.addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
HIDDEN = 'Object.defineProperty(document, "hidden", { configurable: true, get: () => true });'
SECOND = 1000


@dataclass
class Sidebar:
    page: Page
    paper: Newspaper
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def on(cls, page: Page, paper: Newspaper) -> "Sidebar":
        made = cls(page, paper)
        page.clock.install(time=NOW)
        page.clock.pause_at(NOW + timedelta(seconds=1))
        page.add_init_script(SPY)
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        return made

    def open(self, html: str = "", **attributes: Any) -> "Sidebar":
        self.page.goto(self.paper.put(html, **attributes))
        return self

    def open_in_background(self, html: str = "", **attributes: Any) -> "Sidebar":
        """Opens the page as a tab that nobody looks at yet. Pages opened later are in the background too."""
        self.page.add_init_script(HIDDEN)
        return self.open(html, **attributes)

    def opened(self, html: str = "", **attributes: Any) -> "Sidebar":
        """Opens the page and waits for the first answer."""
        self.open(html, **attributes)
        self.until_planned(1)
        return self

    def until_planned(self, count: int) -> list[int]:
        """Waits until the page has begun that many waits. Returns all of them, in milliseconds."""
        self.page.wait_for_function("(count) => planned.length >= count", arg=count)
        return self.planned

    def until_next(self, wait: int) -> None:
        """Waits until the latest wait that the page began is this many milliseconds long."""
        self.page.wait_for_function("(wait) => planned.at(-1) === wait", arg=wait)

    @property
    def planned(self) -> list[int]:
        found: list[int] = self.page.evaluate("planned")
        return found

    @property
    def asked(self) -> int:
        found: int = self.page.evaluate("asked")
        return found

    @property
    def streams(self) -> list[bool]:
        """Whether the page still wants what each stream brings, whether it is open or not."""
        found: list[bool] = self.page.evaluate(
            "streams.map((stream) => stream.readyState < EventSource.CLOSED)"
        )
        return found

    @property
    def violations(self) -> list[str]:
        found: list[str] = self.page.evaluate("violations")
        return found

    @property
    def element(self) -> Locator:
        return self.page.locator("discuss-latest")

    @property
    def rows(self) -> Locator:
        return self.page.locator("discuss-latest li[part~=row]")

    @property
    def titles(self) -> list[str]:
        return self.rows.locator("a").all_inner_texts()

    @property
    def button(self) -> Locator:
        return self.page.locator("discuss-latest button")

    @property
    def announced(self) -> Locator:
        return self.page.locator("discuss-latest [role=status]")

    @property
    def told(self) -> Locator:
        """The text under the heading that is not announced to screen readers."""
        return self.page.locator("discuss-latest p[part=status]:not([role])")

    def press(self, message: str) -> None:
        self.button.click()
        expect(self.announced).to_contain_text(message)

    def wait(self, seconds: float) -> None:
        """Lets that much time pass on the page at once. Ten seconds end a request whose answer was not waited for."""
        self.page.clock.fast_forward(int(seconds * SECOND))

    def hide(self, hidden: bool) -> None:
        self.page.evaluate(HIDE, hidden)

    def set(self, **attributes: str | None) -> None:
        """Sets attributes all at once, as a framework would."""
        self.element.evaluate(
            "(element, told) => { for (const [name, value] of Object.entries(JSON.parse(told)))"
            " value === null ? element.removeAttribute(name) : element.setAttribute(name, value); }",
            json.dumps(attributes),
        )

    def first(self, text: str) -> None:
        expect(self.rows.first).to_contain_text(text)


Opened = Callable[..., Sidebar]
