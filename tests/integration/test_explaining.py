"""Why a comment is held: the parts of its text that raised the scores against it."""

import asyncio
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from discuss.classify.protocol import Classifier, Scored, Span
from discuss.domain.accounts import Grant, Principal, Role
from discuss.domain.articles import Article
from discuss.domain.decisions import Source
from discuss.domain.policy import Threshold
from discuss.domain.queue import Heard
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.store import decisions
from discuss.usecases.hear import MOST_SPANS
from discuss.usecases.register_site import change_site
from discuss.usecases.score import score
from discuss.usecases.services import Judge, Services
from tests.integration.queues import in_queue
from tests.integration.test_scoring import Fake, decide_on, state_of, write


class Explaining(Fake):
    """Takes `toxic` for toxic and `buy` for spam, and shows where they are. Texts that begin with `ru` are Russian."""

    labels = ("toxic", "spam")

    def __init__(self) -> None:
        self.asked: list[str] = []

    def held_from(self, language: str) -> Mapping[str, float]:
        return {"toxic": 0.5, "spam": 0.7} if language == "en" else {"toxic": 0.95}

    def score(self, texts: Sequence[str]) -> list[Scored]:
        return [
            Scored(
                "ru" if text.startswith("ru") else "en", text, {"toxic": _sure("toxic", text), "spam": _sure("buy", text)}
            )
            for text in texts
        ]  # fmt: skip

    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        self.asked.extend(texts)
        return [{"toxic": _places("toxic", text), "spam": _places("buy", text)} for text in texts]


def _sure(word: str, text: str) -> float:
    return 0.9 if word in text else 0.1


def _places(word: str, text: str) -> list[Span]:
    starts = [at for at in range(len(text)) if text.startswith(word, at)]
    return [Span(at, at + len(word), 1.23456 - at / 1000) for at in starts]


class Broken(Explaining):
    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        raise ValueError(texts)


class Choosy(Explaining):
    """Fails on texts that shout."""

    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        if any("TOXIC" in text for text in texts):
            raise ValueError(texts)
        return super().explain(texts)


class Wild(Explaining):
    """Points past the end of the text."""

    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        return [{"toxic": [Span(0, len(text) + 1, 1.0)]} for text in texts]


class Endless(Explaining):
    """Gives weights that no JSON can hold."""

    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        return [{"toxic": [Span(0, 1, float("inf"))]} for _ in texts]


class Forgetful(Explaining):
    """Answers for fewer texts than it was asked about."""

    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        return super().explain(texts)[1:]


