"""What a reader thinks of an article: up, down, or nothing."""

from dataclasses import dataclass
from enum import StrEnum


class Vote(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Rating:
    """How many voted which way; as a difference, how many more do."""

    up: int
    down: int

    def plus(self, gain: "Rating") -> "Rating":
        return Rating(self.up + gain.up, self.down + gain.down)


def gain(before: Vote | None, after: Vote | None) -> Rating:
    """What an article's rating gains when one reader's vote changes."""
    return Rating(
        (after is Vote.UP) - (before is Vote.UP),
        (after is Vote.DOWN) - (before is Vote.DOWN),
    )
