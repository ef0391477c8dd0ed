"""Turns Markdown into the HTML that readers are shown: rendered and sanitised once, when a comment is written.

The classifier, rules and moderators see the text as it was typed, so nothing is decoded here that they would not see: an
entity stays as it is, and a link leads where it says.
"""

import asyncio
import re
from typing import Any

import nh3
from markdown_it import MarkdownIt, helpers
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from discuss.domain.hosts import is_plain

TAGS = {"a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "s", "strong", "ul"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

FEW_BRACKETS, MOST_BRACKETS, LONGEST_SEARCH = 20, 100, 100_000
"""The parser searches the text for the end of a link once per bracket.

Links stay text if there are too many brackets or, unless these are few, if the searches would cover too many letters in all.
"""

DEEPEST, MOST_CONTAINERS = 10, 200
"""The parser reads a line again for each quote and list around it, and beyond a depth of its own it drops what it reads.

All quotes and lists stay text if one is in more than ten quotes or five lists, each of which is two levels, or if there are
too many of them: a quote that takes one letter to type is sent to every reader as two tags.
"""

LINKS: tuple[str, ...] = ("link",)
CONTAINERS: tuple[str, ...] = ("blockquote", "list")
_OPENING = {"blockquote_open", "bullet_list_open", "ordered_list_open"}

_PLAIN = re.compile(
    r"https?://([^/\\?#\s@%:]{1,255})(?::\d{1,5})?(?:[/?#].*)?\Z|mailto:", re.IGNORECASE | re.DOTALL
)
"""Stricter than browsers, which also take `https:x.example` and `https://x%2Eexample` for addresses, and pass over what precedes an @."""


_AUTHORITY = re.compile(r"[^/?#]*(?://[^/?#]*)?")
"""The part of a link that says where it leads: the scheme and the name after it."""


class _AsTyped:
    """The helpers with which the parser finds a link."""

    parseLinkLabel = staticmethod(helpers.parseLinkLabel)  # noqa: N815  - as the library has it
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815  - as the library has it

    @staticmethod
    def parseLinkDestination(text: str, begin: int, end: int) -> Any:  # noqa: N802  - as the library has it
        """Refuses a link whose site is not written as it is meant. What is decoded after the site does not lead elsewhere."""
        found = helpers.parseLinkDestination(text, begin, end)
        found.ok = found.ok and _authority(text[begin : found.pos].strip("<>")) == _authority(found.str)
        return found


def _authority(address: str) -> str:
    found = _AUTHORITY.match(address)
    return found[0] if found else ""


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  - as the library has it
        found = _PLAIN.match(url)
        return found is not None and (found[1] is None or is_plain(found[1]))


class _Entangled(Exception):
    """The text has too many quotes and lists, or has them too deep in each other."""


def _refuse_depth(state: StateBlock, _begin: int, _end: int, _silent: bool) -> bool:
    """The first of the rules that are tried on a block. It never takes one."""
    if state.level > DEEPEST:
        raise _Entangled
    return False


def _refuse_many(state: StateCore) -> None:
    if sum(token.type in _OPENING for token in state.tokens) > MOST_CONTAINERS:
        raise _Entangled


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
    made.block.ruler.before("code", "depth", _refuse_depth)
    made.core.ruler.after("block", "many", _refuse_many)
    made.helpers = _AsTyped  # type: ignore[assignment]  # the parser declares the module of helpers as their only type
    return made


PARSERS = {left_out: _markdown(*left_out) for left_out in ((), LINKS, CONTAINERS, LINKS + CONTAINERS)}

# Made once, because setting it up takes longer than cleaning a comment.
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    url_relative="deny",
    link_rel="nofollow ugc noopener",
)


SHORT = 500
"""Letters up to which rendering takes a few milliseconds at most, whatever they are. The worst take a tenth of a second for 5,000."""


async def rendered(source: str) -> str:
    """What `render` gives, without keeping others waiting while a long text is rendered."""
    return render(source) if len(source) <= SHORT else await asyncio.to_thread(render, source)


def render(source: str) -> str:
    """Safe HTML. Links are absolute and `nofollow ugc noopener`; images, headings and raw HTML stay text."""
    left_out: tuple[str, ...] = () if _links_are_cheap(source) else LINKS
    try:
        html = PARSERS[left_out].render(source)
    except _Entangled:
        html = PARSERS[left_out + CONTAINERS].render(source)
    return CLEANER.clean(html).strip()


def _links_are_cheap(source: str) -> bool:
    brackets = source.count("[")
    return brackets <= FEW_BRACKETS or (
        brackets <= MOST_BRACKETS and brackets * len(source) <= LONGEST_SEARCH
    )
