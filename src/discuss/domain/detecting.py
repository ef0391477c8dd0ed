"""What each kind of rule says about a text, given what is known of the text and its author. Pure; the caller looks words up."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from discuss.domain.decisions import Reason
from discuss.domain.hosts import with_parents
from discuss.domain.likeness import Twin
from discuss.domain.rules import Action, Found, LinksSpec, PremoderationSpec, RepeatsSpec, Rule, WordsSpec
from discuss.domain.states import State

ENOUGH = 5
"""Decided comments an author must have before the share of rejections among them counts."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry of a word list, and where in the source it was found, in code points. `end` is 0 if it is there only in disguise."""

    entry: str
    start: int
    end: int


@dataclass(frozen=True)
class Facts:
    """What rules look at. `before` counts the author's earlier comments that readers saw; `recent` holds the states of the latest decided ones.

    `hosts`: where links lead, with their places in the source. `twins`: near-duplicates that came earlier; several can be
    texts of one comment. `language` and `twins` are None, which means unknown, if the classifier failed.
    """

    language: str | None
    article_id: UUID
    author_id: UUID
    written_at: datetime
    registered_at: datetime
    before: int
    recent: Sequence[State] = ()
    hosts: Sequence[Match] = ()
    twins: Sequence[Twin] | None = ()

    @cached_property
    def links(self) -> Sequence[tuple[Match, AbstractSet[str]]]:
        """Each host with every domain it is under. Computed once, because a site may have many link rules with long lists."""
        return [(link, with_parents(link.entry)) for link in self.hosts]

    @cached_property
    def domains(self) -> frozenset[str]:
        return frozenset[str]().union(*(above for _, above in self.links))


def found(rule: Rule, facts: Facts, matches: Sequence[Match] | None = ()) -> Found | None:
    """What the rule says about the text, or None. `matches` are those of a word list, None if it could not be evaluated.

    A rule that cannot be evaluated says so, and a person looks at the text.
    """
    if matches is None:
        return Found(rule, Reason.NOT_SCORED)
    match rule.spec:
        case WordsSpec():
            return _words(rule, matches)
        case LinksSpec() as spec:
            return _links(rule, spec, facts)
        case PremoderationSpec() as spec:
            return _found(rule, _premoderated(spec, facts))
        case RepeatsSpec() as spec:
            return _found(rule, _repeated(spec, facts))


def _found(rule: Rule, reason: Reason | None) -> Found | None:
    return Found(rule, reason) if reason else None


def _words(rule: Rule, matches: Sequence[Match]) -> Found | None:
    if not matches:
        return None
    reason = Reason.BANNED_WORDS if rule.action is Action.REJECT else Reason.SUSPECT_WORDS
    return Found(rule, reason, matches[0].entry, [(one.start, one.end) for one in matches if one.end])


def _links(rule: Rule, spec: LinksSpec, facts: Facts) -> Found | None:
    allowed, denied = facts.domains.intersection(spec.allow), facts.domains.intersection(spec.deny)
    if not denied and facts.before >= spec.first_comments:
        return None
    strangers = [(link, above) for link, above in facts.links if above.isdisjoint(allowed)]
    bad = [link for link, above in strangers if not above.isdisjoint(denied)]
    new = [link for link, _ in strangers] if facts.before < spec.first_comments else []
    against = bad or new
    if not against:
        return None
    return Found(rule, Reason.LINK, against[0].entry, [(one.start, one.end) for one in against])


def _premoderated(spec: PremoderationSpec, facts: Facts) -> Reason | None:
    """The reason that says the most about the author comes first; an unknown language comes last."""
    if spec.rejected_share is not None and _share(facts.recent) >= spec.rejected_share:
        return Reason.OFTEN_REJECTED
    age = max(facts.written_at - facts.registered_at, timedelta())  # Two hosts may have noted these times.
    if facts.before < spec.first_comments or age < timedelta(hours=spec.younger_than_hours):
        return Reason.NEW_AUTHOR
    listed = facts.article_id in spec.articles or facts.language in spec.languages
    if spec.everything or listed:
        return Reason.PREMODERATED
    return Reason.NOT_SCORED if spec.languages and facts.language is None else None


def _share(recent: Sequence[State]) -> float:
    """The share of rejections; negative, and so below any limit, while there are too few comments to tell."""
    return sum(state is State.REJECTED for state in recent) / len(recent) if len(recent) >= ENOUGH else -1.0


def _repeated(spec: RepeatsSpec, facts: Facts) -> Reason | None:
    """Counts comments, each with its author: correcting a comment does not repeat it.

    A text that was put off may be older than those that came before it.
    """
    if facts.twins is None:
        return Reason.NOT_SCORED
    apart = timedelta(minutes=spec.minutes)
    near = {
        twin.comment_id: twin.author_id
        for twin in facts.twins
        if abs(facts.written_at - twin.created_at) <= apart
    }
    own = sum(author == facts.author_id for author in near.values())
    return Reason.REPEATED if own + 1 >= spec.by_author or len(near) + 1 >= spec.by_anybody else None
