"""Markdown to the HTML that readers are shown: rendered and sanitised once, when a comment is written.

Classifier, rules and moderators see the text as it was typed. So nothing is decoded here that they would not see: an entity
stays what it is, and a link leads where it says.
"""

import re
from typing import Any

import nh3
from markdown_it import MarkdownIt, helpers

TAGS = {"a", "blockquote", "br", "code", "del", "em", "li", "ol", "p", "pre", "strong", "ul"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}

FEW_BRACKETS, MOST_BRACKETS, LONGEST_SEARCH = 20, 100, 100_000
"""Looking for the other end of a link goes through the text for each bracket; beyond so many, or so many letters in all unless they are few, they stay text."""

_PLAIN = re.compile(r"(?:https?://[^/\\?#\s@%]{1,255}(?:[/?#].*)?|mailto:.*)\Z", re.IGNORECASE | re.DOTALL)
"""Browsers take `https:x.example` and `https://x%2Eexample` for addresses too, and what stands before an @ for none."""


_AUTHORITY = re.compile(r"[^/?#]*(?://[^/?#]*)?")
"""What says where a link leads: the scheme and the name behind it."""


class _AsTyped:
    """The parts of the parser that a link is found with."""

    parseLinkLabel = staticmethod(helpers.parseLinkLabel)  # noqa: N815  - as the library has it
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815  - as the library has it

    @staticmethod
    def parseLinkDestination(text: str, begin: int, end: int) -> Any:  # noqa: N802  - as the library has it
        """None whose site is not written as it is meant; what is decoded behind that leads nowhere else."""
        found = helpers.parseLinkDestination(text, begin, end)
        found.ok = found.ok and _authority(text[begin : found.pos].strip("<>")) == _authority(found.str)
        return found


def _authority(address: str) -> str:
    found = _AUTHORITY.match(address)
    return found[0] if found else ""


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  - as the library has it
        return _PLAIN.match(url) is not None


def _markdown(*left_out: str) -> MarkdownIt:
    rules = [
        "entity",
        "image",
        "heading",
        "lheading",
        "table",
        "hr",
        "html_block",
        "html_inline",
        "reference",
        *left_out,
    ]
    made = _Markdown("js-default", {"html": False, "linkify": False, "breaks": True}).disable(rules)
    made.helpers = _AsTyped  # type: ignore[assignment]  # the module of them is all that the parser declares
    return made


WITH_LINKS, WITHOUT_LINKS = _markdown(), _markdown("link")

# Made once: to say all this again with each comment takes longer than to clean it.
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    url_relative="deny",
    link_rel="nofollow ugc noopener",
)


def render(source: str) -> str:
    """Safe HTML. Links are absolute and `nofollow ugc noopener`; images, headings and raw HTML stay text."""
    brackets = source.count("[")
    bounded = brackets <= FEW_BRACKETS or (
        brackets <= MOST_BRACKETS and brackets * len(source) <= LONGEST_SEARCH
    )
    markdown = WITH_LINKS if bounded else WITHOUT_LINKS
    return CLEANER.clean(markdown.render(source)).strip()
