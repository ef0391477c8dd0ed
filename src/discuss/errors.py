"""What can go wrong, in words that people understand. No HTTP here: `http/problem.py` gives each code its status."""

from collections.abc import Mapping
from typing import ClassVar


class DiscussError(Exception):
    """The root of every expected error. `code` is stable: programs may rely on it."""

    code: ClassVar[str]
    default: ClassVar[str]

    def __init__(self, detail: str | None = None, **extra: object) -> None:
        self.detail = detail or self.default
        self.extra: Mapping[str, object] = extra
        super().__init__(self.detail)


class InvalidInput(DiscussError):
    """Something in the request cannot be accepted. `pointer` names the place, as a JSON Pointer fragment."""

    code = "invalid-input"
    default = "The request could not be understood."


class Malformed(InvalidInput):
    code = "malformed"
    default = "The request could not be read. A body must be JSON in UTF-8."


class TooLarge(InvalidInput):
    code = "too-large"
    default = "The request is too large."


class TooLong(InvalidInput):
    code = "too-long"
    default = "The address is longer than any that leads somewhere here, or its query has too many parts."


class MediaTypeUnsupported(InvalidInput):
    code = "media-type-unsupported"
    default = "Send JSON, with Content-Type: application/json."


class MethodNotAllowed(InvalidInput):
    code = "method-not-allowed"
    default = "This address does not take that method."


class TextEmpty(InvalidInput):
    code = "text-empty"
    default = "The comment is empty."


class TextTooLong(InvalidInput):
    code = "text-too-long"
    default = "The comment is too long."


class TextNotAllowed(InvalidInput):
    code = "text-not-allowed"
    default = "The text holds characters that cannot be stored or shown."


class ReplyTooDeep(InvalidInput):
    """`deepest` says how deep replies may go at the site."""

    code = "reply-too-deep"
    default = "Replies do not go that deep here."


class CursorInvalid(InvalidInput):
    code = "cursor-invalid"
    default = "The cursor is not one that this service gave out. Start again without it."


class Unauthenticated(DiscussError):
    code = "not-logged-in"
    default = "Please log in first."


class CredentialsWrong(Unauthenticated):
    code = "credentials-wrong"
    default = "The e-mail address or the password is wrong."


class SessionEnded(Unauthenticated):
    code = "session-ended"
    default = "The session has ended. Please log in again."


class KeyUnknown(Unauthenticated):
    code = "key-unknown"
    default = "The token or key is not known here."


class CredentialsAmbiguous(InvalidInput):
    code = "credentials-ambiguous"
    default = "Send either a cookie or a bearer token, not both."


class Forbidden(DiscussError):
    code = "forbidden"
    default = "This account may not do that."


class CsrfFailed(Forbidden):
    code = "csrf-failed"
    default = "The request did not prove that it comes from this site. Reload the page and try again."


class AuthorMuted(Forbidden):
    """`until` tells the author when the mute ends; `reason` and `words` say why."""

    code = "author-muted"
    default = "This account may not write or report for a while."


class AuthorBanned(Forbidden):
    """`until` is null if the ban has no end."""

    code = "author-banned"
    default = "This account is banned here."


class ShadowBansOff(Forbidden):
    code = "shadow-bans-off"
    default = "Shadow bans are switched off here. The operator may allow them with DISCUSS_SHADOW_BANS."


class NotFound(DiscussError):
    code = "not-found"
    default = "There is nothing here."


class SiteNotFound(NotFound):
    code = "site-not-found"
    default = "There is no such site."


class ArticleNotFound(NotFound):
    code = "article-not-found"
    default = "There is no such article on this site."


class CommentNotFound(NotFound):
    code = "comment-not-found"
    default = "There is no such comment on this site."


class RevisionNotFound(NotFound):
    code = "revision-not-found"
    default = "There is no such revision on this site."


class DecisionNotFound(NotFound):
    code = "decision-not-found"
    default = "There is no such decision on this site."


class AuthorNotFound(NotFound):
    code = "author-not-found"
    default = "There is no such author on this site."


class SanctionNotFound(NotFound):
    code = "sanction-not-found"
    default = "There is no such sanction of this author, or it is lifted already."


class RuleNotFound(NotFound):
    code = "rule-not-found"
    default = "There is no such rule at this site."


class BacktestNotFound(NotFound):
    code = "backtest-not-found"
    default = "There is no such back-test at this site."


class BrakeNotFound(NotFound):
    code = "brake-not-found"
    default = "There is no such brake at this site, or it is released already."


class RemovalNotFound(NotFound):
    code = "removal-not-found"
    default = "There is no such removal of this author's comments."


class Conflict(DiscussError):
    code = "conflict"
    default = "Something changed in the meantime. Look again before you repeat this."


class NameTaken(Conflict):
    code = "name-taken"
    default = "Somebody has this name or address already."


class ArticleClosed(Conflict):
    code = "article-closed"
    default = "Comments on this article are closed."


class EditWindowClosed(Conflict):
    code = "edit-window-closed"
    default = "The time in which this comment could be edited is over."


class DecisionStale(Conflict):
    code = "decision-stale"
    default = "Somebody decided this in the meantime."


class DecisionPointless(Conflict):
    code = "decision-pointless"
    default = "A person decided just this already."


class UndoImpossible(Conflict):
    code = "undo-impossible"
    default = "Only what a person decided can be undone. Decide anew instead."


class ReportSettled(Conflict):
    code = "report-settled"
    default = "A moderator has looked at this comment since you reported it."


class IdempotencyMismatch(InvalidInput):
    code = "idempotency-mismatch"
    default = "This Idempotency-Key was used with another request."


class RateLimited(DiscussError):
    """`retry_after` is in whole seconds."""

    code = "rate-limited"
    default = "That was a little fast. Please wait a moment."

    def __init__(self, retry_after: int, detail: str | None = None) -> None:
        super().__init__(detail, retry_after=retry_after)
        self.retry_after = retry_after


class Unavailable(DiscussError):
    code = "unavailable"
    default = "The service cannot do this right now. Please try again in a moment."


class ModelBroken(DiscussError):
    """A model file is missing, foreign or damaged; whatever was active stays active."""

    code = "model-broken"
    default = "The model could not be loaded."


class SetupFailed(DiscussError):
    """The service cannot start as it is set up; the message says what to change."""

    code = "setup-failed"
    default = "The service could not be started."


class Internal(DiscussError):
    """Our own mistake; the log has the trace."""

    code = "internal"
    default = "Something went wrong on our side. It has been written down."
