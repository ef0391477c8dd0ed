"""Asks the rules of each text's site. Every rule is asked, whatever the others say, and all they say is kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from discuss.classify.matching import Legible, links
from discuss.domain.detecting import Facts, Match, found
from discuss.domain.likeness import Twin
from discuss.domain.rules import Found, LinksSpec, PremoderationSpec, RepeatsSpec, Rule, most_counted
from discuss.store import likenesses, rule_facts
from discuss.store.database import Tx
from discuss.store.revisions import Draft
from discuss.store.rule_facts import Known
from discuss.usecases.find_alike import alike_in_batch, find_alike
from discuss.usecases.hear import Hearing
from discuss.usecases.rulebook import Rulebook, Rules

Matches = Mapping[tuple[UUID, UUID], Sequence[Match] | None]
"""By revision and rule; None if the rule could not be evaluated."""


def match_words(
    book: Rulebook, rules: Rules, drafts: Sequence[Draft], heard: Mapping[UUID, Hearing]
) -> Matches:
    """What word lists find. Slow: call it in a thread, before taking any lock that people wait for."""
    lists = {site: listed for site, said in rules.items() if (listed := book.listed(said))}
    asked = [draft for draft in drafts if draft.site_id in lists]
    told: dict[tuple[UUID, UUID], Sequence[Match] | None] = {}
    for draft, text in zip(asked, Legible.of([draft.source for draft in asked]), strict=True):
        read = heard[draft.id].normalised if draft.id in heard else ""
        said = lists[draft.site_id].matches(text, read)
        told |= {(draft.id, rule_id): matches for rule_id, matches in said.items()}
    return told


async def apply_rules(
    tx: Tx,
    rules: Rules,
    drafts: Sequence[Draft],
    heard: Mapping[UUID, Hearing],
    matches: Matches,
) -> Mapping[UUID, Sequence[Found]]:
    """By revision, what the rules of its site say. Runs few statements, each for the whole batch, and none if there are no rules."""
    asked = [draft for draft in drafts if rules.get(draft.site_id)]
    known = await _known(tx, rules, asked)
    twins = await _twins(tx, rules, asked, heard)
    facts = {
        draft.id: facts_of(draft, known.get(draft.id), heard.get(draft.id), twins.get(draft.id, ()))
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


async def take_turns(tx: Tx, rules: Rules) -> None:
    """If there are rules about repeats, batches are decided one after the other: each must see what the one before it kept.

    Call it before taking any lock that people wait for.
    """
    await likenesses.take_turns(tx, [site for site, said in rules.items() if longest_memory(said)])


async def _known(tx: Tx, rules: Rules, asked: Sequence[Draft]) -> Mapping[UUID, Known]:
    specs = [rule.spec for site_id in {draft.site_id for draft in asked} for rule in rules[site_id]]
    needed = any(isinstance(spec, LinksSpec | PremoderationSpec) for spec in specs)
    return await rule_facts.of(tx, [draft.id for draft in asked] if needed else [], most_counted(specs))


async def _twins(
    tx: Tx, rules: Rules, drafts: Sequence[Draft], heard: Mapping[UUID, Hearing]
) -> Mapping[UUID, Sequence[Twin]]:
    minutes = {site: longest_memory(said) for site, said in rules.items()}
    asked = [draft for draft in drafts if draft.id in heard and minutes[draft.site_id]]
    if not asked:
        return {}
    likeness_of = {draft.id: heard[draft.id].likeness for draft in asked}
    since = min(draft.written_at for draft in asked) - timedelta(minutes=max(minutes.values()))
    before = await find_alike(tx, [*likeness_of.values()], since)
    beside = alike_in_batch(asked, likeness_of)
    return {draft.id: [*beside[draft.id], *before[draft.id]] for draft in asked}


def longest_memory(rules: Collection[Rule]) -> int:
    """How many minutes the rules about repeats look back; 0: there are none."""
    return max((rule.spec.minutes for rule in rules if isinstance(rule.spec, RepeatsSpec)), default=0)


def facts_of(draft: Draft, known: Known | None, hearing: Hearing | None, twins: Sequence[Twin]) -> Facts:
    """Without `known`, the author's facts are placeholders: no rule looks at them. Without a `hearing`, the language is unknown."""
    return Facts(
        language=hearing.language if hearing else None,
        article_id=draft.article_id,
        author_id=draft.author_id,
        written_at=draft.written_at,
        registered_at=known.registered_at if known else draft.written_at,
        before=known.before if known else 0,
        recent=known.recent if known else (),
        hosts=links(draft.source),
        twins=twins if hearing else None,
    )
