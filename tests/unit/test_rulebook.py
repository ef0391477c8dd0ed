"""What a worker remembers of the rules: the versions and lists used last, however many batches ask at once."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import pytest

from discuss.domain.rules import Action, Kind, Mode, Rule, WordsSpec, letters
from discuss.store.database import Tx
from discuss.store.rules import Version
from discuss.usecases import rulebook
from discuss.usecases.rulebook import Rulebook

HERE, THERE, ELSEWHERE = (UUID(int=number) for number in (1, 2, 3))
NOBODY, NOW, NO_TX = UUID(int=0), datetime(2026, 1, 1, tzinfo=UTC), cast("Tx", None)


def rule(number: int, entry: str = "casino") -> Rule:
    return Rule(
        UUID(int=100 + number), HERE, "A rule", Kind.WORDS, 1, Mode.ON, Action.HOLD, WordsSpec([entry]), NOW, NOBODY
    )  # fmt: skip


class Stored:
    """The rules of three sites, and which versions were read. Reading waits while `held` is set."""

    def __init__(self) -> None:
        self.rules = {site: [rule(number)] for number, site in enumerate((HERE, THERE, ELSEWHERE))}
        self.read: list[Version] = []
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()
        self.go_on.set()

    async def heads(self, _: Tx, site_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Version]]:
        return {site: [Version(one.id, one.number) for one in self.rules[site]] for site in site_ids}

    async def versions(self, _: Tx, wanted: Collection[Version]) -> Sequence[Rule]:
        self.read += wanted
        self.asked.set()
        await self.go_on.wait()
        every = [one for found in self.rules.values() for one in found]
        return [one for one in every if Version(one.id, one.number) in wanted]


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> Stored:
    made = Stored()
    monkeypatch.setattr(rulebook, "rules", made)
    return made


async def test_the_versions_used_last_are_kept(stored: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebook, "MOST", 2)
    book = Rulebook()
    for site in (HERE, THERE, HERE, ELSEWHERE):
        await book.of(NO_TX, [site])
    stored.read.clear()
    assert await book.of(NO_TX, [HERE, ELSEWHERE]) == {site: stored.rules[site] for site in (HERE, ELSEWHERE)}
    assert stored.read == []


async def test_a_batch_has_its_rules_although_another_one_makes_the_book_forget_them(
    stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rulebook, "MOST", 1)
    book = Rulebook()
    await book.of(NO_TX, [HERE])
    stored.rules[HERE].append(rule(7))
    stored.go_on.clear()
    stored.asked.clear()
    waiting = asyncio.create_task(cast("Any", book.of(NO_TX, [HERE])))
    await stored.asked.wait()
    stored.go_on.set()
    await book.of(NO_TX, [THERE])
    assert await waiting == {HERE: stored.rules[HERE]}


async def test_more_rules_than_are_kept_can_be_asked_for_at_once(
    stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rulebook, "MOST", 1)
    assert await Rulebook().of(NO_TX, list(stored.rules)) == stored.rules


def test_a_list_is_compiled_once_and_kept_until_others_need_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, third = (
        rule(number, entry) for number, entry in enumerate(("casino", "lottery", "roulette"))
    )
    monkeypatch.setattr(rulebook, "MOST_COMPILED", letters(["casino", "lottery"]))
    book = Rulebook()
    first = book.listed([one])
    book.listed([other])
    assert book.listed([one]) is first
    book.listed([third])
    assert book.listed([one]) is not first
