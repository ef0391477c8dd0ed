"""A site and its settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from discuss.domain.policy import Threshold

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
"""A site's short name, used in addresses, in keys and as a file name."""

RESERVED = frozenset({"assets", "log-in", "log-out"})
"""In the addresses of the moderators' pages, these stand where a site's slug would."""

LANGUAGE = re.compile(r"[a-z]{2,3}")
"""An ISO 639 code."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How many times a minute one account (or, before log-in, one address) may do something."""

    comments: int = 6
    log_ins: int = 10
    registrations: int = 5
    reports: int = 10


class Unscored(StrEnum):
    """What becomes of a text that the classifier still fails on after three further attempts.

    `publish`: it is scored again later, and stopped then if its scores speak against it and no person has decided.
    `ask-again`: it stays pending and is tried again, in the end every five minutes.
    """

    HOLD = "hold"
    PUBLISH = "publish"
    ASK_AGAIN = "ask-again"


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """`thresholds` override those the model was shipped with, label by label.

    `hold_uncovered`: a text in a language that the model does not cover waits for a person instead of being published.
    `anti_bump`: further comments by the same author in a row do not bring an article up again.
    `trusted_hold`: the score from which a trusted author's text is held, where the label's own threshold is lower.
    `report_hold`: the weight of readers' reports from which they hold what the machine published; None: they never do.
    `unscored`: what becomes of a text that the classifier failed on.
    `held_alert_minutes`: moderators are warned when something held has waited longer.
    `joint_editions`: translations of one article are counted together; otherwise each has its own count.
    """

    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    premoderated: bool = False
    hold_uncovered: bool = False
    longest_comment: int = 5000
    edit_minutes: int = 15
    deepest_reply: int = 8
    anti_bump: bool = False
    joint_editions: bool = True
    trusted_hold: float = 0.95
    report_hold: float | None = 3.0
    unscored: Unscored = Unscored.HOLD
    held_alert_minutes: int = 60
    rates: Rates = field(default_factory=Rates)


@dataclass(frozen=True, slots=True)
class Site:
    id: UUID
    slug: str
    name: str
    time_zone: str
    languages: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    settings: SiteSettings
    created_at: datetime
