"""An article page, as a newspaper would serve it."""

import json
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from markupsafe import Markup

from discuss.domain.sites import Site
from discuss.errors import ArticleNotFound
from discuss.feed.answers import Query
from discuss.http.dependencies import Asked, ServicesGiven
from discuss.http.fragment.latest import render
from discuss.http.pages.languages import chosen
from discuss.http.pages.page import page, redirect
from discuss.usecases.demo_content import SLUG, demo_articles
from discuss.usecases.find_article import look_up_article
from discuss.usecases.read_feed import read_feed
from discuss.usecases.register_site import find_site
from discuss.usecases.services import Services

MORE = 6


@get("/")
async def front() -> Response[Any]:
    """Redirects to the newest article, because a front page would show nothing of this service."""
    newest = min(demo_articles(), key=lambda written: written.minutes_ago)
    return redirect(f"/demo/articles/{newest.id}")


@get("/articles/{name:str}")
async def article(services: ServicesGiven, request: Asked, name: FromPath[str]) -> Response[str]:
    written = next((found for found in demo_articles() if found.id == name), None)
    if written is None:
        raise ArticleNotFound
    site = await find_site(services, SLUG)
    registered = await look_up_article(services, SLUG, external_id=name, url=None)
    latest = await _latest(services, site, chosen(request) or written.language)
    others = [other for other in demo_articles() if other.id != name]
    return page(
        request, "demo/article.html", language=written.language, site=site, article=written,
        published_at=registered.published_at, others=others[:MORE], latest=latest,
    )  # fmt: skip


async def _latest(services: Services, site: Site, language: str) -> Markup:
    """What a newspaper would include from `feed.html`, so that the sidebar is there at the first paint and without scripts."""
    snapshot = await read_feed(services, site.slug, Query())
    rows = json.loads(snapshot.body)["articles"]
    return Markup(render(rows, language, site.time_zone).decode())  # noqa: S704  - rendered with autoescape
