"""The problems that a route can answer with, for its place in the OpenAPI document."""

from collections import defaultdict
from collections.abc import Mapping

from litestar.openapi.datastructures import ResponseSpec
from msgspec import Struct

from discuss import errors
from discuss.errors import DiscussError
from discuss.http.problem import CONTENT_TYPE, STATUS

ALWAYS = (errors.Malformed, errors.TooLong, errors.InvalidInput, errors.Internal, errors.Unavailable)
ASKER = (errors.CredentialsAmbiguous, errors.SessionEnded, errors.KeyUnknown)
"""Problems of routes that can be used with or without a log-in."""

PERSON = (*ASKER, errors.Unauthenticated, errors.Forbidden)
"""Problems of routes that need a log-in."""

CHANGE = (*PERSON, errors.CsrfFailed)
BODY = (errors.TooLarge, errors.MediaTypeUnsupported)
VOICE = (errors.AuthorBanned, errors.AuthorMuted)
TEXT = (errors.TextEmpty, errors.TextTooLong, errors.TextNotAllowed)


class Wrong(Struct):
    """One thing that is wrong; `pointer` is a JSON Pointer fragment such as `#/body/text` or `#/query/limit`."""

    detail: str
    pointer: str


class Problem(Struct):
    """Problem details (RFC 9457). `code` is stable, `detail` is for people; some codes add further members."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[Wrong] = []


def problems(*expected: type[DiscussError]) -> Mapping[int, ResponseSpec]:
    """For `responses=`: these problems and those that any route can answer with, by status."""
    by_status: dict[int, dict[str, str]] = defaultdict(dict)
    kinds: tuple[type[DiscussError], ...] = (*ALWAYS, *expected)
    for kind in kinds:
        by_status[STATUS[kind][0].value][kind.code] = kind.default
    return {
        status: ResponseSpec(
            Problem,
            generate_examples=False,
            media_type=CONTENT_TYPE,
            description="\n".join(f"- `{code}`: {default}" for code, default in told.items()),
        )
        for status, told in sorted(by_status.items())
    }
