"""Three ways to moderate the same crowd: as shipped, everything held first, and by lists of words alone, as most peers do."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import heldout
from bench.feed.stack import stores
from bench.moderator import lists
from bench.moderator.crowd import crowd
from bench.moderator.fates import figures
from bench.moderator.newsdesk import Clock, Newsdesk
from bench.moderator.paper import found
from discuss.classify import registry
from discuss.domain.policy import Threshold
from discuss.domain.sites import SiteSettings
from discuss.usecases.services import Judge, Services

SEED, PER_HOUR = 7, 120.0
BEGIN = datetime(2026, 3, 2, 7, tzinfo=UTC)
NEVER = Threshold(hold=1.01)
LABELS = ("toxic", "spam", "insult", "obscene", "threat", "identity_hate")
WAYS: Mapping[str, SiteSettings] = {
    "shipped": SiteSettings(),
    "premoderated": SiteSettings(premoderated=True),
    "lists": SiteSettings(thresholds=dict.fromkeys(LABELS, NEVER)),
}

Announce = Callable[[str], None]


def replay(folder: Path, size: int, announce: Announce) -> dict[str, Any]:
    """For each way, the result of `fates.figures`."""
    announce("reading the labelled comments")
    arrivals = crowd(heldout.divided(folder), size, PER_HOUR, BEGIN, SEED)
    judge = Judge(registry.load(registry.default_models_dir()), 50)
    told: dict[str, Any] = {}
    with stores() as stack:
        for way, settings in WAYS.items():
            announce(f"{len(arrivals)} comments, moderated: {way}")

            async def one(
                services: Services, way: str = way, settings: SiteSettings = settings
            ) -> dict[str, Any]:
                clock = Clock(BEGIN)
                timed = replace(services, clock=clock)
                paper = await found(timed, f"replay-{way}", settings)
                if way == "lists":
                    await lists.ban(timed, paper, folder)
                desk = Newsdesk.open(timed, clock, judge, paper, SEED)
                end = await desk.play(arrivals)
                return figures(list(desk.fates.values()), desk.moderator.acts, end)

            told[way] = stack.use(one)
    return told
