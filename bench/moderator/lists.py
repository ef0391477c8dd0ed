"""The peers' way: public lists of words, one that rejects and one that holds, and nothing else."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bench.moderator.paper import Paper
from discuss.classify.wordlists import LONGEST_ENTRY
from discuss.domain.accounts import Grant, Role
from discuss.domain.rule_sense import MOST_ENTRIES
from discuss.domain.rules import Action, Mode, WordsSpec
from discuss.usecases.services import Services
from discuss.usecases.write_rule import Wording, add_rule

BANNED = ("ldnoobw_en.txt.gz", "ldnoobw_ru.txt.gz")
SUSPECT = ("obscene_ru_forms.txt.gz", "abusive_ru_uk_words.txt.gz")
_SHORTEST = 3


async def ban(services: Services, paper: Paper, folder: Path) -> None:
    """Add rules from the folder's `lexicons`, without entries that rules cannot look for."""
    admin = replace(paper.moderator, grants=(Grant(Role.ADMIN, paper.site_id),))
    for name, files, action in (("banned", BANNED, Action.REJECT), ("suspect", SUSPECT, Action.HOLD)):
        entries = list(islice(_entries(folder / "lexicons", files), MOST_ENTRIES))
        await add_rule(services, admin, paper.slug, Wording(name, Mode.ON, action, WordsSpec(entries)))


def _entries(folder: Path, files: Sequence[str]) -> Iterator[str]:
    for name in files:
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                entry = line.strip()
                if (
                    _SHORTEST <= len(entry) <= LONGEST_ENTRY
                    and "*" not in entry
                    and any(map(str.isalpha, entry))
                ):
                    yield entry
