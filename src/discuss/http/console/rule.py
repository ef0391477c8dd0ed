"""The editor of one rule: tried on a text, back-tested on what is published, saved as a new version."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from msgspec import structs

from discuss.domain.rule_sense import NUMBERS
from discuss.domain.rules import Action, Kind, Mode, Rule
from discuss.errors import ArticleNotFound, InvalidInput, RuleStale
from discuss.http.console.desk import Desk, DeskGiven
from discuss.http.console.marking import Part, cut
from discuss.http.console.naming import article_ids
from discuss.http.console.rule_form import RuleForm, form_of
from discuss.http.console.rule_history import changes
from discuss.http.forms import filled_in
from discuss.http.long_lists import LONGEST_BODY, staff_only
from discuss.http.pages.errors import told_of
from discuss.http.pages.languages import language_of
from discuss.http.pages.page import redirect
from discuss.http.problem import problem_of
from discuss.usecases.backtest import Question, cancel_backtest, read_backtest, request_backtest
from discuss.usecases.try_rule import Trial, try_rule
from discuss.usecases.write_rule import Wording, add_rule, change_rule, read_rule, retire_rule

EDITOR = "console/rule.html"
CONFLICT = 409


@get("/{site:str}/rules/new")
async def new_rule(desk: DeskGiven, kind: FromQuery[Kind]) -> Response[Any]:
    return _editor(desk, RuleForm(kind), [])


@get("/{site:str}/rules/{rule_id:uuid}")
async def rule(desk: DeskGiven, rule_id: FromPath[UUID]) -> Response[Any]:
    versions = await _versions(desk, rule_id)
    now = versions[0]
    return _editor(desk, form_of(now.kind, now.spec, now.name, now.mode, now.action), versions)


@post("/{site:str}/rules/new", request_max_body_size=LONGEST_BODY, guards=[staff_only])
async def written(desk: DeskGiven) -> Response[Any]:
    return await _act(desk, None)


@post("/{site:str}/rules/{rule_id:uuid}", request_max_body_size=LONGEST_BODY, guards=[staff_only])
async def rewritten(desk: DeskGiven, rule_id: FromPath[UUID]) -> Response[Any]:
    return await _act(desk, rule_id)


@get("/{site:str}/backtests/{backtest_id:uuid}")
async def backtest(desk: DeskGiven, backtest_id: FromPath[UUID]) -> Response[Any]:
    """The progress; a script polls it until the back-test is over."""
    made, examples = await read_backtest(desk.services, desk.principal, desk.site.slug, backtest_id)
    return desk.show(
        "console/backtest.html",
        "console/pieces/backtest.html",
        place="rules",
        backtest=made,
        examples=examples,
    )


@post("/{site:str}/backtests/{backtest_id:uuid}/cancel")
async def cancelled(desk: DeskGiven, backtest_id: FromPath[UUID]) -> Response[Any]:
    await cancel_backtest(desk.services, desk.principal, desk.site.slug, backtest_id)
    made, examples = await read_backtest(desk.services, desk.principal, desk.site.slug, backtest_id)
    return desk.answer(
        "console/pieces/backtest.html",
        f"{desk.path}/backtests/{backtest_id}",
        backtest=made,
        examples=examples,
    )


async def _act(desk: Desk, rule_id: UUID | None) -> Response[Any]:
    form = await filled_in(desk.request, RuleForm)
    try:
        return await _done(desk, form, rule_id)
    except RuleStale:
        versions = await _versions(desk, rule_id)
        return _editor(desk, form, versions, "console/pieces/overtaken.html", status=CONFLICT, overtaken=True)
    except (InvalidInput, ArticleNotFound) as error:
        if desk.wants_piece:  # a script keeps its page as it is, with all that was typed
            raise
        return await _refused(desk, form, rule_id, error)


async def _done(desk: Desk, form: RuleForm, rule_id: UUID | None) -> Response[Any]:
    who = desk.services, desk.principal, desk.site.slug
    if form.act == "retire" and rule_id:
        await retire_rule(*who, rule_id)
        return redirect(f"{desk.path}/rules?told=retired")
    form = structs.replace(form, articles=await article_ids(desk, form.articles))
    if form.act == "try":
        return await _tried(desk, form, rule_id)
    if form.act == "backtest":
        asked = await request_backtest(*who, Question(form.spec, form.action, form.looks_back))
        return desk.answer(
            "console/pieces/backtest.html", f"{desk.path}/backtests/{asked.id}", backtest=asked, examples=[]
        )
    wording = Wording(form.name, form.mode, form.action, form.spec)
    await (change_rule(*who, rule_id, wording, form.seen) if rule_id else add_rule(*who, wording))
    return redirect(f"{desk.path}/rules?told=saved")


async def _refused(
    desk: Desk, form: RuleForm, rule_id: UUID | None, error: InvalidInput | ArticleNotFound
) -> Response[Any]:
    """The page again, with what was typed and why it was refused."""
    problem = problem_of(error)
    told = told_of(language_of(desk.request), problem)
    return _editor(desk, form, await _versions(desk, rule_id), status=problem["status"], complaint=told)


async def _tried(desk: Desk, form: RuleForm, rule_id: UUID | None) -> Response[Any]:
    trial = Trial(form.spec, form.action, form.text)
    found = await try_rule(desk.services, desk.principal, desk.site.slug, trial)
    parts: Sequence[Part] = list(cut(form.text, found.spans)) if found else [Part(form.text, marked=False)]
    return _editor(desk, form, await _versions(desk, rule_id), tried={"found": found, "parts": parts})


async def _versions(desk: Desk, rule_id: UUID | None) -> Sequence[Rule]:
    return await read_rule(desk.services, desk.principal, desk.site.slug, rule_id) if rule_id else []


def _editor(
    desk: Desk, form: RuleForm, versions: Sequence[Rule], piece: str = "console/pieces/tried.html", *, status: int = 200,
    **results: Any,
) -> Response[Any]:  # fmt: skip
    return desk.show(
        EDITOR, piece, place="rules", status=status, form=form, versions=versions, changes=changes(versions),
        modes=list(Mode), actions=[Action.HOLD] if form.kind is Kind.PREMODERATION else list(Action),
        numbers=NUMBERS, **({"tried": None, "complaint": None, "overtaken": False} | results),
    )  # fmt: skip
