"""The facts that leave a transaction through the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

CLOCKS_DIFFER = timedelta(minutes=5)
"""So far may the clock of the host that writes a fact be ahead of the worker's, and it is taken up at once all the same."""


class Topic(StrEnum):
    """What happened, and so who takes it up.

    `revision.submitted` is scored, `article.changed` is projected, `site.changed` builds the site's feed anew,
    `removal.requested` rejects an author's comments, `revision.unheard` is scored again because the classifier had failed on
    it, `backtest.requested` tries a rule on what is stored.
    """

    REVISION_SUBMITTED = "revision.submitted"
    ARTICLE_CHANGED = "article.changed"
    SITE_CHANGED = "site.changed"
    REMOVAL_REQUESTED = "removal.requested"
    REVISION_UNHEARD = "revision.unheard"
    BACKTEST_REQUESTED = "backtest.requested"


@dataclass(frozen=True, slots=True)
class Fact:
    """`subject_id` is the revision, the article, the site, the removal or the back-test; it is taken up no earlier than `due_at`."""

    topic: Topic
    site_id: UUID
    subject_id: UUID
    due_at: datetime

    @classmethod
    def at_once(cls, topic: Topic, site_id: UUID, subject_id: UUID, now: datetime) -> Self:
        """Due whoever looks, also by a clock that is behind. In a backlog it stands by so much before facts that were put off."""
        return cls(topic, site_id, subject_id, now - CLOCKS_DIFFER)
