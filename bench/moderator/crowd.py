"""Who writes what and when: labelled comments that the model was not trained on, at the rate and with the share of abuse of a news site."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from discuss.classify.corpus import Corpus
from discuss.classify.data import Example

COMMENTS = (
    "c3_news_en", "unhealthy_news_en", "sfu_toxicity_news_en", "ru_toxic_2ch_pikabu", "ru_toxic_mixed", "ru_uk_youtube_abusive",
)  # fmt: skip
"""Sources of comments as readers write them: ordinary ones, and ones that raters found toxic."""

ADVERTISING = ("youtube_spam_en", "ru_telegram_spam_positives")
TOXIC, SPAM = 0.08, 0.02
"""Shares of all comments. Raters find 5 to 10 % of what readers write under news toxic."""

_LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Arrival:
    """`abusive`: the raters called it toxic, or it is advertising."""

    at: datetime
    text: str
    language: str
    abusive: bool


def crowd(corpus: Corpus, size: int, per_hour: float, begin: datetime, seed: int) -> Sequence[Arrival]:
    """`size` comments, or as many as there are rows for, at independent times. The same seed gives the same crowd."""
    chance = random.Random(seed)  # noqa: S311  - repeatable, guards nothing
    rows = list(_mixed(corpus, size, chance))
    waits = accumulate(chance.expovariate(per_hour / 3600) for _ in rows)
    return [
        Arrival(begin + timedelta(seconds=seconds), row.text, row.lang, abusive)
        for seconds, (row, abusive) in zip(waits, rows, strict=True)
    ]


def _mixed(corpus: Corpus, size: int, chance: random.Random) -> Iterator[tuple[Example, bool]]:
    written = [row for row in corpus.of("test", COMMENTS) if len(row.text) <= _LONGEST]
    sold = [
        row for row in corpus.of("test", ADVERTISING) if row.labels.get("spam") and len(row.text) <= _LONGEST
    ]
    ordinary = _drawn(
        [row for row in written if row.labels.get("toxic") == 0], size * (1 - TOXIC - SPAM), chance
    )
    # If there are fewer ordinary rows than asked for, there is less of everything, because the shares are what counts.
    whole = len(ordinary) / (1 - TOXIC - SPAM)
    toxic = _drawn([row for row in written if row.labels.get("toxic") == 1], whole * TOXIC, chance)
    spam = _drawn(sold, whole * SPAM, chance)
    everything = [(row, False) for row in ordinary] + [(row, True) for row in (*toxic, *spam)]
    chance.shuffle(everything)
    yield from everything


def _drawn(rows: Sequence[Example], number: float, chance: random.Random) -> Sequence[Example]:
    ordered = sorted(rows, key=lambda row: row.id)
    return chance.sample(ordered, min(round(number), len(ordered)))
