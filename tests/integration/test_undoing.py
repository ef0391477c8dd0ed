"""Undoing: a further decision that repeats what stood before, made by a person, so that no machine overturns it."""

import pytest

from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.comments import Comment
from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.rulings import Ruling
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import DecisionNotFound, DecisionPointless, DecisionStale, Forbidden, UndoImpossible
from discuss.store import articles
from discuss.usecases.decide import decide
from discuss.usecases.edit import edit
from discuss.usecases.read_comments import read_decisions
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services
from discuss.usecases.undo import undo
from tests.judging import drain, moderator_of, state_of, write

REJECT = Ruling(State.REJECTED, Reason.INSULT, note="again", words="Please stay polite.")
PUBLISH = Ruling(State.PUBLISHED)


async def decided(
    services: Services, site: Site, reader: Principal, comment: Comment, ruling: Ruling
) -> Decision:
    assert comment.revision is not None
    return await decide(services, moderator_of(site, reader), site.slug, comment.revision.id, ruling)


async def counted(services: Services, site: Site, article: Article) -> int:
    async with services.database.reading() as tx:
        return (await articles.by_id(tx, site.id, article.id)).comment_count


async def test_an_undone_rejection_shows_the_comment_again(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "fine")
    await drain(services)
    made = await decided(services, site, reader, comment, REJECT)
    assert await counted(services, site, article) == 0
    back = await undo(services, moderator_of(site, reader), site.slug, made.id)
    assert (back.state, back.source, back.undoes) == (State.PUBLISHED, Source.PERSON, made.id)
    assert (back.reasons, back.words) == ([Reason.CLEAR], None)
    assert await counted(services, site, article) == 1


async def test_an_undone_decision_about_a_held_comment_holds_it_again_with_its_reasons(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    for ruling in (PUBLISH, REJECT):
        made = await decided(services, site, reader, comment, ruling)
        back = await undo(services, moderator_of(site, reader), site.slug, made.id)
        assert (back.state, list(back.reasons)) == (State.HELD, [Reason.TOXIC])
    assert await counted(services, site, article) == 0


async def test_undoing_an_undo_brings_reason_and_words_back(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "fine")
    await drain(services)
    made = await decided(services, site, reader, comment, REJECT)
    moderator = moderator_of(site, reader)
    back = await undo(services, moderator, site.slug, made.id)
    again = await undo(services, moderator, site.slug, back.id)
    assert (again.state, list(again.reasons), again.words) == (
        State.REJECTED,
        [Reason.INSULT],
        "Please stay polite.",
    )


async def test_an_undone_confirmation_leaves_readers_with_what_they_saw(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "fine")
    await drain(services)
    made = await decided(services, site, reader, comment, PUBLISH)
    back = await undo(services, moderator_of(site, reader), site.slug, made.id)
    assert (back.state, back.undoes) == (State.PUBLISHED, made.id)
    assert await counted(services, site, article) == 1


async def test_what_was_not_scored_yet_is_held_afterwards_and_the_machine_leaves_it(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "fine")
    made = await decided(services, site, reader, comment, REJECT)
    back = await undo(services, moderator_of(site, reader), site.slug, made.id)
    assert back.state is State.HELD
    await drain(services)
    assert await state_of(services, site, comment) is State.HELD


async def test_holding_what_was_not_scored_yet_cannot_be_undone(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "fine")
    made = await decided(services, site, reader, comment, Ruling(State.HELD))
    with pytest.raises(DecisionPointless):
        await undo(services, moderator_of(site, reader), site.slug, made.id)


async def test_what_the_machine_decided_is_not_undone(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    assert comment.revision is not None
    moderator = moderator_of(site, reader)
    (first,) = await read_decisions(services, moderator, site.slug, comment.revision.id)
    with pytest.raises(UndoImpossible):
        await undo(services, moderator, site.slug, first.id)


async def test_a_decision_that_no_longer_stands_is_not_undone_and_who_came_first_is_told(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    made = await decided(services, site, reader, comment, PUBLISH)
    newer = await decided(services, site, reader, comment, REJECT)
    with pytest.raises(DecisionStale) as refused:
        await undo(services, moderator_of(site, reader), site.slug, made.id)
    assert refused.value.extra == {
        "current": State.REJECTED, "decision_id": newer.id, "decided_by": Source.PERSON, "moderator": reader.name,
        "decided_at": newer.created_at,
    }  # fmt: skip


async def test_a_reader_undoes_nothing_and_neither_does_a_moderator_of_another_site(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "fine")
    await drain(services)
    made = await decided(services, site, reader, comment, REJECT)
    with pytest.raises(Forbidden):
        await undo(services, reader, site.slug, made.id)
    other = await register_site(services, f"{site.slug}-other", "Other")
    with pytest.raises(DecisionNotFound):
        await undo(services, moderator_of(other, reader), other.slug, made.id)


async def test_an_edit_after_an_undone_decision_on_a_held_text_waits_for_a_person(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    made = await decided(services, site, reader, comment, PUBLISH)
    await undo(services, moderator_of(site, reader), site.slug, made.id)
    await edit(services, reader, site.slug, comment.id, "perfectly harmless now")
    await drain(services)
    assert await state_of(services, site, comment) is State.HELD
