"""What a moderator is shown of a comment that waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from discuss.domain.comments import State
from discuss.domain.decisions import Reason, Source


@dataclass(frozen=True, slots=True)
class Heard:
    """What the classifier said of one label.

    `spans` are the parts of the text that raised the probability, the strongest first: start and end in code points
    of the source, and the log-odds they added. Only labels that spoke against the text have any.
    """

    label: str
    probability: float
    spans: Sequence[tuple[int, int, float]] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """`signals`: the most probable label first."""

    revision_id: UUID
    comment_id: UUID
    number: int
    source: str
    html: str
    language: str | None
    state: State
    created_at: datetime
    author_id: UUID
    author_name: str
    article_id: UUID
    article_title: str
    article_url: str
    decision_id: UUID | None
    decided_by: Source | None
    reasons: Sequence[Reason]
    model: str | None
    signals: Sequence[Heard]

    @property
    def scores(self) -> dict[str, float]:
        return {heard.label: heard.probability for heard in self.signals}
