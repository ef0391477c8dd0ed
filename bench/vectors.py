"""`python -m bench vectors`: what a larger model makes of the texts that it is to teach our heads with."""

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import Random
from types import MappingProxyType

import numpy as np
import rich_click as click

from bench import heldout, processes, tables
from bench.options import data_option
from bench.roster import E5
from discuss.classify.corpus import Corpus
from discuss.classify.data import Example
from discuss.classify.evaluation.metrics import Floats
from discuss.classify.vectors import save

_SEED = 3
_LONGEST = 350
"""Characters of a text that are looked at: time grows faster than length, and most texts are shorter."""

_LANGUAGE = "en"
_MOST: Mapping[str, int] = MappingProxyType(
    {
        "ethos_en": 900,
        "olid_twitter_en": 5000,
        "hateval_twitter_en": 3000,
        "hatexplain_train_en": 2000,
        "stormfront_en": 3000,
        "c3_news_en": 3500,
        "unhealthy_news_en": 2000,
        "sfu_toxicity_news_en": 500,
        "impermium_insults_en": 2500,
        "davidson_twitter_en": 1500,
        "civil_toxic_spans_en": 1800,
        "waseem_twitter_en": 1000,
        "surge_toxicity_en": 894,
        "convabuse_en": 500,
        "wiki_assignment_en": 1000,
        "wiki_context_en": 500,
        "youtube_bullying_en": 300,
        "wiki_talk_testset_en": 400,
        "paradetox_en": 500,
    }
)
"""How many rows of each source are drawn: more where they are like comments on a news site, or where a label has few."""


@click.command("vectors")
@data_option
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write, for `discuss model train --vectors`.",
)  # fmt: skip
def vectors(folder: Path, out: Path) -> None:
    """Embed the texts that a larger model teaches with, in as many processes as there are cores: half an hour on two."""
    corpus = heldout.divided(folder)
    rows = drawn(corpus)
    cores = os.cpu_count() or 1
    try:
        with (
            tables.wide_console().status(f"embedding {len(rows):,} texts"),
            ThreadPoolExecutor(cores) as pool,
        ):
            parts = list(pool.map(_embedded, [rows[first::cores] for first in range(cores)]))
    except processes.Failed as failed:
        sys.exit(f"The larger model does not start here: {failed}")
    found = np.empty((len(rows), parts[0].shape[1]), dtype=np.float32)
    for first, part in enumerate(parts):
        found[first::cores] = part
    save(out, [row.text for row in rows], found)


def drawn(corpus: Corpus) -> list[Example]:
    """Without the rows that are kept out of training."""
    chance = Random(_SEED)  # noqa: S311  - repeatable, guards nothing
    rows: list[Example] = []
    for source, most in _MOST.items():
        known = [row for row in corpus.examples if (row.source, row.lang) == (source, _LANGUAGE)]
        known.sort(key=lambda row: row.id)
        chance.shuffle(known)
        rows += [row for row in known[:most] if corpus.tenths[row.id]]
    return rows


def _embedded(rows: Sequence[Example]) -> Floats:
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()), "part.npz")
        told = stack.enter_context(tempfile.TemporaryFile("w+"))
        processes.write_lines(told, ({"id": row.id, "text": row.text[:_LONGEST]} for row in rows))
        processes.answer(E5, "bench.embedding", str(scratch), told=told)
        with np.load(scratch) as found:
            made: Floats = found["vectors"]
            return made
