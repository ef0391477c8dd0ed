"""API version 1."""

from litestar import Router

from discuss.http.body import JsonBody
from discuss.http.v1.accounts import accounts
from discuss.http.v1.alike import alike
from discuss.http.v1.articles import articles
from discuss.http.v1.authors import authors
from discuss.http.v1.batches import batches
from discuss.http.v1.comments import comments
from discuss.http.v1.decisions import decisions
from discuss.http.v1.editions import editions
from discuss.http.v1.feed import feed
from discuss.http.v1.fragment import fragment
from discuss.http.v1.queue import queues
from discuss.http.v1.record import records
from discuss.http.v1.reports import reports
from discuss.http.v1.rules import rules
from discuss.http.v1.sites import sites
from discuss.http.v1.syndication import syndication
from discuss.http.v1.views import views
from discuss.http.v1.votes import votes

v1 = Router(
    path="/api/v1",
    route_handlers=[
        sites,
        articles,
        accounts,
        comments,
        queues,
        decisions,
        authors,
        reports,
        batches,
        rules,
        alike,
        records,
        feed,
        fragment,
        syndication,
        views,
        votes,
        editions,
    ],
    dto=JsonBody,
    return_dto=None,
)
