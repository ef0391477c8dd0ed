"""Problem details (RFC 9457): the only table from an error's code to a status and a title."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from litestar import Request, Response
from litestar.enums import ParamType
from litestar.exceptions import HTTPException, ValidationException
from litestar.params import ParameterKwarg

from discuss import errors
from discuss.errors import DiscussError
from discuss.http import wording
from discuss.http.origins import headers_of_a_problem

CONTENT_TYPE = "application/problem+json"

STATUS: Mapping[type[DiscussError], tuple[HTTPStatus, str]] = {
    errors.InvalidInput: (HTTPStatus.UNPROCESSABLE_ENTITY, "The request is not valid"),
    errors.TextEmpty: (HTTPStatus.UNPROCESSABLE_ENTITY, "The comment is empty"),
    errors.TextTooLong: (HTTPStatus.UNPROCESSABLE_ENTITY, "The comment is too long"),
    errors.TextNotAllowed: (HTTPStatus.UNPROCESSABLE_ENTITY, "The text cannot be stored"),
    errors.ReplyTooDeep: (HTTPStatus.UNPROCESSABLE_ENTITY, "The reply is too deep"),
    errors.CursorInvalid: (HTTPStatus.UNPROCESSABLE_ENTITY, "The cursor is not valid"),
    errors.IdempotencyMismatch: (HTTPStatus.UNPROCESSABLE_ENTITY, "The key was already used"),
    errors.CredentialsAmbiguous: (HTTPStatus.BAD_REQUEST, "Two credentials at once"),
    errors.Unauthenticated: (HTTPStatus.UNAUTHORIZED, "Not logged in"),
    errors.CredentialsWrong: (HTTPStatus.UNAUTHORIZED, "Wrong address or password"),
    errors.SessionEnded: (HTTPStatus.UNAUTHORIZED, "The session has ended"),
    errors.KeyUnknown: (HTTPStatus.UNAUTHORIZED, "Unknown token"),
    errors.Forbidden: (HTTPStatus.FORBIDDEN, "Not allowed"),
    errors.CsrfFailed: (HTTPStatus.FORBIDDEN, "The request could not be verified"),
    errors.AuthorMuted: (HTTPStatus.FORBIDDEN, "Muted for a while"),
    errors.AuthorBanned: (HTTPStatus.FORBIDDEN, "Banned"),
    errors.ShadowBansOff: (HTTPStatus.FORBIDDEN, "Shadow bans are off"),
    errors.NotFound: (HTTPStatus.NOT_FOUND, "Not found"),
    errors.SiteNotFound: (HTTPStatus.NOT_FOUND, "No such site"),
    errors.ArticleNotFound: (HTTPStatus.NOT_FOUND, "No such article"),
    errors.CommentNotFound: (HTTPStatus.NOT_FOUND, "No such comment"),
    errors.RevisionNotFound: (HTTPStatus.NOT_FOUND, "No such revision"),
    errors.DecisionNotFound: (HTTPStatus.NOT_FOUND, "No such decision"),
    errors.AuthorNotFound: (HTTPStatus.NOT_FOUND, "No such author"),
    errors.SanctionNotFound: (HTTPStatus.NOT_FOUND, "No such sanction"),
    errors.RuleNotFound: (HTTPStatus.NOT_FOUND, "No such rule"),
    errors.BacktestNotFound: (HTTPStatus.NOT_FOUND, "No such back-test"),
    errors.BrakeNotFound: (HTTPStatus.NOT_FOUND, "No such brake"),
    errors.RemovalNotFound: (HTTPStatus.NOT_FOUND, "No such removal"),
    errors.Conflict: (HTTPStatus.CONFLICT, "Something has changed"),
    errors.NameTaken: (HTTPStatus.CONFLICT, "Already taken"),
    errors.ArticleClosed: (HTTPStatus.CONFLICT, "Comments are closed"),
    errors.EditWindowClosed: (HTTPStatus.CONFLICT, "Too late to edit"),
    errors.DecisionStale: (HTTPStatus.CONFLICT, "Decided in the meantime"),
    errors.RuleStale: (HTTPStatus.CONFLICT, "Changed in the meantime"),
    errors.DecisionPointless: (HTTPStatus.CONFLICT, "Already decided"),
    errors.UndoImpossible: (HTTPStatus.CONFLICT, "Cannot be undone"),
    errors.ReportSettled: (HTTPStatus.CONFLICT, "Already settled"),
    errors.RateLimited: (HTTPStatus.TOO_MANY_REQUESTS, "Too many requests"),
    errors.Unavailable: (HTTPStatus.SERVICE_UNAVAILABLE, "Not available right now"),
    errors.ModelBroken: (HTTPStatus.SERVICE_UNAVAILABLE, "No classifier"),
    errors.SetupFailed: (HTTPStatus.SERVICE_UNAVAILABLE, "Not set up"),
    errors.Malformed: (HTTPStatus.BAD_REQUEST, "The request could not be read"),
    errors.MethodNotAllowed: (HTTPStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
    errors.TooLarge: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Too large"),
    errors.TooLong: (HTTPStatus.REQUEST_URI_TOO_LONG, "The request is too long"),
    errors.MediaTypeUnsupported: (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "JSON required"),
    errors.Internal: (HTTPStatus.INTERNAL_SERVER_ERROR, "Internal error"),
}

BELOW: Mapping[int, type[DiscussError]] = {
    HTTPStatus.NOT_FOUND: errors.NotFound,
    HTTPStatus.METHOD_NOT_ALLOWED: errors.MethodNotAllowed,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: errors.TooLarge,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: errors.MediaTypeUnsupported,
}
"""The framework's own refusals, made before a use case is reached; any other means that the request could not be read."""

