"""What a person says about a comment before it becomes a decision, checked and brought into the form that is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from discuss.domain.decisions import REJECTION_REASONS, Reason, require_persons_reason
from discuss.domain.states import State
from discuss.domain.text import clean_note
from discuss.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Ruling:
    """`note` is for moderators, `words` are for the author."""

    state: State
    reason: Reason | None = None
    note: str | None = None
    words: str | None = None

    def checked(self) -> Self:
        """As it may be stored. Raises `InvalidInput`."""
        if self.state is State.PENDING:
            raise InvalidInput("A decision must be published, held or rejected.")
        if self.state is State.REJECTED and self.reason not in REJECTION_REASONS:
            raise InvalidInput("A rejection needs a reason: " + ", ".join(sorted(REJECTION_REASONS)) + ".")
        if self.state is State.HELD and self.reason is not None:
            require_persons_reason(self.reason, "hold")
        return replace(self, note=_cleaned(self.note, "note"), words=_cleaned(self.words, "words"))

    @property
    def reasons(self) -> Sequence[Reason]:
        if self.state is State.PUBLISHED:
            return [Reason.CLEAR]
        return [self.reason or Reason.OTHER]


def _cleaned(text: str | None, what: str) -> str | None:
    return (text and clean_note(text, what)) or None
