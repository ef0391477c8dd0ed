"""Errors of pages are pages: the same statuses and codes as in the API, in words instead of JSON."""

from collections.abc import Callable, Mapping
from typing import Any

from litestar import Request, Response

from discuss.http.pages.languages import WORDS, language_of
from discuss.http.pages.page import PIECE, page

PAGES = ("/console", "/demo", "/docs", "/problems")

Handler = Callable[[Any, Any], Response[Any]]


def as_pages(handlers: Mapping[Any, Handler]) -> dict[Any, Handler]:
    """The same handlers, whose answers under the addresses of pages are pages."""
    return {kind: _paged(handler) for kind, handler in handlers.items()}


def _paged(handler: Handler) -> Handler:
    def answer(request: Request[Any, Any, Any], error: Any) -> Response[Any]:
        told = handler(request, error)
        return _page(request, told) if request.url.path.startswith(PAGES) else told

    return answer


def _page(request: Request[Any, Any, Any], told: Response[Any]) -> Response[Any]:
    problem = told.content
    title, detail = explained(language_of(request), problem["code"], problem["title"], problem["detail"])
    template = "pages/failed.html" if PIECE in request.headers else "pages/error.html"
    shown = page(
        request, template, status=problem["status"], private=True, code=problem["code"], title=title, detail=detail,
    )  # fmt: skip
    for name in ("retry-after", "allow"):
        if name in told.headers:
            shown.headers[name] = told.headers[name]
    return shown


def explained(language: str, code: str, title: str, detail: str) -> tuple[str, str]:
    """Title and text of a problem; English ones stand with the errors themselves."""
    translated = WORDS[language]["problems"].get(code)
    return (translated[0], translated[1]) if translated else (title, detail)
