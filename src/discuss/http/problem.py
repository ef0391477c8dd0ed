"""Problem details (RFC 9457): the only table from an error's code to a status and a title."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    ValidationException,
)

from discuss import errors
from discuss.errors import DiscussError

CONTENT_TYPE = "application/problem+json"

STATUS: Mapping[type[DiscussError], tuple[HTTPStatus, str]] = {
    errors.InvalidInput: (HTTPStatus.UNPROCESSABLE_ENTITY, "The request is not valid"),
    errors.TextEmpty: (HTTPStatus.UNPROCESSABLE_ENTITY, "The comment is empty"),
    errors.TextTooLong: (HTTPStatus.UNPROCESSABLE_ENTITY, "The comment is too long"),
    errors.TextNotAllowed: (HTTPStatus.UNPROCESSABLE_ENTITY, "The text cannot be stored"),
    errors.CursorInvalid: (HTTPStatus.UNPROCESSABLE_ENTITY, "The cursor is not valid"),
    errors.IdempotencyMismatch: (HTTPStatus.UNPROCESSABLE_ENTITY, "The key was used for something else"),
    errors.CredentialsAmbiguous: (HTTPStatus.BAD_REQUEST, "Two credentials at once"),
    errors.Unauthenticated: (HTTPStatus.UNAUTHORIZED, "Not logged in"),
    errors.CredentialsWrong: (HTTPStatus.UNAUTHORIZED, "Wrong address or password"),
    errors.SessionEnded: (HTTPStatus.UNAUTHORIZED, "The session has ended"),
    errors.KeyUnknown: (HTTPStatus.UNAUTHORIZED, "Unknown token"),
    errors.Forbidden: (HTTPStatus.FORBIDDEN, "Not allowed"),
    errors.CsrfFailed: (HTTPStatus.FORBIDDEN, "The request could be forged"),
    errors.NotFound: (HTTPStatus.NOT_FOUND, "Not found"),
    errors.SiteNotFound: (HTTPStatus.NOT_FOUND, "No such site"),
    errors.ArticleNotFound: (HTTPStatus.NOT_FOUND, "No such article"),
    errors.CommentNotFound: (HTTPStatus.NOT_FOUND, "No such comment"),
    errors.RevisionNotFound: (HTTPStatus.NOT_FOUND, "No such revision"),
    errors.Conflict: (HTTPStatus.CONFLICT, "It changed in the meantime"),
    errors.NameTaken: (HTTPStatus.CONFLICT, "Taken already"),
    errors.ArticleClosed: (HTTPStatus.CONFLICT, "Comments are closed"),
    errors.EditWindowClosed: (HTTPStatus.CONFLICT, "Too late to edit"),
    errors.DecisionStale: (HTTPStatus.CONFLICT, "Decided in the meantime"),
    errors.DecisionPointless: (HTTPStatus.CONFLICT, "Nothing to decide"),
    errors.RateLimited: (HTTPStatus.TOO_MANY_REQUESTS, "Too many requests"),
    errors.Unavailable: (HTTPStatus.SERVICE_UNAVAILABLE, "Not available right now"),
    errors.ModelBroken: (HTTPStatus.SERVICE_UNAVAILABLE, "No classifier"),
    errors.SetupFailed: (HTTPStatus.SERVICE_UNAVAILABLE, "Not set up"),
}

FRAMEWORK: Mapping[int, tuple[str, str]] = {
    400: ("malformed", "The request could not be read."),
    404: ("not-found", "There is nothing here."),
    405: ("method-not-allowed", "This address does not take that method."),
    413: ("too-large", "The request is too large."),
    415: ("media-type-unsupported", "Send JSON, with Content-Type: application/json."),
    500: ("internal", "Something went wrong on our side. It has been written down."),
}
"""What goes wrong before or below a use case."""

log = structlog.get_logger()


def codes() -> Iterator[str]:
    """Every code that an answer can carry."""
    yield from {error.code for error in STATUS} | {code for code, _ in FRAMEWORK.values()}


def body(status: int, code: str, title: str, detail: str, **extra: Any) -> dict[str, Any]:
    return {
        "type": f"/problems/{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        **extra,
    }


def _response(
    status: int, content: dict[str, Any], headers: Mapping[str, str] | None = None
) -> Response[Any]:
    return Response(
        content,
        status_code=status,
        media_type=CONTENT_TYPE,
        headers={"cache-control": "no-store", **(headers or {})},
    )


def from_domain(request: Request[Any, Any, Any], error: DiscussError) -> Response[Any]:
    del request
    status, title = STATUS[type(error)]
    headers = {"retry-after": str(error.retry_after)} if isinstance(error, errors.RateLimited) else {}
    if status is HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = "Bearer"
    return _response(status, body(status, error.code, title, error.detail, **error.extra), headers)


def from_validation(request: Request[Any, Any, Any], error: ValidationException) -> Response[Any]:
    """One entry for each thing that is wrong, with a JSON Pointer to it where it stands in the body."""
    del request
    found = [entry for entry in error.extra or [] if isinstance(entry, dict)]
    listed = [{"detail": str(entry.get("message")), "pointer": _pointer(entry)} for entry in found]
    detail = (
        "; ".join(f"{e['pointer'].rpartition('/')[2]}: {e['detail']}" for e in listed)
        or errors.InvalidInput.default
    )
    content = body(422, errors.InvalidInput.code, "The request is not valid", detail, errors=listed)
    return _response(422, content)


def _pointer(entry: Mapping[str, Any]) -> str:
    place = str(entry.get("source", "body")).rpartition(".")[2]
    return f"#/{place}/" + str(entry.get("key", "")).replace(".", "/")


def from_framework(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    del request
    status = error.status_code
    code, detail = FRAMEWORK.get(status, FRAMEWORK[400])
    return _response(status, body(status, code, HTTPStatus(status).phrase, detail), error.headers)


def from_surprise(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Our mistake: the log has the trace, the answer has none of it."""
    log.error("http.surprise", method=request.method, path=request.url.path, exc_info=error)
    code, detail = FRAMEWORK[500]
    return _response(500, body(500, code, "Internal error", detail))


HANDLERS: Mapping[Any, Any] = {
    DiscussError: from_domain,
    ValidationException: from_validation,
    NotFoundException: from_framework,
    MethodNotAllowedException: from_framework,
    HTTPException: from_framework,
    Exception: from_surprise,
}

__all__ = ["CONTENT_TYPE", "HANDLERS", "body", "codes"]
