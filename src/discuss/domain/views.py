"""A view: one reader, one article, one hour. Programs that identify themselves as robots do not count."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

# CUBOT is a brand of phone.
ROBOT = re.compile(r"(?<!cu)bot\b|crawl|spider|slurp", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ViewedHour:
    """What distinct readers are counted for: an article in the hour that begins at `hour`."""

    article_id: UUID
    hour: datetime


def hour_of(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def is_robot(user_agent: str) -> bool:
    """Whether a client calls itself a robot. One that pretends to be a browser counts as a reader."""
    return ROBOT.search(user_agent) is not None
