"""Readers' reports."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Router, delete, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT
from msgspec import Meta, Struct

from discuss.domain.decisions import Reason
from discuss.domain.reports import LONGEST_WORDS
from discuss.errors import (
    CommentNotFound,
    RateLimited,
    ReportSettled,
    SiteNotFound,
)
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import BODY, CHANGE, VOICE, problems
from discuss.usecases.report import Complaint, report, withdraw

REPORT = "/comments/{comment_id:uuid}/report"


class NewReport(Struct, forbid_unknown_fields=True):
    """`words` are for the moderators."""

    reason: Reason
    words: Annotated[str, Meta(max_length=LONGEST_WORDS)] | None = None


class ReportShape(Struct):
    comment_id: UUID
    reason: Reason
    words: str | None
    created_at: datetime


@put(
    REPORT,
    operation_id="ReportComment",
    summary="Report a comment, or change the report",
    status_code=HTTP_200_OK,
    responses=problems(*CHANGE, *BODY, *VOICE, SiteNotFound, CommentNotFound, ReportSettled, RateLimited),
)
async def make(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID],
    data: JSONBody[NewReport],
) -> ReportShape:  # fmt: skip
    """Each reader has one report per comment. Moderators see who made it; nobody else does."""
    made = await report(services, principal, site, comment_id, Complaint(data.reason, data.words))
    return ReportShape(made.comment_id, made.reason, made.words, made.created_at)


@delete(
    REPORT,
    operation_id="WithdrawReport",
    summary="Withdraw one's report",
    status_code=HTTP_204_NO_CONTENT,
    responses=problems(*CHANGE, SiteNotFound, CommentNotFound, ReportSettled),
)
async def take_back(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID]
) -> None:
    """Without a report to withdraw, nothing changes."""
    await withdraw(services, principal, site, comment_id)


reports = Router(
    path="/sites/{site:str}", route_handlers=[make, take_back], cache_control=NO_STORE, tags=["Reports"]
)
