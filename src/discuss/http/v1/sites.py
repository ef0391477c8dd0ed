"""Sites and their settings."""

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

import msgspec
from litestar import Router, get, patch, post
from litestar.params import JSONBody
from msgspec import UNSET, Meta, Struct, UnsetType

from discuss.domain.accounts import Role, require_operator
from discuss.domain.policy import Threshold
from discuss.domain.sites import Site, SiteSettings, Unscored
from discuss.errors import NameTaken, SiteNotFound
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import ASKER, BODY, CHANGE, PERSON, problems
from discuss.http.patterns import LANGUAGE, SLUG, THRESHOLD
from discuss.usecases.register_site import change_site, find_site, list_sites, register_site

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Zone = Annotated[str, Meta(max_length=60, description="Such as Europe/Moscow.")]
Language = Annotated[str, Meta(pattern=LANGUAGE, description="ISO 639 code.")]
Languages = Annotated[list[Language], Meta(min_length=1, max_length=20)]
Probability = Annotated[float, Meta(ge=0, le=1)]
PerMinute = Annotated[int, Meta(ge=1, le=1_000_000)]


class NewSite(Struct, forbid_unknown_fields=True):
    slug: Annotated[str, Meta(pattern=SLUG)]
    name: Name
    time_zone: Zone = "UTC"
    languages: Languages = msgspec.field(default_factory=lambda: ["en"])


class ThresholdShape(Struct, forbid_unknown_fields=True):
    """A score of at least `hold` sends the comment to a moderator, one of at least `reject` refuses it at once.

    With `reject` null, no score refuses it.
    """

    hold: Probability
    reject: Probability | None = None


class RatesShape(Struct, forbid_unknown_fields=True):
    """How many times a minute one account (before log-in: one address) may do each thing. Omitted fields stay as they are."""

    comments: PerMinute | UnsetType = UNSET
    log_ins: PerMinute | UnsetType = UNSET
    registrations: PerMinute | UnsetType = UNSET
    reports: PerMinute | UnsetType = UNSET


class SettingsShape(Struct, forbid_unknown_fields=True):
    """Omitted fields stay as they are. `thresholds` are replaced as a whole: an omitted label has the model's own.

    `hold_uncovered`: a text in a language that the model does not cover waits for a moderator.
    `anti_bump`: further comments by the same author, with none by others in between, do not move the article up in the feed.
    `trusted_hold`: the score from which a trusted author's text is held, where the label's own threshold is lower.
    `report_hold`: the weight of readers' reports that holds a comment published by the machine. A new reporter's report weighs
    0.5; with null, reports hold nothing.
    `joint_editions`: translations of one article are counted together; otherwise each has its own count.
    """

    thresholds: (
        Annotated[dict[Annotated[str, Meta(pattern=THRESHOLD)], ThresholdShape], Meta(max_length=100)]
        | UnsetType
    ) = UNSET
    premoderated: bool | UnsetType = UNSET
    hold_uncovered: bool | UnsetType = UNSET
    longest_comment: Annotated[int, Meta(ge=1, le=20_000)] | UnsetType = UNSET
    edit_minutes: Annotated[int, Meta(ge=0, le=100_000)] | UnsetType = UNSET
    deepest_reply: Annotated[int, Meta(ge=0, le=50)] | UnsetType = UNSET
    anti_bump: bool | UnsetType = UNSET
    joint_editions: bool | UnsetType = UNSET
    unscored: Unscored | UnsetType = UNSET
    trusted_hold: Probability | UnsetType = UNSET
    report_hold: Annotated[float, Meta(gt=0, le=1_000_000)] | UnsetType | None = UNSET
    held_alert_minutes: Annotated[int, Meta(ge=1, le=1_000_000)] | UnsetType = UNSET
    rates: RatesShape | UnsetType = UNSET


class SiteChange(Struct, forbid_unknown_fields=True):
    """Omitted fields stay as they are."""

    name: Name | UnsetType = UNSET
    time_zone: Zone | UnsetType = UNSET
    languages: Languages | UnsetType = UNSET
    settings: SettingsShape | UnsetType = UNSET


class SiteShape(Struct):
    """`settings` are shown to the site's admins only."""

    slug: str
    name: str
    time_zone: str
    languages: list[str]
    longest_comment: int
    settings: dict[str, Any] | UnsetType = UNSET


def shape(site: Site, *, inside: bool) -> SiteShape:
    return SiteShape(
        site.slug,
        site.name,
        site.time_zone,
        list(site.languages),
        site.settings.longest_comment,
        msgspec.to_builtins(site.settings) if inside else UNSET,
    )


def changed_by(settings: SiteSettings, change: SettingsShape) -> SiteSettings:
    given: dict[str, Any] = msgspec.to_builtins(change)
    if "thresholds" in given:
        given["thresholds"] = {
            label: Threshold(**threshold) for label, threshold in given["thresholds"].items()
        }
    if "rates" in given:
        given["rates"] = replace(settings.rates, **given["rates"])
    return replace(settings, **given)


@get("/", operation_id="ListSites", summary="List all sites", responses=problems(*PERSON))
async def list_all(services: ServicesGiven, principal: PrincipalGiven) -> list[SiteShape]:
    return [shape(site, inside=True) for site in await list_sites(services, principal)]


@post("/", operation_id="CreateSite", summary="Create a site", responses=problems(*CHANGE, *BODY, NameTaken))
async def create(services: ServicesGiven, principal: PrincipalGiven, data: JSONBody[NewSite]) -> SiteShape:
    require_operator(principal)
    return shape(
        await register_site(services, data.slug, data.name, data.time_zone, data.languages), inside=True
    )


@get(
    "/{site:str}",
    operation_id="ReadSite",
    summary="Read a site; its admins also see its settings",
    responses=problems(*ASKER, SiteNotFound),
)
async def read(services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug) -> SiteShape:
    found = await find_site(services, site)
    return shape(found, inside=principal.role_at(found.id) >= Role.ADMIN)


@patch(
    "/{site:str}",
    operation_id="ChangeSite",
    summary="Change a site's name, time zone, languages or settings",
    responses=problems(*CHANGE, *BODY, SiteNotFound),
)
async def change(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, data: JSONBody[SiteChange]
) -> SiteShape:
    changed = await change_site(
        services,
        principal,
        site,
        name=None if data.name is UNSET else data.name,
        time_zone=None if data.time_zone is UNSET else data.time_zone,
        languages=None if data.languages is UNSET else data.languages,
        settings=None if data.settings is UNSET else partial(changed_by, change=data.settings),
    )
    return shape(changed, inside=True)


sites = Router(
    path="/sites", route_handlers=[list_all, create, read, change], cache_control=NO_STORE, tags=["Sites"]
)
