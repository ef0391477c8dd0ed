"""The rules of a site, ways to try them, and the brakes on them."""

from uuid import UUID

from litestar import Router, delete, get, post, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_202_ACCEPTED, HTTP_204_NO_CONTENT
from msgspec import Struct

from discuss.classify.offsets import utf16
from discuss.classify.protocol import Span
from discuss.domain.decisions import Reason
from discuss.domain.rules import Found
from discuss.errors import BacktestNotFound, BrakeNotFound, RuleNotFound, RuleStale, SiteNotFound
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import BODY, CHANGE, PERSON, problems
from discuss.http.long_lists import LONGEST_BODY, staff_only
from discuss.http.v1.queue_shapes import SpanShape
from discuss.http.v1.rule_shapes import (
    BacktestShape,
    BrakeShape,
    ChangedRule,
    NewBacktest,
    NewRule,
    RuleShape,
    RuleTrial,
    backtest_shape,
    brake_shape,
    question_of,
    rule_shape,
    spec_of,
)
from discuss.usecases.backtest import Question, cancel_backtest, read_backtest, request_backtest
from discuss.usecases.brake import list_brakes, release_brake
from discuss.usecases.try_rule import Trial, try_rule
from discuss.usecases.write_rule import Wording, add_rule, change_rule, list_rules, read_rule, retire_rule


class TrialShape(Struct):
    """`reason` null: the rule does not apply to this text. `matched`: the entry or the linked site that triggered it.

    `spans` are in UTF-16 code units.
    """

    reason: Reason | None
    matched: str
    spans: list[SpanShape]


def _wording(data: NewRule) -> Wording:
    return Wording(data.name, data.mode, data.action, spec_of(data))


def _trial(text: str, said: Found | None) -> TrialShape:
    if said is None:
        return TrialShape(None, "", [])
    spans = utf16(text, [Span(start, end, 1.0) for start, end in said.spans])
    return TrialShape(said.reason, said.matched, [SpanShape(s.start, s.end, s.weight) for s in spans])


@get(
    "/rules",
    operation_id="ListRules",
    summary="List the rules in use",
    responses=problems(*PERSON, SiteNotFound),
)
async def list_all(services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug) -> list[RuleShape]:
    return [rule_shape(rule) for rule in await list_rules(services, principal, site)]


@post(
    "/rules",
    operation_id="AddRule",
    summary="Add a rule",
    request_max_body_size=LONGEST_BODY,
    guards=[staff_only],
    responses=problems(*CHANGE, *BODY, SiteNotFound),
)
async def add(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, data: JSONBody[NewRule]
) -> RuleShape:
    """The rule applies to comments scored from then on."""
    return rule_shape(await add_rule(services, principal, site, _wording(data)))


@get(
    "/rules/{rule_id:uuid}",
    operation_id="ReadRule",
    summary="Read all versions of a rule, newest first",
    responses=problems(*PERSON, SiteNotFound, RuleNotFound),
)
async def read(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, rule_id: FromPath[UUID]
) -> list[RuleShape]:
    return [rule_shape(rule) for rule in await read_rule(services, principal, site, rule_id)]


@put(
    "/rules/{rule_id:uuid}",
    operation_id="ChangeRule",
    summary="Give a rule a new version",
    request_max_body_size=LONGEST_BODY,
    guards=[staff_only],
    responses=problems(*CHANGE, *BODY, SiteNotFound, RuleNotFound, RuleStale),
)
async def change(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, rule_id: FromPath[UUID],
    data: JSONBody[ChangedRule],
) -> RuleShape:  # fmt: skip
    return rule_shape(await change_rule(services, principal, site, rule_id, _wording(data), data.seen))


@delete(
    "/rules/{rule_id:uuid}",
    operation_id="RetireRule",
    summary="Retire a rule",
    status_code=HTTP_204_NO_CONTENT,
    responses=problems(*CHANGE, SiteNotFound, RuleNotFound),
)
async def retire(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, rule_id: FromPath[UUID]
) -> None:
    """All its versions stay on record."""
    await retire_rule(services, principal, site, rule_id)


@post(
    "/rules/test",
    operation_id="TryRule",
    summary="Try words or links on a text",
    status_code=HTTP_200_OK,
    request_max_body_size=LONGEST_BODY,
    guards=[staff_only],
    responses=problems(*CHANGE, *BODY, SiteNotFound),
)
async def attempt(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, data: JSONBody[RuleTrial]
) -> TrialShape:
    """The text is treated as an author's first comment. Nothing is stored."""
    said = await try_rule(services, principal, site, Trial(spec_of(data), data.action, data.text))
    return _trial(data.text, said)


@post(
    "/backtests",
    operation_id="RequestBacktest",
    summary="Find out what a rule or a threshold would have stopped",
    status_code=HTTP_202_ACCEPTED,
    request_max_body_size=LONGEST_BODY,
    guards=[staff_only],
    responses=problems(*CHANGE, *BODY, SiteNotFound),
)
async def request(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, data: JSONBody[NewBacktest]
) -> BacktestShape:
    """The worker carries it out; poll the back-test for its progress."""
    question = Question(question_of(data), data.action, data.days)
    return backtest_shape(await request_backtest(services, principal, site, question))


@get(
    "/backtests/{backtest_id:uuid}",
    operation_id="ReadBacktest",
    summary="Read the progress and the findings of a back-test",
    responses=problems(*PERSON, SiteNotFound, BacktestNotFound),
)
async def progress(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, backtest_id: FromPath[UUID]
) -> BacktestShape:
    return backtest_shape(*await read_backtest(services, principal, site, backtest_id))


@delete(
    "/backtests/{backtest_id:uuid}",
    operation_id="CancelBacktest",
    summary="Cancel a back-test",
    status_code=HTTP_204_NO_CONTENT,
    responses=problems(*CHANGE, SiteNotFound, BacktestNotFound),
)
async def cancel(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, backtest_id: FromPath[UUID]
) -> None:
    """What it has found so far is kept."""
    await cancel_backtest(services, principal, site, backtest_id)


@get(
    "/brakes",
    operation_id="ListBrakes",
    summary="List the brakes that are on",
    responses=problems(*PERSON, SiteNotFound),
)
async def on(services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug) -> list[BrakeShape]:
    """While a brake is on, its rule or label holds comments that it would otherwise reject."""
    return [brake_shape(brake) for brake in await list_brakes(services, principal, site)]


@post(
    "/brakes/{brake_id:uuid}/release",
    operation_id="ReleaseBrake",
    summary="Release a brake",
    status_code=HTTP_204_NO_CONTENT,
    responses=problems(*CHANGE, SiteNotFound, BrakeNotFound),
)
async def release(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, brake_id: FromPath[UUID]
) -> None:
    await release_brake(services, principal, site, brake_id)


rules = Router(
    path="/sites/{site:str}",
    route_handlers=[list_all, add, read, change, retire, attempt, request, progress, cancel, on, release],
    cache_control=NO_STORE,
    tags=["Rules"],
)
