"""Back-tests of a threshold: what it would have stopped, before an admin sets it."""

from typing import Annotated, Any

from litestar import Response, get, post
from msgspec import Meta, Struct

from discuss.domain.backtests import MOST_DAYS, ThresholdSpec
from discuss.domain.policy import REASONS
from discuss.domain.rules import Action
from discuss.http.console.desk import DeskGiven
from discuss.http.forms import filled_in
from discuss.http.patterns import LABEL, LANGUAGE
from discuss.usecases.backtest import Question, request_backtest


class ThresholdForm(Struct, frozen=True):
    """Texts that score at least `hold` for `label`, in one language or in all."""

    label: Annotated[str, Meta(pattern=LABEL)] = next(iter(REASONS))
    hold: Annotated[float, Meta(ge=0, le=1)] = 0.5
    language: Annotated[str, Meta(pattern=LANGUAGE)] | None = None
    days: Annotated[int, Meta(ge=1, le=MOST_DAYS)] = 90

    @property
    def question(self) -> Question:
        return Question(ThresholdSpec(self.label, self.hold, self.language), Action.HOLD, self.days)


@get("/{site:str}/rules/thresholds")
async def thresholds(desk: DeskGiven) -> Response[Any]:
    return desk.show("console/thresholds.html", place="rules", form=ThresholdForm(), labels=list(REASONS))


@post("/{site:str}/rules/thresholds")
async def rehearsed(desk: DeskGiven) -> Response[Any]:
    form = await filled_in(desk.request, ThresholdForm)
    asked = await request_backtest(desk.services, desk.principal, desk.site.slug, form.question)
    to = f"{desk.path}/backtests/{asked.id}"
    return desk.answer("console/pieces/backtest.html", to, backtest=asked, examples=[])
