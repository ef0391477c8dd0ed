"""How long a moderator waits, while nobody writes and while readers write all the time."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any, Protocol

import psutil

from bench.moderation.asking import Taken, answered, ask, cursors
from bench.moderation.comments import Plan as Size
from bench.moderation.desk import desk
from bench.moderation.filling import Announce
from bench.moderation.plans import Plan, plans
from bench.moderation.questions import Question, questions
from bench.processes import Failed

Times = Mapping[str, Taken]

P95_MS = 100.0
_LOOK = 3.0
SOUND_EACH, SOUND_SIZE = 60, Size()


class AtWork(Protocol):
    def at_work(self) -> AbstractContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits for each kind of question: `alone` while nobody writes, `written` while readers do, and `writers` says how these fared.

    `busy`: how much of the machine others used right before, in per cent.
    """

    questions: Sequence[Question]
    alone: Mapping[str, Taken]
    written: Mapping[str, Taken]
    writers: Sequence[Mapping[str, Any]]
    plans: Sequence[Plan]
    notes: Sequence[str]
    busy: float


def latency(size: Size, each: int, kept: Path | None, announce: Announce) -> Waits:
    announce(f"filling: {size.comments:,} comments, {size.held:,} of them held")
    with desk(size, kept, announce) as place, place.client() as client:
        asked, notes = answered(client, [*questions(place.known, cursors(client))])
        busy = psutil.cpu_percent(interval=_LOOK)
        announce(
            f"asking {len(asked)} kinds of questions once through, for PostgreSQL begins with nothing in memory"
        )
        ask(client, asked, each)
        announce(f"asking them {each} times each")
        alone = ask(client, asked, each)
        announce(f"the same, while {place.writers.rate} comments a second come in")
        written, missed = while_written(place.writers, lambda: ask(client, asked, each))
        announce("explaining every statement")
        explained = asyncio.run(plans(place.settings, place.token, asked))
        return Waits(asked, alone, written, place.writers.reports, explained, [*notes, *missed], busy)


def while_written(writers: AtWork, work: Callable[[], Times]) -> tuple[Times, list[str]]:
    """Writers that break down at the end do not cost an hour's figures: a note says what happened."""
    found: Times = {}
    try:
        with writers.at_work():
            found = work()
    except (Failed, TimeoutExpired) as failed:
        if not found:
            raise
        return found, [f"The writers did not come to an end, this machine is too busy: {failed}"]
    return found, []


def as_json(size: Size, each: int, found: Waits) -> dict[str, Any]:
    kinds = {question.kind: _kind(question, found) for question in found.questions}
    large = size.comments >= SOUND_SIZE.comments and size.held >= SOUND_SIZE.held
    return {
        "complete": large and each >= SOUND_EACH and not found.notes,
        "comments": size.comments,
        "held": size.held,
        "each": each,
        "cores": psutil.cpu_count(),
        "whole": {"alone": _whole(found.alone), "written": _whole(found.written)},
        "kinds": kinds,
        "met": all(one["met"] for one in kinds.values()),
        "busy": found.busy,
        "notes": list(found.notes),
        "writers": list(found.writers),
        "plans": [_plan(plan) for plan in found.plans],
    }


def _kind(question: Question, found: Waits) -> dict[str, Any]:
    alone, written = found.alone[question.kind], found.written[question.kind]
    both = {"alone": alone.as_json(), "written": written.as_json()}
    met = all(one["p95_ms"] <= P95_MS for one in both.values())
    return {"group": question.group, "rows": alone.rows, **both, "met": met}


def _whole(taken: Mapping[str, Taken]) -> dict[str, float]:
    return Taken([ms for one in taken.values() for ms in one.ms]).as_json()


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "group": plan.group, "kind": plan.kind, "execution_ms": plan.execution_ms, "pages": plan.pages,
        "ways": plan.ways, "lines": list(plan.lines),
    }  # fmt: skip
