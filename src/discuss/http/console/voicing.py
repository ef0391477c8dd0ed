"""The reasons that moderators give: their order, their keys, and which to offer first."""

from collections.abc import Mapping, Sequence

from discuss.domain.decisions import REJECTION_REASONS, Reason

REASON_KEYS: Mapping[Reason, str] = {
    Reason.SPAM: "s",
    Reason.INSULT: "i",
    Reason.THREAT: "t",
    Reason.HATE: "h",
    Reason.OBSCENE: "o",
    Reason.OFF_TOPIC: "f",
    Reason.PERSONAL_DATA: "d",
    Reason.ILLEGAL: "l",
    Reason.OTHER: "e",
}
REASONS = list(REASON_KEYS)

NEAREST = {
    Reason.TOXIC: Reason.INSULT,
    Reason.BANNED_WORDS: Reason.OBSCENE,
    Reason.LINK: Reason.SPAM,
    Reason.REPEATED: Reason.SPAM,
}
"""The reason that a person would give in place of one that only the machine uses."""


def likely(reasons: Sequence[Reason]) -> Reason | None:
    """The reason to offer first: the weightiest of those that a person may give."""
    named = (NEAREST.get(reason, reason) for reason in reasons)
    return next((reason for reason in named if reason in REJECTION_REASONS), None)
