"""Renders pages: a template with its words, and the headers that every page needs."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from inspect import cleandoc
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import MediaType, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect
from markupsafe import Markup

from discuss.http.dependencies import Asked
from discuss.http.pages import saying
from discuss.http.pages.languages import COOKIE, NAMES, WORDS, chosen, language_of
from discuss.markup import render

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # Not `no-referrer`, with which browsers send a form's origin as "null", so that it would look forged.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "vary": "Accept-Language, Cookie",
}
PIECE = "x-piece"
"""The header with which a script asks for the parts of a page that changed instead of the whole page."""

PRIVATE, PUBLIC = "no-store", "no-cache"
YEAR = 365 * 24 * 3600

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


DAYS = {"en": "%-d %b %Y", "ru": "%d.%m.%Y"}
"""Date formats. English has the month in letters, so that nobody takes it for the day."""


@pass_context
def _date(spoken: Context, value: date) -> str:
    return value.strftime(DAYS[spoken["language"]])


@pass_context
def _day(spoken: Context, value: datetime, zone: str) -> str:
    return _date(spoken, _there(value, zone))


@pass_context
def _instant(spoken: Context, value: datetime, zone: str) -> str:
    at = _there(value, zone)
    return f"{_date(spoken, at)}, {at:%H:%M}"


def _there(value: datetime, zone: str) -> datetime:
    """In that zone; as it is where the zone would lead beyond the calendar, as with bans until the end of the year 9999."""
    try:
        return value.astimezone(ZoneInfo(zone))
    except OverflowError:
        return value


@lru_cache(maxsize=512)
def _markdown(text: str) -> Markup:
    """Descriptions are docstrings: without `cleandoc`, the indentation of their later lines would be Markdown for code.

    Cached, because most texts are repeated: the description of a problem, with every operation that may answer with it.
    """
    return Markup(render(cleandoc(text)))  # noqa: S704  - sanitised there


templates.filters |= {
    "date": _date,
    "day": _day,
    "instant": _instant,
    "markdown": _markdown,
    "plural": saying.plural,
    "grouped": saying.grouped,
    "lasted": saying.lasted,
    "filled": saying.filled,
}


def page(
    request: Asked, template: str, *, status: int = 200, private: bool = False, language: str | None = None, **shown: Any
) -> Response[str]:  # fmt: skip
    """`language`: that of the content, if it has its own. `private`: caches must not store the page."""
    spoken = chosen(request) or language or language_of(request)
    body = templates.get_template(template).render(
        shown, words=WORDS[spoken], language=spoken, languages=_elsewhere(request), path=request.url.path
    )
    headers = HEADERS | {"cache-control": PRIVATE if private else PUBLIC}
    return Response(
        body, status_code=status, media_type=MediaType.HTML, headers=headers, cookies=_kept(request)
    )


def _elsewhere(request: Asked) -> Sequence[tuple[str, str, str]]:
    """For each language its code, its name, and the query of this page in that language."""
    asked = [pair for pair in request.query_params.multi_items() if pair[0] not in {"lang", "told"}]
    return [(code, name, urlencode([*asked, ("lang", code)])) for code, name in NAMES.items()]


def _kept(request: Asked) -> list[Cookie]:
    """The cookie that remembers a chosen language, so that links need not carry it."""
    language = chosen(request)
    if language is None:
        return []
    return [Cookie(COOKIE, value=language, path="/", max_age=YEAR, samesite="lax", httponly=True)]


def redirect(path: str, cookies: list[Cookie] | None = None) -> Redirect:
    """For the answer to a form: the browser goes on with a GET, so that reloading repeats nothing."""
    return Redirect(path, status_code=303, headers=HEADERS | {"cache-control": PRIVATE}, cookies=cookies)
