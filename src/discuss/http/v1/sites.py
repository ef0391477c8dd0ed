"""Sites and their settings."""

from typing import Annotated, Any

import msgspec
from litestar import Router, get, patch, post
from litestar.params import JSONBody
from msgspec import UNSET, Meta, Struct, UnsetType

from discuss.domain.accounts import require_operator
from discuss.domain.policy import Threshold
from discuss.domain.sites import Rates, Site, SiteSettings
from discuss.errors import NameTaken, SiteNotFound
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import BODY, CHANGE, PERSON, problems
from discuss.http.patterns import LABEL, LANGUAGE, SLUG
from discuss.usecases.register_site import change_site, find_site, list_sites, register_site

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Language = Annotated[str, Meta(pattern=LANGUAGE, description="ISO 639 code.")]
Probability = Annotated[float, Meta(ge=0, le=1)]
PerMinute = Annotated[int, Meta(ge=1, le=1_000_000)]


class NewSite(Struct, forbid_unknown_fields=True):
    slug: Annotated[str, Meta(pattern=SLUG)]
    name: Name
    time_zone: Annotated[str, Meta(max_length=60, description="Such as Europe/Moscow.")] = "UTC"
    languages: Annotated[list[Language], Meta(min_length=1, max_length=20)] = msgspec.field(
        default_factory=lambda: ["en"]
    )


class ThresholdShape(Struct, forbid_unknown_fields=True):
    """From `hold` on a person looks; from `reject` on the comment is refused at once; null: never."""

    hold: Probability
    reject: Probability | None = None


class RatesShape(Struct, forbid_unknown_fields=True):
    """How often one account, or before log-in one address, may do a thing per minute."""

    comments: PerMinute = 6
    log_ins: PerMinute = 10
    registrations: PerMinute = 5


class SettingsShape(Struct, forbid_unknown_fields=True):
    """All settings of a site; what is left out gets its default. Thresholds left out are those of the model.

    `hold_uncovered`: a text in a language that the model does not cover waits for a moderator.
    """

    thresholds: Annotated[dict[Annotated[str, Meta(pattern=LABEL)], ThresholdShape], Meta(max_length=20)] = {}
    premoderated: bool = False
    hold_uncovered: bool = False
    longest_comment: Annotated[int, Meta(ge=1, le=20_000)] = 5000
    edit_minutes: Annotated[int, Meta(ge=0, le=100_000)] = 15
    deepest_reply: Annotated[int, Meta(ge=0, le=50)] = 8
    rates: RatesShape = msgspec.field(default_factory=RatesShape)


class SiteChange(Struct, forbid_unknown_fields=True):
    name: Name | UnsetType = UNSET
    settings: SettingsShape | UnsetType = UNSET


class PublicSite(Struct):
    """What anybody may know of a site."""

    slug: str
    name: str
    time_zone: str
    languages: list[str]
    longest_comment: int


class FullSite(PublicSite):
    settings: dict[str, Any]


def public(site: Site) -> PublicSite:
    return PublicSite(
        site.slug, site.name, site.time_zone, list(site.languages), site.settings.longest_comment
    )


def full(site: Site) -> FullSite:
    settings: dict[str, Any] = msgspec.to_builtins(site.settings)
    known = public(site)
    return FullSite(
        known.slug,
        known.name,
        known.time_zone,
        known.languages,
        known.longest_comment,
        settings,
    )


def settings_of(shape: SettingsShape) -> SiteSettings:
    return SiteSettings(
        thresholds={label: Threshold(t.hold, t.reject) for label, t in shape.thresholds.items()},
        premoderated=shape.premoderated,
        hold_uncovered=shape.hold_uncovered,
        longest_comment=shape.longest_comment,
        edit_minutes=shape.edit_minutes,
        deepest_reply=shape.deepest_reply,
        rates=Rates(shape.rates.comments, shape.rates.log_ins, shape.rates.registrations),
    )


@get("/", operation_id="ListSites", summary="List all sites", responses=problems(*PERSON))
async def list_all(services: ServicesGiven, principal: PrincipalGiven) -> list[FullSite]:
    return [full(site) for site in await list_sites(services, principal)]


@post("/", operation_id="CreateSite", summary="Create a site", responses=problems(*CHANGE, *BODY, NameTaken))
async def create(services: ServicesGiven, principal: PrincipalGiven, data: JSONBody[NewSite]) -> FullSite:
    require_operator(principal)
    return full(await register_site(services, data.slug, data.name, data.time_zone, data.languages))


@get(
    "/{site:str}",
    operation_id="ReadSite",
    summary="Read what is public of a site",
    responses=problems(SiteNotFound),
)
async def read(services: ServicesGiven, site: SiteSlug) -> PublicSite:
    return public(await find_site(services, site))


@patch(
    "/{site:str}",
    operation_id="ChangeSite",
    summary="Change a site's name or settings",
    responses=problems(*CHANGE, *BODY, SiteNotFound),
)
async def change(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, data: JSONBody[SiteChange]
) -> FullSite:
    changed = await change_site(
        services,
        principal,
        site,
        name=None if data.name is UNSET else data.name,
        settings=None if data.settings is UNSET else settings_of(data.settings),
    )
    return full(changed)


sites = Router(
    path="/sites", route_handlers=[list_all, create, read, change], cache_control=NO_STORE, tags=["Sites"]
)
