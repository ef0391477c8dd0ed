"""A moderator who looks at a text that its author has replaced by now decides nothing: readers would go on seeing the new one."""

from uuid import UUID

import pytest

from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.batches import AllAlike, Outcome, Selection, Target
from discuss.domain.comments import Comment
from discuss.domain.decisions import Reason, Source
from discuss.domain.rulings import Ruling
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import DecisionStale
from discuss.store import comments, decisions
from discuss.usecases.decide import decide
from discuss.usecases.decide_many import decide_many
from discuss.usecases.delete import delete
from discuss.usecases.edit import edit
from discuss.usecases.services import Services
from discuss.usecases.undo_many import undo_many
from tests.judging import decide_on, drain, moderator_of, write

REJECT = Ruling(State.REJECTED, Reason.INSULT)


@pytest.fixture
async def opened(services: Services, site: Site, reader: Principal, article: Article) -> Comment:
    """A published comment, as a moderator opened it."""
    comment = await write(services, site, reader, article, "fine")
    await drain(services)
    return comment


async def decided(services: Services, text: Comment) -> list[tuple[UUID, State]]:
    """Every decision about the text."""
    assert text.revision is not None
    async with services.database.reading() as tx:
        return [(made.id, made.state) for made in await decisions.of_revision(tx, text.revision.id)]


async def looked_at(services: Services, text: Comment) -> Target:
    assert text.revision is not None
    return Target(text.revision.id, (await decided(services, text))[-1][0])


async def shown(services: Services, text: Comment) -> int:
    """The number of the text that readers see; 0: none."""
    async with services.database.reading() as tx:
        showing = (await comments.showings(tx, [text.id]))[text.id]
    return showing.number if showing.visible else 0


@pytest.mark.parametrize("ruling", [REJECT, Ruling(State.HELD), Ruling(State.PUBLISHED)])
async def test_who_decides_on_a_text_that_readers_no_longer_see_is_told_what_they_see(
    services: Services, site: Site, reader: Principal, opened: Comment, ruling: Ruling
) -> None:
    seen = await looked_at(services, opened)
    edited = await edit(services, reader, site.slug, opened.id, "fine, but otherwise")
    await drain(services)
    moderator = moderator_of(site, reader)
    with pytest.raises(DecisionStale) as error:
        await decide(services, moderator, site.slug, seen.revision_id, ruling, seen=seen.seen)
    now = await looked_at(services, edited)
    assert error.value.detail == "The author has changed this comment since; readers see the new text."
    told = error.value.extra
    assert (told["revision_id"], told["decision_id"]) == (now.revision_id, now.seen)
    assert (told["current"], told["decided_by"], told["moderator"]) == (State.PUBLISHED, Source.POLICY, None)
    assert len(await decided(services, opened)) == 1
    assert await shown(services, opened) == 2


async def test_an_edit_that_readers_do_not_see_makes_nothing_stale(
    services: Services, site: Site, reader: Principal, opened: Comment
) -> None:
    seen = await looked_at(services, opened)
    await edit(services, reader, site.slug, opened.id, "toxic")
    await drain(services)
    await decide(services, moderator_of(site, reader), site.slug, seen.revision_id, REJECT, seen=seen.seen)
    assert await shown(services, opened) == 0


async def test_of_a_deleted_comment_readers_see_no_later_text(
    services: Services, site: Site, reader: Principal, opened: Comment
) -> None:
    seen = await looked_at(services, opened)
    await edit(services, reader, site.slug, opened.id, "fine, but otherwise")
    await drain(services)
    await delete(services, reader, site.slug, opened.id)
    await decide(services, moderator_of(site, reader), site.slug, seen.revision_id, REJECT, seen=seen.seen)
    assert [state for _, state in await decided(services, opened)] == [State.PUBLISHED, State.REJECTED]


async def test_of_many_those_that_their_authors_changed_are_left_alone(
    services: Services, site: Site, reader: Principal, article: Article, opened: Comment
) -> None:
    other = await write(services, site, reader, article, "fine as well")
    await drain(services)
    selected = [await looked_at(services, text) for text in (opened, other)]
    await edit(services, reader, site.slug, opened.id, "fine, but otherwise")
    await drain(services)
    batch = await decide_many(services, moderator_of(site, reader), site.slug, REJECT, Selection(selected))
    assert [one.outcome for one in batch.results] == [Outcome.STALE, Outcome.DECIDED]
    assert batch.results[0].decision_id == selected[0].seen
    assert [await shown(services, text) for text in (opened, other)] == [2, 0]


ADVERT, AGREED = "fine watches at a fine price, buy them today", "fine, I agree with everything you say"


async def test_near_duplicates_of_a_text_that_nobody_looked_at_are_left_alone(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    advert, copy, *innocent = [
        await write(services, site, reader, article, text) for text in (ADVERT, ADVERT, AGREED, AGREED)
    ]
    await drain(services)
    flood = AllAlike(await looked_at(services, advert))
    await edit(services, reader, site.slug, advert.id, AGREED)
    await drain(services)
    with pytest.raises(DecisionStale) as error:
        await decide_many(services, moderator_of(site, reader), site.slug, REJECT, flood)
    assert error.value.detail == "The author has changed this comment since; readers see the new text."
    assert [await shown(services, text) for text in (advert, copy, *innocent)] == [2, 1, 1, 1]


async def test_if_an_edit_is_held_the_near_duplicates_are_those_of_the_text_that_was_looked_at(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    advert, copy, held = [
        await write(services, site, reader, article, text) for text in (ADVERT, ADVERT, f"toxic {AGREED}")
    ]
    await drain(services)
    flood = AllAlike(await looked_at(services, advert))
    await edit(services, reader, site.slug, advert.id, f"toxic {AGREED}")
    await drain(services)
    batch = await decide_many(services, moderator_of(site, reader), site.slug, REJECT, flood)
    assert [one.outcome for one in batch.results] == [Outcome.DECIDED] * 2
    assert [await shown(services, text) for text in (advert, copy)] == [0, 0]
    assert (await decided(services, held))[-1][1] is State.HELD


async def test_who_decides_on_all_that_is_alike_after_a_colleague_decides_nothing(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    advert, copy = [await write(services, site, reader, article, ADVERT) for _ in range(2)]
    await drain(services)
    flood = AllAlike(await looked_at(services, advert))
    await decide_on(services, site, reader, advert, State.PUBLISHED)
    with pytest.raises(DecisionStale):
        await decide_many(services, moderator_of(site, reader), site.slug, REJECT, flood)
    assert [await shown(services, text) for text in (advert, copy)] == [1, 1]


async def test_what_was_decided_at_once_is_taken_back_whatever_was_published_since(
    services: Services, site: Site, reader: Principal, opened: Comment
) -> None:
    moderator = moderator_of(site, reader)
    selection = Selection([await looked_at(services, opened)])
    batch = await decide_many(services, moderator, site.slug, REJECT, selection)
    edited = await edit(services, reader, site.slug, opened.id, "fine, but otherwise")
    await decide_on(services, site, reader, edited, State.PUBLISHED)
    back = await undo_many(services, moderator, site.slug, batch.id)
    assert [one.outcome for one in back.results] == [Outcome.DECIDED]
    assert (await decided(services, opened))[-1][1] is State.PUBLISHED
    assert await shown(services, opened) == 2
