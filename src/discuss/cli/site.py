"""`discuss site`."""

import rich_click as click

from discuss.cli.running import with_services
from discuss.cli.telling import json_option, tell
from discuss.domain.sites import Site
from discuss.usecases.register_site import every_site, register_site


@click.group()
def site() -> None:
    """Create and list sites. Everything else belongs to a site."""


@site.command()
@click.argument("slug")
@click.option("--name", help="The name people see. Default: the slug.")
@click.option("--time-zone", default="UTC", show_default=True, help="For example Europe/Moscow.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    default=("en",),
    show_default=True,
    help="Repeat for several languages.",
)
@json_option
def create(slug: str, name: str | None, time_zone: str, languages: tuple[str, ...], *, as_json: bool) -> None:
    """Create a site. SLUG is its short name in addresses: lower-case letters, digits and hyphens.

    Example: discuss site create defence --name "Defence News" --time-zone Europe/Moscow --language ru --language en
    """
    made = with_services(lambda services: register_site(services, slug, name or slug, time_zone, languages))
    tell(_shown(made), f"Created the site {made.slug}. Next: discuss key create {made.slug}", as_json=as_json)


@site.command("list")
@json_option
def list_sites(*, as_json: bool) -> None:
    """List all sites."""
    for found in with_services(every_site):
        tell(_shown(found), f"{found.slug:<20} {found.name} ({', '.join(found.languages)})", as_json=as_json)


def _shown(made: Site) -> dict[str, object]:
    return {
        "id": made.id,
        "slug": made.slug,
        "name": made.name,
        "time_zone": made.time_zone,
        "languages": made.languages,
    }
