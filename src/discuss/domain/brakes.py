"""A brake in force: a rule or a label of the model holds what it would otherwise reject, because its hits jumped."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Brake:
    """`hits` out of `seen` texts in the hour when the brake was applied; `usual` is the share of hits in the days before.

    `subject`: a label, or the id of the rule that `rule` names.
    """

    id: UUID
    site_id: UUID
    subject: str
    rule: str | None
    usual: float
    seen: int
    hits: int
    tripped_at: datetime
