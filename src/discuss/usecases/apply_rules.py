"""Asks the rules of each text's site. All of them are asked, whatever the others say, and all that they say is kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from discuss.classify.matching import Legible, links
from discuss.classify.tokens import Words, readings
from discuss.classify.wordlists import WordList
from discuss.domain.detecting import Facts, Match, found
from discuss.domain.likeness import Likeness, Twin
from discuss.domain.rules import Found, LinksSpec, PremoderationSpec, RepeatsSpec, Rule
from discuss.errors import InvalidInput
from discuss.store import rule_facts
from discuss.store.database import Tx
from discuss.store.revisions import Draft
from discuss.store.rule_facts import Known
from discuss.usecases.find_alike import find_alike
from discuss.usecases.hear import Hearing
from discuss.usecases.rulebook import Rulebook, Rules

Matches = Mapping[tuple[UUID, UUID], Sequence[Match] | None]
"""By revision and rule; None where the rule could not be asked."""

log = structlog.get_logger()


def match_words(
    book: Rulebook, rules: Rules, drafts: Sequence[Draft], heard: Mapping[UUID, Hearing]
) -> Matches:
    """What lists of words find. Takes its time: call it in a thread, before anything is locked that people wait for."""
    lists = {site: _compiled(book, said) for site, said in rules.items()}
    listed = [draft for draft in drafts if lists.get(draft.site_id)]
    told: dict[tuple[UUID, UUID], Sequence[Match] | None] = {}
    for draft, text in zip(listed, Legible.of([draft.source for draft in listed]), strict=True):
        read = readings(heard[draft.id].normalised) if draft.id in heard else ()
        for rule_id, words in lists[draft.site_id].items():
            told[draft.id, rule_id] = None if words is None else text.matches(words) or _as_read(words, read)
    return told


def _compiled(book: Rulebook, rules: Sequence[Rule]) -> Mapping[UUID, WordList | None]:
    """The lists of words among the rules. None: a list that was fine when it was written, and cannot be read by this version."""
    found: dict[UUID, WordList | None] = {}
    for rule in rules:
        try:
            words = book.list_of(rule)
        except InvalidInput:
            log.exception("rule.failed", rule=str(rule.id), version=rule.number)
            found[rule.id] = None
        else:
            found |= {rule.id: words} if words else {}
    return found


def _as_read(words: WordList, read: Sequence[Words]) -> Sequence[Match]:
    """The classifier reads what the eye of a list does not: starred letters, Russian in Latin ones. Nothing is marked then."""
    return [Match(words.entries[hit.entry], 0, 0) for hit in words.find_in(read)]


async def apply_rules(
    tx: Tx,
    rules: Rules,
    drafts: Sequence[Draft],
    heard: Mapping[UUID, Hearing],
    matches: Matches,
    now: datetime,
) -> Mapping[UUID, Sequence[Found]]:
    """By revision, what the rules of its site say. Few statements, each for the whole batch, and none without rules."""
    asked = [draft for draft in drafts if rules.get(draft.site_id)]
    kinds = {type(rule.spec) for draft in asked for rule in rules[draft.site_id]}
    known = await rule_facts.of(tx, [d.id for d in asked] if kinds & {LinksSpec, PremoderationSpec} else [])
    twins = await _twins(tx, rules, asked, heard, now)
    facts = {
        draft.id: facts_of(draft, known.get(draft.id), heard.get(draft.id), twins.get(draft.id, ()), now)
        for draft in asked
    }
    return {
        draft.id: [
            said
            for rule in rules[draft.site_id]
            if (said := found(rule, facts[draft.id], matches.get((draft.id, rule.id), ())))
        ]
        for draft in asked
    }


async def _twins(
    tx: Tx, rules: Rules, drafts: Sequence[Draft], heard: Mapping[UUID, Hearing], now: datetime
) -> Mapping[UUID, Sequence[Twin]]:
    minutes = {site: longest_memory(said) for site, said in rules.items()}
    asked: list[Likeness] = [heard[d.id].likeness for d in drafts if d.id in heard and minutes[d.site_id]]
    longest = timedelta(minutes=max(minutes.values(), default=0))
    return await find_alike(tx, asked, now - longest) if asked else {}


def longest_memory(rules: Collection[Rule]) -> int:
    """Minutes that the rules about repeats look back; 0: there are none."""
    return max((rule.spec.minutes for rule in rules if isinstance(rule.spec, RepeatsSpec)), default=0)


def facts_of(
    draft: Draft, known: Known | None, hearing: Hearing | None, twins: Sequence[Twin], now: datetime
) -> Facts:
    """Where nothing of the author was asked for, no rule looks at it."""
    return Facts(
        language=hearing.language if hearing else "und",
        article_id=draft.article_id,
        author_id=draft.author_id,
        written_at=now,
        registered_at=known.registered_at if known else now,
        before=known.before if known else 0,
        recent=known.recent if known else (),
        hosts=links(draft.source),
        twins=[(twin.author_id, twin.created_at) for twin in twins],
    )
