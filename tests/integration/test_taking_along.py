"""Rejecting the newest text of a comment means rejecting the comment: no earlier text of it stays visible to readers."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from discuss.domain.accounts import Grant, Principal, Role
from discuss.domain.articles import Article
from discuss.domain.batches import Choice, Outcome, Selection, Target
from discuss.domain.comments import Comment
from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.policy import Threshold
from discuss.domain.rulings import Ruling
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.store import articles, comments, decisions
from discuss.usecases.build_feeds import build
from discuss.usecases.decide import decide
from discuss.usecases.decide_many import decide_many
from discuss.usecases.edit import edit
from discuss.usecases.project import project
from discuss.usecases.register_site import change_site
from discuss.usecases.services import Services
from discuss.usecases.undo import undo
from discuss.usecases.undo_many import undo_many
from tests.judging import decide_on, disagreements, drain, moderator_of, write

REJECT = Ruling(State.REJECTED, Reason.INSULT, note="turned nasty", words="Please stay polite.")


@pytest.fixture
async def edited(services: Services, site: Site, reader: Principal, article: Article) -> list[Comment]:
    """The comment with its first text, which readers see, and with its second, which is held."""
    first = await write(services, site, reader, article, "fine")
    await drain(services)
    second = await edit(services, reader, site.slug, first.id, "toxic")
    await drain(services)
    return [first, second]


async def about(services: Services, texts: Sequence[Comment]) -> list[Sequence[Decision]]:
    """All decisions about each text."""
    ids = [text.revision.id for text in texts if text.revision]
    async with services.database.reading() as tx:
        found = await decisions.of_revisions(tx, ids)
    return [found[each] for each in ids]


async def states(services: Services, texts: Sequence[Comment]) -> list[State]:
    return [made[-1].state for made in await about(services, texts)]


async def shown(services: Services, site: Site, article: Article, comment: Comment) -> tuple[int, int]:
    """The number of the text that readers see (0: none), and how many comments the article has."""
    async with services.database.reading() as tx:
        seen = (await comments.showings(tx, [comment.id]))[comment.id].number
        return seen, (await articles.by_id(tx, site.id, article.id)).comment_count


async def rejected(services: Services, site: Site, reader: Principal, text: Comment) -> Decision:
    assert text.revision is not None
    return await decide(services, moderator_of(site, reader), site.slug, text.revision.id, REJECT)


async def all_of(services: Services, texts: Sequence[Comment]) -> Choice:
    return Selection([Target(made[-1].revision_id, made[-1].id) for made in await about(services, texts)])


async def test_rejecting_the_newest_text_takes_the_one_that_readers_see_along(
    services: Services, site: Site, reader: Principal, article: Article, edited: list[Comment]
) -> None:
    made = await rejected(services, site, reader, edited[1])
    assert await shown(services, site, article, edited[0]) == (0, 0)
    along = (await about(services, edited))[0][-1]
    assert (along.state, along.source, along.actor_id) == (State.REJECTED, Source.PERSON, reader.account_id)
    assert (along.reasons, along.note, along.words, along.follows) == ([Reason.INSULT], None, None, made.id)
    await build(services, site)
    while await project(services):
        pass
    assert await disagreements(services, site) == []


async def test_undoing_brings_both_texts_back_and_undoing_that_rejects_both_again(
    services: Services, site: Site, reader: Principal, article: Article, edited: list[Comment]
) -> None:
    made, moderator = await rejected(services, site, reader, edited[1]), moderator_of(site, reader)
    back = await undo(services, moderator, site.slug, made.id)
    assert await states(services, edited) == [State.PUBLISHED, State.HELD]
    assert await shown(services, site, article, edited[0]) == (1, 1)
    await undo(services, moderator, site.slug, back.id)
    assert await states(services, edited) == [State.REJECTED, State.REJECTED]
    assert await shown(services, site, article, edited[0]) == (0, 0)


async def test_the_earlier_text_alone_can_be_brought_back(
    services: Services, site: Site, reader: Principal, article: Article, edited: list[Comment]
) -> None:
    made, moderator = await rejected(services, site, reader, edited[1]), moderator_of(site, reader)
    along = (await about(services, edited))[0][-1]
    await undo(services, moderator, site.slug, along.id)
    assert await states(services, edited) == [State.PUBLISHED, State.REJECTED]
    assert await shown(services, site, article, edited[0]) == (1, 1)
    # What has been decided anew since then stays as it is.
    await undo(services, moderator, site.slug, made.id)
    assert await states(services, edited) == [State.PUBLISHED, State.HELD]


async def test_what_was_decided_anew_since_then_is_not_brought_back(
    services: Services, site: Site, reader: Principal, article: Article, edited: list[Comment]
) -> None:
    made = await rejected(services, site, reader, edited[1])
    await decide_on(services, site, reader, edited[0], State.HELD)
    await undo(services, moderator_of(site, reader), site.slug, made.id)
    assert await states(services, edited) == [State.HELD, State.HELD]
    assert await shown(services, site, article, edited[0]) == (0, 0)


async def test_taking_back_the_rejection_of_a_text_that_another_followed_shows_no_older_one(
    services: Services, site: Site, reader: Principal, article: Article, edited: list[Comment]
) -> None:
    made = await rejected(services, site, reader, edited[1])
    newest = await edit(services, reader, site.slug, edited[0].id, "toxic still")
    await drain(services)
    await rejected(services, site, reader, newest)
    await undo(services, moderator_of(site, reader), site.slug, made.id)
    assert await shown(services, site, article, edited[0]) == (0, 0)


async def test_taking_back_a_hold_of_what_the_machine_rejected_leaves_what_readers_see(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    first = await write(services, site, reader, article, "fine")
    await drain(services)
    admin = replace(reader, grants=(Grant(Role.ADMIN, site.id),))
    strict = {"toxic": Threshold(hold=0.4, reject=0.6)}
    await change_site(services, admin, site.slug, settings=lambda old: replace(old, thresholds=strict))
    second = await edit(services, reader, site.slug, first.id, "toxic")
    await drain(services)
    await decide_on(services, site, reader, second, State.HELD)
    (_, texts) = await about(services, [first, second])
    await undo(services, moderator_of(site, reader), site.slug, texts[-1].id)
    assert await states(services, [first, second]) == [State.PUBLISHED, State.REJECTED]
    assert await shown(services, site, article, first) == (1, 1)


async def test_who_thinks_better_of_a_rejection_stops_no_later_text(
    services: Services, site: Site, reader: Principal, article: Article, edited: list[Comment]
) -> None:
    await rejected(services, site, reader, edited[1])
    await decide_on(services, site, reader, edited[1], State.PUBLISHED)
    newest = await edit(services, reader, site.slug, edited[0].id, "fine in the end")
    await drain(services)
    assert await states(services, [newest]) == [State.PUBLISHED]


async def test_holding_the_newest_text_leaves_the_one_that_readers_see(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    first = await write(services, site, reader, article, "fine")
    second = await edit(services, reader, site.slug, first.id, "fine as well")
    await decide_on(services, site, reader, first, State.PUBLISHED)
    await decide_on(services, site, reader, second, State.HELD)
    assert await shown(services, site, article, first) == (1, 1)


async def test_rejecting_an_earlier_text_leaves_the_later_one_that_readers_see(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    first = await write(services, site, reader, article, "toxic")
    await drain(services)
    second = await edit(services, reader, site.slug, first.id, "mended")
    await drain(services)
    await rejected(services, site, reader, first)
    assert await states(services, [first, second]) == [State.REJECTED, State.PUBLISHED]
    assert await shown(services, site, article, first) == (2, 1)


async def test_many_at_once_take_their_earlier_texts_along_and_are_taken_back_with_them(
    services: Services, site: Site, reader: Principal, article: Article, edited: list[Comment]
) -> None:
    other = await write(services, site, reader, article, "toxic too")
    await drain(services)
    newest, moderator = [edited[1], other], moderator_of(site, reader)
    made = await decide_many(services, moderator, site.slug, REJECT, await all_of(services, newest))
    assert [one.outcome for one in made.results] == [Outcome.DECIDED] * 2
    assert await shown(services, site, article, edited[0]) == (0, 0)
    for number in (1, 0, 1):
        made = await undo_many(services, moderator, site.slug, made.id)
        assert [one.outcome for one in made.results] == [Outcome.DECIDED] * 2
        assert await shown(services, site, article, edited[0]) == (number, number)


async def test_both_texts_in_one_selection_are_decided_once(
    services: Services, site: Site, reader: Principal, article: Article, edited: list[Comment]
) -> None:
    moderator = moderator_of(site, reader)
    made = await decide_many(services, moderator, site.slug, REJECT, await all_of(services, edited))
    assert [one.outcome for one in made.results] == [Outcome.DECIDED] * 2
    assert [told[-1].follows for told in await about(services, edited)] == [None, None]
    assert await shown(services, site, article, edited[0]) == (0, 0)
