"""What a single-page application does with our elements: it names another article, takes elements out, puts others in."""

from playwright.sync_api import Page


def put(page: Page, name: str, **attributes: str) -> None:
    """Replaces the element with a new one."""
    page.evaluate(
        """([name, attributes]) => {
            const made = document.createElement(name);
            for (const key in attributes) made.setAttribute(key, attributes[key]);
            document.querySelector(name).replaceWith(made);
        }""",
        [name, attributes],
    )


def name(page: Page, element: str, **attributes: str) -> None:
    """Changes attributes of the existing element, one after the other."""
    page.evaluate(
        """([name, attributes]) => {
            for (const key in attributes) document.querySelector(name).setAttribute(key, attributes[key]);
        }""",
        [element, attributes],
    )