LEFT = "client disconnected prematurely"
"""The framework's detail for a body that broke off; it comes with status 500, as if the mistake were ours."""

log = structlog.get_logger()


def codes() -> Iterator[str]:
    """Every code that an answer can carry."""
    yield from {error.code for error in STATUS}


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


def problem_of(error: DiscussError) -> dict[str, Any]:
    status, title = STATUS[type(error)]
    return body(status, error.code, title, error.detail, **error.extra)


def from_domain(request: Request[Any, Any, Any], error: DiscussError) -> Response[Any]:
    status, _ = STATUS[type(error)]
    headers = dict(headers_of_a_problem(request.scope))
    if isinstance(error, errors.RateLimited):
        headers["retry-after"] = str(error.retry_after)
    if status is HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = "Bearer"
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        headers["connection"] = "close"  # the unread rest of the body would be taken for the next request
    return _response(status, problem_of(error), headers)


def from_validation(request: Request[Any, Any, Any], error: ValidationException) -> Response[Any]:
    """One entry for each invalid parameter, with a JSON Pointer to it; `body.JsonBody` deals with bodies."""
    found = [entry for entry in error.extra or [] if isinstance(entry, dict)]
    if any(entry.get("key") == "data" for entry in found):
        return from_domain(
            request, errors.Malformed("A JSON body is required, with Content-Type: application/json.")
        )
    return from_domain(request, wording.invalid([_told(request, entry) for entry in found]))


def _told(request: Request[Any, Any, Any], entry: Mapping[str, Any]) -> Mapping[str, str]:
    key, source = str(entry.get("key", "")), entry.get("source", "query")
    field = request.route_handler.parsed_fn_signature.parameters.get(key)
    asked = field.kwarg_definition if field else None
    alias = asked.name if isinstance(asked, ParameterKwarg) else None
    where = source.value if isinstance(source, ParamType) else str(source)
    return {
        "detail": wording.sentence(str(entry.get("message"))),
        "pointer": wording.pointer(where, alias or key),
    }


def from_framework(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR and error.detail != LEFT:
        return from_surprise(request, error)
    answer = from_domain(request, BELOW.get(error.status_code, errors.Malformed)())
    answer.headers.update(error.headers or {})
    return answer


def from_surprise(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """An error on our side: the trace goes to the log, and none of it into the answer."""
    log.error("http.surprise", method=request.method, path=request.url.path, exc_info=error)
    return from_domain(request, errors.Internal())


HANDLERS: Mapping[Any, Any] = {
    DiscussError: from_domain,
    ValidationException: from_validation,
    HTTPException: from_framework,
    Exception: from_surprise,
}

__all__ = ["CONTENT_TYPE", "HANDLERS", "body", "codes", "problem_of"]
