"""The API reference for people, made from the OpenAPI document, and a page for each problem code."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from litestar import Litestar, Response, get
from litestar.params import FromPath
from markupsafe import Markup

from discuss.errors import NotFound
from discuss.http import problem
from discuss.http.dependencies import Asked
from discuss.http.pages.errors import explained
from discuss.http.pages.languages import NAMES, WORDS, language_of
from discuss.http.pages.page import page, templates

METHODS = ("get", "post", "put", "patch", "delete")
Operation = Mapping[str, Any]


@get("/docs", include_in_schema=False, sync_to_thread=True)
def docs(request: Asked) -> Response[str]:
    """In a thread: whoever asks first after a start waits for half a second, and others must not."""
    described = _described(request.app, language_of(request))
    return page(request, "pages/docs.html", title=_schema(request.app)["info"]["title"], described=described)


@lru_cache(len(NAMES))
def _described(app: Litestar, language: str) -> Markup:
    """Rendered once for each language, because anybody may ask for it."""
    schema = _schema(app)
    shown = templates.get_template("pages/described.html").render(
        words=WORDS[language], groups=_groups(schema), shapes=schema["components"].get("schemas", {}),
        codes=sorted(problem.codes()),
    )  # fmt: skip
    return Markup(shown)  # noqa: S704  - the template has escaped it


@get("/problems/{code:str}", include_in_schema=False, sync_to_thread=False)
def problem_page(request: Asked, code: FromPath[str]) -> Response[str]:
    """The page that the `type` of a problem points to."""
    title, detail = explained(language_of(request), code, *_english(code))
    return page(request, "pages/problem.html", code=code, title=title, detail=detail, answers=_status(code))


@lru_cache(1)
def _schema(app: Litestar) -> Mapping[str, Any]:
    return app.openapi_schema.to_schema()


def _groups(schema: Mapping[str, Any]) -> Mapping[str, list[Operation]]:
    """Operations by tag, each with its method and path, in the order of the schema."""
    groups: defaultdict[str, list[Operation]] = defaultdict(list)
    for path, item in schema["paths"].items():
        for method in METHODS:
            if method in item:
                found = item[method] | {"method": method.upper(), "path": path}
                groups[found.get("tags", ["API"])[0]].append(found)
    return groups


KNOWN: Mapping[str, tuple[int, str, str]] = {
    error.code: (int(status), title, error.default) for error, (status, title) in problem.STATUS.items()
}
"""Status, title and text of every code."""


def _english(code: str) -> tuple[str, str]:
    if code not in KNOWN:
        raise NotFound
    return KNOWN[code][1:]


def _status(code: str) -> int:
    return KNOWN[code][0]
