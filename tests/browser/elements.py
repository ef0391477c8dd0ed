"""What a page without further loading does with our elements: it names another article, takes them out, puts others in."""

from playwright.sync_api import Page


def put(page: Page, name: str, **attributes: str) -> None:
    """A new one instead of the one that is there."""
    page.evaluate(
        """([name, attributes]) => {
            const made = document.createElement(name);
            for (const key in attributes) made.setAttribute(key, attributes[key]);
            document.querySelector(name).replaceWith(made);
        }""",
        [name, attributes],
    )


def name(page: Page, element: str, **attributes: str) -> None:
    """Other attributes, one after the other, for the one that is there."""
    page.evaluate(
        """([name, attributes]) => {
            for (const key in attributes) document.querySelector(name).setAttribute(key, attributes[key]);
        }""",
        [element, attributes],
    )