class Slow(Explaining):
    """Waits while explaining until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.go_on = threading.Event(), threading.Event()

    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        self.began.set()
        assert self.go_on.wait(20)
        return super().explain(texts)


async def scored(services: Services, classifier: Classifier) -> None:
    while await score(services, Judge(classifier, 50)):
        pass


async def waiting(services: Services, site: Site, state: State = State.HELD) -> dict[str, Sequence[Heard]]:
    """What moderators are told about the texts in this state."""
    async with services.database.reading() as tx:
        return {item.source: item.signals for item in await in_queue(tx, site, state)}


async def change(services: Services, site: Site, reader: Principal, **settings: Any) -> None:
    admin = replace(reader, grants=(Grant(Role.ADMIN, site.id),))
    await change_site(services, admin, site.slug, settings=lambda old: replace(old, **settings))


async def test_what_is_held_carries_the_parts_that_speak_against_it(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await write(services, site, reader, article, "so toxic, toxic")
    await write(services, site, reader, article, "toxic: buy")
    await scored(services, Explaining())
    assert await waiting(services, site) == {
        "so toxic, toxic": [Heard("toxic", 0.9, [(3, 8, 1.232), (10, 15, 1.225)]), Heard("spam", 0.1, [])],
        "toxic: buy": [Heard("spam", 0.9, [(7, 10, 1.228)]), Heard("toxic", 0.9, [(0, 5, 1.235)])],
    }


async def test_what_is_published_is_neither_explained_nor_marked(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await write(services, site, reader, article, "fine")
    await write(services, site, reader, article, "ru: toxic, but not for a Russian text")
    classifier = Explaining()
    await scored(services, classifier)
    shown = await waiting(services, site, State.PUBLISHED)
    assert [heard.spans for signals in shown.values() for heard in signals] == [[]] * 4
    assert classifier.asked == []


async def test_what_waits_for_another_reason_than_its_scores_is_not_marked(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await write(services, site, reader, article, "to be looked at")
    classifier = Explaining()
    await change(services, site, reader, premoderated=True)
    await scored(services, classifier)
    assert [heard.spans for heard in (await waiting(services, site))["to be looked at"]] == [[], []]
    assert classifier.asked == []


async def test_what_a_score_rejects_is_explained_too(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await change(services, site, reader, thresholds={"toxic": Threshold(hold=0.95, reject=0.85)})
    await write(services, site, reader, article, "toxic")
    await scored(services, Explaining())
    rejected = await waiting(services, site, State.REJECTED)
    assert rejected["toxic"][0] == Heard("toxic", 0.9, [(0, 5, 1.235)])


async def test_a_site_overrides_the_thresholds_of_the_language_label_by_label(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await change(services, site, reader, thresholds={"toxic": Threshold(hold=0.85)})
    written = {
        text: await write(services, site, reader, article, text)
        for text in ("ru toxic", "en toxic", "ru buy", "en buy")
    }
    await scored(services, Explaining())
    states = {text: await state_of(services, site, comment) for text, comment in written.items()}
    assert states == {
        "ru toxic": State.HELD,  # by the site; the model would have let it pass
        "en toxic": State.HELD,
        "ru buy": State.PUBLISHED,  # the model covers no spam in Russian
        "en buy": State.HELD,
    }


async def test_no_more_parts_are_kept_than_a_person_wants_to_see(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    text = "toxic " * (MOST_SPANS + 4)
    await write(services, site, reader, article, text)
    await scored(services, Explaining())
    (signals,) = (await waiting(services, site)).values()
    assert [start for start, _, _ in signals[0].spans] == [6 * n for n in range(MOST_SPANS)]


@pytest.mark.parametrize("broken", [Broken, Wild, Endless, Forgetful])
async def test_whoever_cannot_explain_is_heard_all_the_same(
    services: Services, site: Site, reader: Principal, article: Article, broken: type[Explaining]
) -> None:
    fine = await write(services, site, reader, article, "fine")
    bad = await write(services, site, reader, article, "toxic")
    assert await score(services, Judge(broken(), 50)) == 2
    assert [await state_of(services, site, c) for c in (fine, bad)] == [State.PUBLISHED, State.HELD]
    assert (await waiting(services, site))["toxic"] == [Heard("toxic", 0.9, []), Heard("spam", 0.1, [])]


async def test_a_text_that_cannot_be_explained_costs_no_other_its_marks(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await write(services, site, reader, article, "so toxic")
    await write(services, site, reader, article, "toxic, TOXIC")
    assert await score(services, Judge(Choosy(), 50)) == 2
    told = await waiting(services, site)
    assert [told[text][0].spans for text in ("so toxic", "toxic, TOXIC")] == [[(3, 8, 1.232)], []]


async def test_a_moderator_can_decide_while_texts_are_explained(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    slow = Slow()
    scoring = asyncio.create_task(score(services, Judge(slow, 50)))
    await asyncio.to_thread(slow.began.wait)
    await decide_on(services, site, reader, comment, State.PUBLISHED)
    slow.go_on.set()
    await scoring
    assert comment.revision is not None
    async with services.database.reading() as tx:
        made = await decisions.of_revision(tx, comment.revision.id)
    assert [decision.source for decision in made] == [Source.PERSON], "the machine had to be waited for"
