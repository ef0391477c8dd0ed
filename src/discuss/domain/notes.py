"""Notes of the staff: about a comment, or about its author. Readers never see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from discuss.domain.text import clean_note
from discuss.errors import InvalidInput

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Note:
    """`subject_id` is that of the comment or the account. `actor_name` is the writer's current name."""

    id: UUID
    site_id: UUID
    subject_id: UUID
    actor_id: UUID
    actor_name: str
    text: str
    created_at: datetime


def require_note(value: str) -> str:
    """The text as it is stored. Raises `InvalidInput` for one that is empty, too long or cannot be stored."""
    text = clean_note(value, "note")
    if not text:
        raise InvalidInput("The note is empty.")
    if len(text) > LONGEST_NOTE:
        raise InvalidInput(f"The note has {len(text)} characters; at most {LONGEST_NOTE} are allowed.")
    return text
