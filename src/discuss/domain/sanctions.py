"""Sanctions: what a moderator imposes on an author, and which of them apply at a given moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from discuss.domain.decisions import Reason
from discuss.errors import AuthorBanned, AuthorMuted, InvalidInput

WARNED_FOR = timedelta(days=30)
"""How long a warning is shown to its author."""


class Sanction(StrEnum):
    """`trust` is a favour; it is kept with the others because it and `premoderate` replace each other."""

    WARNING = "warning"
    MUTE = "mute"
    BAN = "ban"
    PREMODERATE = "premoderate"
    TRUST = "trust"
    SHADOW = "shadow"


REPLACES: Mapping[Sanction, frozenset[Sanction]] = {
    Sanction.WARNING: frozenset(),
    Sanction.MUTE: frozenset({Sanction.MUTE}),
    Sanction.BAN: frozenset({Sanction.BAN}),
    Sanction.PREMODERATE: frozenset({Sanction.PREMODERATE, Sanction.TRUST}),
    Sanction.TRUST: frozenset({Sanction.PREMODERATE, Sanction.TRUST}),
    Sanction.SHADOW: frozenset({Sanction.SHADOW}),
}
"""What a new sanction lifts: the last decision counts, even where it is milder."""

TOLD = frozenset({Sanction.WARNING, Sanction.MUTE, Sanction.BAN})
"""Sanctions that authors are told about. The others are between moderators."""


@dataclass(frozen=True, slots=True)
class Sanctioned:
    """One sanction of one author. It stands until `until` (exclusive), or until it is lifted.

    Clocks differ between hosts, so `created_at` and `lifted_at` are not compared with the clock of whoever reads it: a stored
    sanction has begun, and one with `lifted_at` has been lifted.
    """

    id: UUID
    site_id: UUID
    account_id: UUID
    kind: Sanction
    reason: Reason
    words: str | None
    until: datetime | None
    actor_id: UUID
    created_at: datetime
    lifted_at: datetime | None = None
    lifted_by: UUID | None = None

    def stands_at(self, now: datetime) -> bool:
        return self.lifted_at is None and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class Standing:
    """What applies to an author now: of each kind, the sanction that lasts longest."""

    ban: Sanctioned | None = None
    mute: Sanctioned | None = None
    shadowed: bool = False
    premoderated: bool = False
    trusted: bool = False

    def require_presence(self) -> None:
        """For votes. Raises `AuthorBanned`."""
        if self.ban is not None:
            raise AuthorBanned(until=self.ban.until, reason=self.ban.reason, words=self.ban.words)

    def require_voice(self) -> None:
        """For comments and reports. Raises `AuthorBanned` or `AuthorMuted`; a ban is told before a mute."""
        self.require_presence()
        if self.mute is not None:
            raise AuthorMuted(until=self.mute.until, reason=self.mute.reason, words=self.mute.words)


def standing_of(sanctions: Iterable[Sanctioned], now: datetime) -> Standing:
    """The strictest wins: an author whose comments wait for a person is not trusted, even if somebody granted trust before or since."""
    standing = [sanction for sanction in sanctions if sanction.stands_at(now)]
    kinds = {sanction.kind for sanction in standing}
    watched = Sanction.PREMODERATE in kinds or Sanction.BAN in kinds
    return Standing(
        ban=_longest(standing, Sanction.BAN),
        mute=_longest(standing, Sanction.MUTE),
        shadowed=Sanction.SHADOW in kinds,
        premoderated=watched,
        trusted=Sanction.TRUST in kinds and not watched,
    )


def _longest(standing: Iterable[Sanctioned], kind: Sanction) -> Sanctioned | None:
    """One without an end lasts longest; of equally long ones, the newest wins."""
    of_kind = [sanction for sanction in standing if sanction.kind is kind]
    return max(
        of_kind, key=lambda s: (s.until is None, s.until or s.created_at, s.created_at, s.id), default=None
    )


def end_of(kind: Sanction, until: datetime | None, now: datetime) -> datetime | None:
    """When the sanction ends by itself. Raises `InvalidInput` for a mute without an end, or an end that has passed."""
    if until is not None and until <= now:
        raise InvalidInput("The sanction would be over before it begins; `until` must be in the future.")
    if kind is Sanction.MUTE and until is None:
        raise InvalidInput("A mute needs an end: set `until`, or choose a ban, which needs none.")
    return now + WARNED_FOR if kind is Sanction.WARNING and until is None else until


def require_words(kind: Sanction, words: str | None) -> None:
    """Raises `InvalidInput` for a warning that says nothing."""
    if kind is Sanction.WARNING and not words:
        raise InvalidInput("A warning needs `words`: they are all that the author is sent.")
