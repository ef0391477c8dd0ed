"""Markdown to the HTML that readers are shown: rendered and sanitised once, when a comment is written."""

import nh3
from markdown_it import MarkdownIt

TAGS = {"a", "blockquote", "br", "code", "del", "em", "li", "ol", "p", "pre", "strong", "ul"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}

MOST_BRACKETS = 100
"""Looking for the other end of a link takes time with the square of the brackets; beyond these they stay text."""


def _markdown(*left_out: str) -> MarkdownIt:
    rules = [
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
    return MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True}).disable(rules)


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
    markdown = WITH_LINKS if source.count("[") <= MOST_BRACKETS else WITHOUT_LINKS
    return CLEANER.clean(markdown.render(source)).strip()
