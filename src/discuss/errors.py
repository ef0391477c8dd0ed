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
    default = "The request could not be read. The body must be JSON in UTF-8."


class TooLarge(InvalidInput):
    code = "too-large"
    default = "The request is too large."


class TooLong(InvalidInput):
    code = "too-long"
    default = "The address is too long, its query has too many parts, or the headers are too long."


class MediaTypeUnsupported(InvalidInput):
    code = "media-type-unsupported"
    default = "Send JSON, with Content-Type: application/json."


class MethodNotAllowed(InvalidInput):
    code = "method-not-allowed"
    default = "This address does not accept that method."


class TextEmpty(InvalidInput):
    code = "text-empty"
    default = "The comment is empty."


class TextTooLong(InvalidInput):
    code = "text-too-long"
    default = "The comment is too long."


class TextNotAllowed(InvalidInput):
    code = "text-not-allowed"
    default = "The text contains characters that cannot be stored or shown."


class ReplyTooDeep(InvalidInput):
    """`deepest` says how deep replies may go at the site."""

    code = "reply-too-deep"
    default = "Replies cannot go that deep here."


class CursorInvalid(InvalidInput):
    code = "cursor-invalid"
    default = "This service did not issue that cursor. Start again without it."


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
    default = "This token or key is unknown."


class CredentialsAmbiguous(InvalidInput):
    code = "credentials-ambiguous"
    default = "Send either a cookie or a bearer token, not both."


class Forbidden(DiscussError):
    code = "forbidden"
    default = "This account may not do that."


class CsrfFailed(Forbidden):
    code = "csrf-failed"
    default = "The request could not be verified as coming from this site. Reload the page and try again."


class AuthorMuted(Forbidden):
    """`until` tells the author when the mute ends; `reason` and `words` say why."""

    code = "author-muted"
    default = "This account is muted: it cannot comment or report for a while."


class AuthorBanned(Forbidden):
    """`until` is null if the ban has no end."""

    code = "author-banned"
    default = "This account is banned here."


class ShadowBansOff(Forbidden):
    code = "shadow-bans-off"
    default = "Shadow bans are switched off here. The operator can allow them with DISCUSS_SHADOW_BANS."


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
    default = "This author has no such sanction, or it has already been lifted."


class RuleNotFound(NotFound):
    code = "rule-not-found"
    default = "There is no such rule on this site."


class BacktestNotFound(NotFound):
    code = "backtest-not-found"
    default = "There is no such back-test on this site."


class BrakeNotFound(NotFound):
    code = "brake-not-found"
    default = "There is no such brake on this site, or it has already been released."


class RemovalNotFound(NotFound):
    code = "removal-not-found"
    default = "There is no such removal for this author."


class Conflict(DiscussError):
    code = "conflict"
    default = "Something has changed in the meantime. Check again before you repeat this."


class NameTaken(Conflict):
    code = "name-taken"
    default = "This name or address is already taken."


class ArticleClosed(Conflict):
    code = "article-closed"
    default = "Comments on this article are closed."


class EditWindowClosed(Conflict):
    code = "edit-window-closed"
    default = "The time for editing this comment is over."


class DecisionStale(Conflict):
    code = "decision-stale"
    default = "This comment was decided or changed in the meantime."


class DecisionPointless(Conflict):
    code = "decision-pointless"
    default = "A person has already made this decision."


class RuleStale(Conflict):
    code = "rule-stale"
    default = "Somebody else has changed this rule since you saw it. Nothing was saved."


class UndoImpossible(Conflict):
    code = "undo-impossible"
    default = "Only a person's decision can be undone. Make a new decision instead."


class ReportSettled(Conflict):
    code = "report-settled"
    default = "A moderator has decided on this comment since you reported it."


class IdempotencyMismatch(InvalidInput):
    code = "idempotency-mismatch"
    default = "This Idempotency-Key was already used for a different request."


class RateLimited(DiscussError):
    """`retry_after` is in whole seconds."""

    code = "rate-limited"
    default = "You are going a little too fast. Please wait a moment."

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
    default = "Something went wrong on our side. It has been logged."
