"""The list of a site's rules, and the brakes that are on."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from discuss.domain.rules import Kind
from discuss.http.console.desk import DeskGiven
from discuss.http.pages.page import redirect
from discuss.usecases.brake import list_brakes, release_brake
from discuss.usecases.write_rule import list_rules

TOLD = frozenset({"saved", "retired", "released"})


@get("/{site:str}/rules")
async def rules(desk: DeskGiven, told: FromQuery[str] = "") -> Response[Any]:
    found = await list_rules(desk.services, desk.principal, desk.site.slug)
    brakes = await list_brakes(desk.services, desk.principal, desk.site.slug)
    names = {str(rule.id): rule.name for rule in found}
    return desk.show(
        "console/rules.html", place="rules", rules=found, brakes=brakes, names=names, kinds=list(Kind),
        told=told if told in TOLD else "",
    )  # fmt: skip


@post("/{site:str}/brakes/{brake_id:uuid}/release")
async def released(desk: DeskGiven, brake_id: FromPath[UUID]) -> Response[Any]:
    await release_brake(desk.services, desk.principal, desk.site.slug, brake_id)
    return redirect(f"{desk.path}/rules?told=released")
