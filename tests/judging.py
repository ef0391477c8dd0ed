"""Writing, scoring and deciding without HTTP and without a worker: a predictable classifier, and people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from discuss.classify.protocol import Scored, Span
from discuss.domain.accounts import Grant, Principal, Role
from discuss.domain.articles import Article
from discuss.domain.comments import Comment
from discuss.domain.decisions import Reason
from discuss.domain.rulings import Ruling
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.store import comments
from discuss.usecases.decide import decide
from discuss.usecases.score import score
from discuss.usecases.services import Judge, Services
from discuss.usecases.submit import Submission, submit
from discuss.usecases.verify import differences

BOMB = "this text breaks the classifier"


class Fake:
    """Calls a text toxic if it says so, reads each star as an e, and fails on the one text that no classifier is ready for."""

    name, version = "fake", "1"
    labels: Sequence[str] = ("toxic",)

    def held_from(self, language: str) -> Mapping[str, float]:
        return {"toxic": 0.5} if language == "en" else {}

    def score(self, texts: Sequence[str]) -> list[Scored]:
        if BOMB in texts:
            raise ValueError(BOMB)
        return [
            Scored("en", text.lower().replace("*", "e"), {"toxic": float("toxic" in text)}) for text in texts
        ]

    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        return [{} for _ in texts]


JUDGE = Judge(Fake(), 50)


async def drain(services: Services) -> None:
    while await score(services, JUDGE):
        pass


async def disagreements(services: Services, site: Site) -> list[str]:
    """What `discuss verify` would say about this site alone: the verb looks at all sites, and there are very many here."""
    async with services.database.reading() as tx:
        return await differences(tx, services, site)


async def state_of(services: Services, site: Site, comment: Comment) -> State:
    async with services.database.reading() as tx:
        newest = await comments.newest(tx, site.id, comment.id)
    assert newest.revision is not None
    return newest.revision.state


async def decide_on(
    services: Services, site: Site, reader: Principal, comment: Comment, state: State
) -> None:
    """A moderator decides about the first text."""
    assert comment.revision is not None
    reason = Reason.OTHER if state is State.REJECTED else None
    await decide(
        services,
        moderator_of(site, reader),
        site.slug,
        comment.revision.id,
        Ruling(state, reason),
    )


async def write(services: Services, site: Site, reader: Principal, article: Article, text: str) -> Comment:
    return await submit(services, reader, site.slug, Submission(article.id, text))


def moderator_of(site: Site, reader: Principal) -> Principal:
    return replace(reader, grants=(Grant(Role.MODERATOR, site.id),))
