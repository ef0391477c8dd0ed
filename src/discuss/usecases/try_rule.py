"""The test field of the rule editor: what a rule would say about a text. Nothing is stored."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from discuss.classify.matching import Legible, links
from discuss.classify.wordlists import WordList
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.detecting import Facts, Match, found
from discuss.domain.rule_sense import require_spec
from discuss.domain.rules import Action, Found, LinksSpec, Mode, Rule, Spec, WordsSpec, kind_of
from discuss.errors import InvalidInput
from discuss.store import sites
from discuss.usecases.services import Services

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Trial:
    spec: Spec
    action: Action
    text: str


async def try_rule(services: Services, principal: Principal, slug: str, trial: Trial) -> Found | None:
    """As if the text were an author's first comment. None: the rule says nothing about it.

    Raises `InvalidInput` for rules that do not look at text or that could not be saved, `SiteNotFound`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
    if not isinstance(trial.spec, WordsSpec | LinksSpec):
        raise InvalidInput(
            "Only rules about words or links can be tried on a text. Use a back-test for the others."
        )
    require_spec(trial.spec)
    now = services.clock()
    rule = Rule(NOBODY, site.id, "", kind_of(trial.spec), 0, Mode.ON, trial.action, trial.spec, now, NOBODY)
    facts = Facts(
        language="und", article_id=NOBODY, author_id=NOBODY, written_at=now, registered_at=now, before=0,
        hosts=links(trial.text),
    )  # fmt: skip
    return found(rule, facts, await asyncio.to_thread(_matches, trial))


def _matches(trial: Trial) -> list[Match]:
    if not isinstance(trial.spec, WordsSpec):
        return []
    return Legible.of([trial.text])[0].matches(WordList(trial.spec.entries))
