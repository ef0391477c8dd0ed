"""Markdown to the HTML that readers are shown: rendered and sanitised once, when a comment is written."""

import nh3
from markdown_it import MarkdownIt

TAGS = {"a", "blockquote", "br", "code", "del", "em", "li", "ol", "p", "pre", "strong", "ul"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}

_markdown = MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True}).disable(
    ["image", "heading", "lheading", "table", "hr", "html_block", "html_inline", "reference"]
)


def render(source: str) -> str:
    """Safe HTML. Links are absolute and `nofollow ugc noopener`; images, headings and raw HTML stay text."""
    return nh3.clean(
        _markdown.render(source),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel="nofollow ugc noopener",
    ).strip()
