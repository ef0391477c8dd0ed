"""Rules of a site, and what they said about a comment."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from discuss.domain.accounts import Grant, Principal, Role
from discuss.domain.comments import Comment
from discuss.domain.rules import Action, Mode, Rule, Spec
from discuss.domain.sites import Site
from discuss.store.tables import decisions, revisions, signals
from discuss.usecases.services import Services
from discuss.usecases.write_rule import Wording, add_rule


def admin_of(site: Site, reader: Principal) -> Principal:
    return replace(reader, grants=(Grant(Role.ADMIN, site.id),))


async def ruled(
    services: Services,
    site: Site,
    reader: Principal,
    spec: Spec,
    action: Action = Action.HOLD,
    mode: Mode = Mode.ON,
) -> Rule:
    return await add_rule(services, admin_of(site, reader), site.slug, Wording("A rule", mode, action, spec))


async def reasons_of(services: Services, comment: Comment) -> Sequence[str]:
    assert comment.revision is not None
    query = select(decisions.c.reasons).where(
        decisions.c.id == revisions.c.decision_id, revisions.c.id == comment.revision.id
    )
    async with services.database.reading() as tx:
        found: Sequence[str] = (await tx.execute(query)).scalar_one()
    return found


async def said_of(services: Services, comment: Comment) -> Sequence[Any]:
    assert comment.revision is not None
    query = select(signals).where(signals.c.revision_id == comment.revision.id, signals.c.source == "rule")
    async with services.database.reading() as tx:
        return (await tx.execute(query)).all()
