"""Everything that a moderator's pages ask for, kind by kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from bench.feed.house import site_path
from bench.moderation.known import Known
from discuss.domain.decisions import Source
from discuss.domain.queue import USUAL_SORT, Queue, orders
from discuss.domain.states import State

LABELS = ("toxic", "spam", "insult", "threat")


@dataclass(frozen=True, slots=True)
class Question:
    """`paths` are asked in turn, so that not every answer is still warm from the one before."""

    group: str
    kind: str
    paths: Sequence[str]


def questions(known: Known, cursors: Mapping[Queue, str]) -> Iterator[Question]:
    """`cursors`: of pages further back, each in the usual order of its queue."""
    for queue in Queue:
        for sort in orders(queue):
            yield Question("queue", f"{queue}, by {sort}", [_queue(queue, sort=sort)])
    for queue, cursor in cursors.items():
        path = _queue(queue, sort=USUAL_SORT[queue], cursor=cursor)
        yield Question("queue", f"{queue}, some pages on", [path])
    yield from _filters(known)
    yield from _searches(known)
    yield Question("counts", "counts of all queues", [f"{site_path()}/queue/counts"])
    yield Question("item", "one item", [f"{site_path()}/queue/items/{comment}" for comment in known.held])
    yield from _record(known)
    yield Question("author", "an author", [f"{site_path()}/authors/{author}" for author in known.authors])


def _filters(known: Known) -> Iterator[Question]:
    given: Mapping[str, Sequence[Mapping[str, object]]] = {
        "of an article": [{"article": one} for one in known.articles],
        "of an author": [{"author": one} for one in known.authors],
        "in a language": [{"language": one} for one in known.words],
        "with a label": [{"label": one} for one in LABELS],
        "decided by a person": [{"decided_by": Source.PERSON}],
        "decided by the machine": [{"decided_by": Source.POLICY}],
        "within three weeks": [{"from": _instant(known.since), "to": _instant(known.until)}],
        "in a language, with a label": [
            {"language": language, "label": label} for language, label in product(known.words, LABELS)
        ],
    }
    for queue, (said, choices) in product((Queue.HELD, Queue.ALL), given.items()):
        yield Question("filter", f"{queue}, {said}", [_queue(queue, **one) for one in choices])
    for state in (State.HELD, State.PUBLISHED, State.REJECTED):
        yield Question("filter", f"all, {state}", [_queue(Queue.ALL, state=state)])


def _searches(known: Known) -> Iterator[Question]:
    for language, words in known.words.items():
        pairs = list(zip(words.common, reversed(words.common), strict=True))
        mixed = list(zip(words.common, words.rare, strict=False))
        asked = {
            "a common word": list(words.common),
            "a rare word": list(words.rare),
            "two common words": [" ".join(pair) for pair in pairs],
            "a common and a rare word": [" ".join(pair) for pair in mixed],
        }
        for queue, (said, searches) in product((Queue.HELD, Queue.ALL), asked.items()):
            yield Question(
                "search", f"{queue}, {said} ({language})", [_queue(queue, q=one) for one in searches]
            )
        rejected = [_queue(Queue.ALL, q=one, state=State.REJECTED) for one in words.common]
        yield Question("search", f"all, rejected, a common word ({language})", rejected)


def _record(known: Known) -> Iterator[Question]:
    given: Mapping[str, Sequence[Mapping[str, object]]] = {
        "all of it": [{}],
        "of people": [{"source": Source.PERSON}],
        "of one moderator": [{"moderator": one} for one in known.moderators],
        "rejections": [{"state": State.REJECTED}],
        "with a reason": [{"reason": one} for one in LABELS],
        "about a comment": [{"comment": one} for one in known.held],
        "about an author": [{"author": one} for one in known.authors],
        "within three weeks": [{"since": _instant(known.since), "until": _instant(known.until)}],
    }
    for said, choices in given.items():
        yield Question(
            "record", f"the record, {said}", [f"{site_path()}/decisions?{urlencode(one)}" for one in choices]
        )


def _queue(queue: Queue, **given: object) -> str:
    return f"{site_path()}/queue?{urlencode({'queue': queue, **given})}"


def _instant(at: object) -> str:
    return str(at).replace(" ", "T")
