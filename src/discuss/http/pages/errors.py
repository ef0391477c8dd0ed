"""Error pages, with the same statuses and codes as in the API, but in words instead of JSON."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from litestar import Request, Response

from discuss.errors import InvalidInput
from discuss.http.pages.languages import WORDS, language_of
from discuss.http.pages.page import PIECE, page
from discuss.http.pages.saying import filled, grouped

PAGES = ("/console", "/demo", "/docs", "/problems")

Handler = Callable[[Any, Any], Response[Any]]


def as_pages(handlers: Mapping[Any, Handler]) -> dict[Any, Handler]:
    """The same handlers, with answers turned into pages where the address is that of a page."""
    return {kind: _paged(handler) for kind, handler in handlers.items()}


def _paged(handler: Handler) -> Handler:
    def answer(request: Request[Any, Any, Any], error: Any) -> Response[Any]:
        told = handler(request, error)
        return _page(request, told) if request.url.path.startswith(PAGES) else told

    return answer


def _page(request: Request[Any, Any, Any], told: Response[Any]) -> Response[Any]:
    problem = told.content
    template = "pages/failed.html" if PIECE in request.headers else "pages/error.html"
    shown = page(
        request, template, status=problem["status"], private=True, code=problem["code"],
        told=told_of(language_of(request), problem),
    )  # fmt: skip
    for name in ("retry-after", "allow"):
        if name in told.headers:
            shown.headers[name] = told.headers[name]
    return shown


class Told(NamedTuple):
    """`english`: the API's own detail, if it says more than the words in the page's language."""

    title: str
    detail: str
    english: str = ""


def told_of(language: str, problem: Mapping[str, Any]) -> Told:
    """A problem in words for a person: those for its cause if there are any, otherwise those for its code."""
    title, detail = explained(language, problem["code"], problem["title"], problem["detail"])
    if cause := WORDS[language]["causes"].get(problem.get("cause")):
        return Told(title, filled(cause, _written(problem)))
    says_more = problem["code"] == InvalidInput.code and problem["detail"] not in {
        detail,
        InvalidInput.default,
    }
    return Told(title, detail, problem["detail"] if says_more else "")


def _written(problem: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: grouped(value) if isinstance(value, int) else value for name, value in problem.items()}


def explained(language: str, code: str, title: str, detail: str) -> tuple[str, str]:
    """Title and text for a code: translated, or as given if the language has none. The English ones come with the errors."""
    translated = WORDS[language]["problems"].get(code)
    return (translated[0], translated[1]) if translated else (title, detail)
