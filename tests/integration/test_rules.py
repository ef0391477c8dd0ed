"""What a site's rules do to comments: all are asked, everything they say is kept, and only those that are on decide."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.decisions import Reason
from discuss.domain.rules import Action, LinksSpec, Mode, PremoderationSpec, RepeatsSpec, Spec, WordsSpec
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import Forbidden, InvalidInput, RuleNotFound
from discuss.store.tables import accounts
from discuss.usecases.delete import delete
from discuss.usecases.edit import edit
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services
from discuss.usecases.try_rule import Trial, try_rule
from discuss.usecases.write_rule import Wording, add_rule, change_rule, list_rules, read_rule, retire_rule
from tests.judging import decide_on, drain, moderator_of, state_of, write
from tests.ruling import admin_of, reasons_of, ruled, said_of

BANNED = WordsSpec(["казино", "free spins"])


@pytest.mark.parametrize(
    "text",
    [
        "Заходите в казино!",
        "Лучшими казинами",
        "КА3ИН0",
        "к а з и н о",
        "кaзинo",
        "Get FREE  sp1ns now",
        "free\u200b spin",
    ],
)
async def test_banned_words_are_rejected_in_any_form_and_disguise(
    services: Services, site: Site, reader: Principal, article: Article, text: str
) -> None:
    await ruled(services, site, reader, BANNED, Action.REJECT)
    comment = await write(services, site, reader, article, text)
    await drain(services)
    assert await state_of(services, site, comment) is State.REJECTED
    assert await reasons_of(services, comment) == ["banned-words"]


async def test_words_inside_other_words_are_left_alone(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, WordsSpec(["cunt", "рак"]), Action.REJECT)
    comment = await write(services, site, reader, article, "Scunthorpe has a ракета.")
    await drain(services)
    assert await state_of(services, site, comment) is State.PUBLISHED


async def test_a_suspect_word_holds_and_is_marked_where_the_author_wrote_it(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    rule = await ruled(services, site, reader, BANNED)
    comment = await write(services, site, reader, article, "Ну и к-а-зино, да?")
    await drain(services)
    assert await reasons_of(services, comment) == ["suspect-words"]
    (said,) = await said_of(services, comment)
    ((start, end, _),) = said.detail["spans"]
    assert "Ну и к-а-зино, да?"[start:end].replace("-", "") == "казино"
    assert (said.version, said.detail["matched"]) == (f"{rule.id} v1", "казино")


async def test_a_rule_in_the_shadow_is_kept_and_decides_nothing(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, BANNED, Action.REJECT, Mode.SHADOW)
    comment = await write(services, site, reader, article, "Моё казино")
    await drain(services)
    assert await state_of(services, site, comment) is State.PUBLISHED
    (said,) = await said_of(services, comment)
    assert said.detail["shadow"] is True


async def test_all_rules_are_asked_whatever_the_others_say(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, BANNED, Action.REJECT)
    await ruled(services, site, reader, LinksSpec(deny=["casino.example.com"]))
    await ruled(services, site, reader, PremoderationSpec(everything=True))
    comment = await write(services, site, reader, article, "toxic казино https://www.casino.example.com/x")
    await drain(services)
    assert await state_of(services, site, comment) is State.REJECTED
    assert {said.name for said in await said_of(services, comment)} == {
        "banned-words",
        "link",
        "premoderated",
    }


async def test_a_new_version_counts_and_the_old_one_stays_on_record(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    admin = admin_of(site, reader)
    rule = await ruled(services, site, reader, BANNED)
    before = await write(services, site, reader, article, "казино")
    await drain(services)
    changed = Wording("Other words", Mode.ON, Action.HOLD, WordsSpec(["рулетка"]))
    assert (await change_rule(services, admin, site.slug, rule.id, changed)).number == 2
    after = await write(services, site, reader, article, "казино")
    other = await write(services, site, reader, article, "рулетки")
    await drain(services)
    assert [await state_of(services, site, one) for one in (before, after, other)] == [
        State.HELD,
        State.PUBLISHED,
        State.HELD,
    ]
    kept = await read_rule(services, admin, site.slug, rule.id)
    assert [(one.number, one.spec) for one in kept] == [(2, WordsSpec(["рулетка"])), (1, BANNED)]


async def test_a_retired_rule_says_nothing(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    admin = admin_of(site, reader)
    rule = await ruled(services, site, reader, BANNED)
    await retire_rule(services, admin, site.slug, rule.id)
    comment = await write(services, site, reader, article, "казино")
    await drain(services)
    assert await state_of(services, site, comment) is State.PUBLISHED
    assert await list_rules(services, admin, site.slug) == []
    with pytest.raises(RuleNotFound):
        await retire_rule(services, admin, site.slug, rule.id)


async def test_another_sites_rules_say_nothing_here(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    other = await register_site(services, f"other-of-{site.slug}", "Other")
    await ruled(services, other, reader, BANNED, Action.REJECT)
    comment = await write(services, site, reader, article, "казино")
    await drain(services)
    assert await state_of(services, site, comment) is State.PUBLISHED


async def test_first_links_of_an_author_wait_and_allowed_ones_do_not(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, LinksSpec(allow=["example.org"], first_comments=2))
    texts = ["see https://sub.example.org/a", "see www.example.com", "no link", "see www.example.com"]
    states = []
    for text in texts:
        comment = await write(services, site, reader, article, text)
        await drain(services)
        states.append(await state_of(services, site, comment))
    assert states == [State.PUBLISHED, State.HELD, State.PUBLISHED, State.PUBLISHED]


@pytest.mark.parametrize("denied", ["казино.рф", "XN--80AODFSG.xn--p1ai"])
@pytest.mark.parametrize("link", ["https://казино.рф/x", "https://sub.xn--80aodfsg.xn--p1ai"])
async def test_a_denied_site_is_known_in_either_writing_and_behind_any_number_of_links(
    services: Services, site: Site, reader: Principal, article: Article, denied: str, link: str
) -> None:
    await ruled(services, site, reader, LinksSpec(deny=[denied]))
    comment = await write(services, site, reader, article, "https://a.example " * 40 + link)
    await drain(services)
    (said,) = await said_of(services, comment)
    assert said.detail["matched"].endswith("казино.рф")


async def test_all_lists_of_a_site_together_have_a_bound(
    services: Services, site: Site, reader: Principal
) -> None:
    full = [str(number).rjust(100, "x") for number in range(2500)]
    rule = await ruled(services, site, reader, WordsSpec(full))
    await ruled(services, site, reader, WordsSpec(full))
    with pytest.raises(InvalidInput, match="at most 500,000 letters"):
        await ruled(services, site, reader, BANNED)
    shorter = Wording("A rule", Mode.ON, Action.HOLD, WordsSpec(full[1:]))
    await change_rule(services, admin_of(site, reader), site.slug, rule.id, shorter)
    await ruled(services, site, reader, BANNED)


async def test_the_first_comments_of_an_author_wait(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, PremoderationSpec(first_comments=2))
    comments = [await write(services, site, reader, article, f"fine {n}") for n in range(4)]
    await drain(services)
    assert [await state_of(services, site, one) for one in comments] == [State.HELD] * 4
    assert await reasons_of(services, comments[3]) == ["new-author"]
    for comment in comments[:2]:
        await decide_on(services, site, reader, comment, State.PUBLISHED)
    known = await write(services, site, reader, article, "fine again")
    await drain(services)
    assert await state_of(services, site, known) is State.PUBLISHED


@pytest.mark.parametrize(
    ("asked_for", "state"),
    [
        (PremoderationSpec(first_comments=101), State.PUBLISHED),
        (PremoderationSpec(first_comments=102), State.HELD),
        (LinksSpec(first_comments=101), State.PUBLISHED),
        (LinksSpec(first_comments=102), State.HELD),
    ],
)
async def test_authors_are_known_after_as_many_comments_as_a_rule_asks_for(
    services: Services, site: Site, reader: Principal, article: Article, asked_for: Spec, state: State
) -> None:
    for n in range(101):
        await write(services, site, reader, article, f"fine {n}")
    await drain(services)
    await ruled(services, site, reader, LinksSpec(deny=["spam.example"], first_comments=1))
    await ruled(services, site, reader, asked_for)
    comment = await write(services, site, reader, article, "see www.example.com")
    await drain(services)
    assert await state_of(services, site, comment) is state


async def test_comments_that_nobody_saw_make_no_author_known(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    for n in range(3):
        unseen = await write(services, site, reader, article, f"toxic {n}")
        await delete(services, reader, site.slug, unseen.id)
    await drain(services)
    await ruled(services, site, reader, LinksSpec(first_comments=2))
    comment = await write(services, site, reader, article, "see www.example.com")
    await drain(services)
    assert await reasons_of(services, comment) == ["link"]


async def test_young_accounts_wait(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, PremoderationSpec(younger_than_hours=24))
    young = await write(services, site, reader, article, "fine")
    await drain(services)
    since = services.clock() - timedelta(hours=25)
    async with services.database.transaction() as tx:
        await tx.execute(update(accounts).where(accounts.c.id == reader.account_id).values(created_at=since))
    grown = await write(services, site, reader, article, "fine")
    await drain(services)
    assert [await state_of(services, site, one) for one in (young, grown)] == [State.HELD, State.PUBLISHED]


async def test_an_account_is_as_old_as_it_was_when_it_wrote_however_late_the_text_is_scored(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, PremoderationSpec(younger_than_hours=1))
    comment = await write(services, site, reader, article, "fine")
    later = services.clock() + timedelta(hours=2)
    await drain(replace(services, clock=lambda: later))
    assert await reasons_of(services, comment) == ["new-author"]


async def test_no_account_is_too_young_for_a_rule_that_names_no_age_even_if_clocks_differ(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, PremoderationSpec(articles=[site.id]))
    behind = replace(services, clock=lambda: services.clock() - timedelta(minutes=1))
    comment = await write(behind, site, reader, article, "fine")
    await drain(services)
    assert await state_of(services, site, comment) is State.PUBLISHED


async def test_an_article_or_a_language_can_wait(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, PremoderationSpec(articles=[article.id]))
    comment = await write(services, site, reader, article, "fine")
    await drain(services)
    assert await reasons_of(services, comment) == ["premoderated"]


@pytest.mark.parametrize("taken_back", [0, 3])
async def test_authors_who_are_rejected_often_wait(
    services: Services, site: Site, reader: Principal, article: Article, taken_back: int
) -> None:
    rejected = [await write(services, site, reader, article, f"fine {n}") for n in range(5)]
    await drain(services)
    for comment in rejected[:3]:
        await decide_on(services, site, reader, comment, State.REJECTED)
    await ruled(services, site, reader, PremoderationSpec(rejected_share=0.5))
    # Nobody can hide a rejection by deleting the comment.
    for comment in rejected[:taken_back]:
        await delete(services, reader, site.slug, comment.id)
    comment = await write(services, site, reader, article, "fine again")
    await drain(services)
    assert await reasons_of(services, comment) == ["often-rejected"]


async def test_an_edit_does_not_slip_by_a_rule(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, BANNED, Action.REJECT)
    comment = await write(services, site, reader, article, "fine")
    await drain(services)
    await edit(services, reader, site.slug, comment.id, "fine казино")
    await drain(services)
    assert await state_of(services, site, comment) is State.REJECTED


async def test_only_admins_write_rules_and_moderators_read_and_try_them(
    services: Services, site: Site, reader: Principal
) -> None:
    moderator = moderator_of(site, reader)
    with pytest.raises(Forbidden):
        await add_rule(services, moderator, site.slug, Wording("No", Mode.ON, Action.HOLD, BANNED))
    assert await list_rules(services, moderator, site.slug) == []
    said = await try_rule(services, moderator, site.slug, Trial(BANNED, Action.REJECT, "В казино"))
    assert said is not None
    assert (said.reason, said.matched, list(said.spans)) == (Reason.BANNED_WORDS, "казино", [(2, 8)])
    assert await try_rule(services, moderator, site.slug, Trial(BANNED, Action.REJECT, "В кино")) is None


@pytest.mark.parametrize(
    ("spec", "action"),
    [
        (WordsSpec(["!!!"]), Action.HOLD),
        (WordsSpec(["а*"]), Action.HOLD),
        (WordsSpec(["a*b"]), Action.HOLD),
        (LinksSpec(), Action.HOLD),
        (LinksSpec(allow=["example.org"]), Action.HOLD),
        (RepeatsSpec(by_author=1), Action.HOLD),
        (PremoderationSpec(), Action.HOLD),
        (PremoderationSpec(languages=["Russian"]), Action.HOLD),
        (PremoderationSpec(everything=True), Action.REJECT),
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused(
    services: Services, site: Site, reader: Principal, spec: Spec, action: Action
) -> None:
    with pytest.raises(InvalidInput):
        await ruled(services, site, reader, spec, action)
