"""The sidebar as a fragment of HTML, for sites that include it on the server side."""

import json
from hashlib import blake2b
from typing import Annotated, cast

from litestar import MediaType, Router, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter

from discuss.domain.text import composed
from discuss.domain.zones import require_zone
from discuss.errors import SiteNotFound
from discuss.feed.answers import DEFAULT_ROWS, Query
from discuss.feed.snapshot import Snapshot
from discuss.http.dependencies import ServicesGiven, SiteSlug
from discuss.http.documented import problems
from discuss.http.fragment.latest import render
from discuss.http.origins import OPEN_TO_ALL
from discuss.http.patterns import LANGUAGE, PRINTABLE
from discuss.http.sending import INSERTED
from discuss.http.v1.feed import Finished, Language, Rows, Tag
from discuss.usecases.know_manner import know_manner
from discuss.usecases.read_feed import read_feed

FORM = "html "
"""Prefix of the fragments' keys in `Snapshot.prepared`."""

MOST_FORMS = 8
"""Fragments kept for one answer, each in one language and zone: a site uses one or two, but strangers may ask for six hundred."""

Words = Annotated[
    str | None,
    QueryParameter(
        pattern=LANGUAGE, description="The language of its words; default: `lang`, else the site's first."
    ),
]
Zone = Annotated[
    str | None,
    QueryParameter(
        max_length=60, pattern=PRINTABLE, description="Such as Europe/Moscow; default: the site's."
    ),
]


@get(
    "/sites/{site:str}/feed.html", operation_id="ReadFeedFragment",
    summary="The latest discussion as a fragment of HTML", media_type=MediaType.HTML,
    responses={
        200: ResponseSpec(str, generate_examples=False, media_type=MediaType.HTML, description="An ordered list."),
        304: ResponseSpec(None, description="Nothing changed."),
        **problems(SiteNotFound),
    },
)  # fmt: skip
async def read(
    services: ServicesGiven, site: SiteSlug, limit: Rows = DEFAULT_ROWS, lang: Language = None, tag: Tag = None,
    words: Words = None, zone: Zone = None,
) -> Finished:  # fmt: skip
    """For server-side includes, and for readers without JavaScript. Can be cached like the feed; never compressed, nor may a proxy do so."""
    usual = await know_manner(services, site)
    snapshot = await read_feed(services, site, Query(limit, lang, tag and composed(tag)))
    wording, shown_zone = words or lang or usual.language, require_zone(zone or usual.zone)
    return Finished(as_html(snapshot, wording, shown_zone, lang), INSERTED)


def as_html(snapshot: Snapshot, words: str, zone: str, language: str | None = None) -> Snapshot:
    """Rendered once for each answer and kept only as long as that."""
    name = f"{FORM}{words} {zone} {language}"
    if name not in snapshot.prepared:
        _make_room(snapshot)
        body = render(json.loads(snapshot.body)["articles"], words, zone, hreflang=language)
        snapshot.prepared[name] = Snapshot(body, blake2b(body, digest_size=12).hexdigest())
    return cast("Snapshot", snapshot.prepared[name])


def _make_room(snapshot: Snapshot) -> None:
    """Drops the oldest fragment where there are too many. What is prepared for polls stays."""
    forms = [key for key in snapshot.prepared if isinstance(key, str) and key.startswith(FORM)]
    if len(forms) >= MOST_FORMS:
        del snapshot.prepared[forms[0]]


fragment = Router(path="/", route_handlers=[read], tags=["Feed"], opt=OPEN_TO_ALL)
