"""The facts that leave a transaction through the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the clock of the host that writes a fact may be ahead of the worker's without delaying the fact."""


class Topic(StrEnum):
    """What happened, and so what is done about it.

    `revision.submitted`: the revision is scored. `article.changed`: the article is projected into the feed.
    `site.changed`: the site's feed is rebuilt. `removal.requested`: an author's comments are rejected.
    `revision.unheard`: the revision is scored again, because the classifier had failed on it.
    `backtest.requested`: a rule or a threshold is tried on published comments.
    """

    REVISION_SUBMITTED = "revision.submitted"
    ARTICLE_CHANGED = "article.changed"
    SITE_CHANGED = "site.changed"
    REMOVAL_REQUESTED = "removal.requested"
    REVISION_UNHEARD = "revision.unheard"
    BACKTEST_REQUESTED = "backtest.requested"


@dataclass(frozen=True, slots=True)
class Fact:
    """`subject_id` is that of the revision, article, site, removal or back-test. The fact is taken up no earlier than `due_at`."""

    topic: Topic
    site_id: UUID
    subject_id: UUID
    due_at: datetime

    @classmethod
    def at_once(cls, topic: Topic, site_id: UUID, subject_id: UUID, now: datetime) -> Self:
        """Due even by a clock that is behind. In a backlog, the fact sorts ahead of deferred ones by that margin."""
        return cls(topic, site_id, subject_id, now - CLOCKS_DIFFER)
