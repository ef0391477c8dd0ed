"""`discuss key`."""

from collections.abc import Sequence
from datetime import datetime

import rich_click as click

from discuss.cli.running import with_services
from discuss.cli.telling import json_option, tell
from discuss.usecases.issue_key import issue_key, open_keys
from discuss.usecases.register_site import find_site
from discuss.usecases.services import Services
from discuss.usecases.shut_out import revoke_keys


@click.group()
def key() -> None:
    """Create, list and revoke API keys, which a site's own programs use to register articles."""


@key.command()
@click.argument("site")
@click.option(
    "--name", default="website", show_default=True, help="What the key is for, to tell it from others."
)
@json_option
def create(site: str, name: str, *, as_json: bool) -> None:
    """Create an API key for SITE. It is shown only once; only a hash of it is stored.

    Example: curl -X PUT -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" -d @article.json
    http://127.0.0.1:8000/api/v1/sites/SITE/articles
    """

    async def make(services: Services) -> str:
        return await issue_key(services, (await find_site(services, site)).id, name)

    token = with_services(make)
    tell(
        {"site": site, "name": name, "key": token},
        f"{token}\nKeep it safe: it will not be shown again.",
        as_json=as_json,
    )


@key.command()
@click.argument("site")
@click.argument("name")
def revoke(site: str, name: str) -> None:
    """Revoke all keys of SITE called NAME. They stop working."""
    with_services(lambda services: revoke_keys(services, site, name))
    click.echo(f"The keys of {site} called {name} no longer work.")


@key.command("list")
@click.argument("site")
def list_keys(site: str) -> None:
    """List the valid keys of SITE: their names and when they were created. The keys themselves are not stored."""

    async def find(services: Services) -> Sequence[tuple[str, datetime]]:
        return await open_keys(services, (await find_site(services, site)).id)

    for name, made in with_services(find):
        click.echo(f"{name:<20} {made:%Y-%m-%d %H:%M} UTC")
