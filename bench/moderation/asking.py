"""Asks as one moderator does, one thing after another, and measures the time."""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import httpx

from bench.feed.house import site_path
from bench.feed.interval import percentile
from bench.moderation.questions import Question
from bench.processes import Failed
from discuss.domain.queue import USUAL_SORT, Queue

_SEED, _PAGES_ON, _OK = 20260101, 4, 200


@dataclass(slots=True)
class Taken:
    """Milliseconds from the question to the whole answer. `rows`: how many the longest answer has."""

    ms: list[float] = field(default_factory=list)
    rows: int = 0

    def as_json(self) -> dict[str, float]:
        ordered = sorted(self.ms)
        middle, late, most = percentile(ordered, 50), percentile(ordered, 95), ordered[-1]
        return {"p50_ms": round(middle, 1), "p95_ms": round(late, 1), "most_ms": round(most, 1)}


def ask(client: httpx.Client, questions: Sequence[Question], each: int) -> Mapping[str, Taken]:
    """Asks each kind `each` times, all of them mixed. Raises `Failed` for an answer other than 200."""
    taken = {question.kind: Taken() for question in questions}
    for question, path in in_turns(questions, each):
        began = time.perf_counter()
        answer = client.get(path)
        took = time.perf_counter() - began
        if answer.status_code != _OK:
            raise Failed(
                f"{question.kind}: {path} was answered with {answer.status_code}: {answer.text[:200]}"
            )
        taken[question.kind].ms.append(1000 * took)
        taken[question.kind].rows = max(taken[question.kind].rows, rows(answer.json()))
    return taken


def answered(client: httpx.Client, questions: Sequence[Question]) -> tuple[list[Question], list[str]]:
    """The questions that are answered when first asked, and a note about each of the others."""
    good, notes = [], []
    for question in questions:
        answer = client.get(question.paths[0])
        if answer.status_code == _OK:
            good.append(question)
        else:
            notes.append(f"{question.kind} was answered with {answer.status_code} and was not measured.")
    return good, notes


def in_turns(questions: Sequence[Question], each: int) -> Iterator[tuple[Question, str]]:
    """In an order that is the same every time."""
    turns = [(question, number) for question in questions for number in range(each)]
    random.Random(_SEED).shuffle(turns)  # noqa: S311  - repeatable, guards nothing
    for question, number in turns:
        yield question, question.paths[number % len(question.paths)]


def rows(answer: Mapping[str, object]) -> int:
    """The number of rows of a page; 1 for an answer that is no page."""
    lists = [answer[name] for name in ("items", "entries") if name in answer]
    return len(lists[0]) if lists and isinstance(lists[0], list) else 1


def cursors(client: httpx.Client) -> dict[Queue, str]:
    """A cursor some pages on, for each queue that has so many."""
    found = {}
    for queue in Queue:
        given = {"queue": str(queue), "sort": str(USUAL_SORT[queue])}
        for _ in range(_PAGES_ON):
            page = client.get(f"{site_path()}/queue", params=given).raise_for_status().json()
            if not page["next_cursor"]:
                break
            given["cursor"] = page["next_cursor"]
        else:
            found[queue] = given["cursor"]
    return found
