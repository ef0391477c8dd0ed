"""A brake that is on: a rule or a label of the model holds what it would reject, because its hits jumped."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Brake:
    """`hits` of `seen` texts in the hour when it was put on; `usual` is the share of the days before.

    `subject`: a label, or the id of a rule, whose name is then `rule`.
    """

    id: UUID
    site_id: UUID
    subject: str
    rule: str | None
    usual: float
    seen: int
    hits: int
    tripped_at: datetime
