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
    """Make and revoke API keys, with which a site's own programs register articles."""


@key.command()
@click.argument("site")
@click.option(
    "--name", default="website", show_default=True, help="What it is for, so that it can be told from others."
)
@json_option
def create(site: str, name: str, *, as_json: bool) -> None:
    """Make an API key for SITE. It is shown once; only a hash of it is stored.

    Example: curl -X PUT -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" -d @article.json
    http://127.0.0.1:8000/api/v1/sites/SITE/articles
    """

    async def make(services: Services) -> str:
        return await issue_key(services, (await find_site(services, site)).id, name)

    token = with_services(make)
    tell(
        {"site": site, "name": name, "key": token},
        f"{token}\nKeep it: it is not shown again.",
        as_json=as_json,
    )


@key.command()
@click.argument("site")
@click.argument("name")
def revoke(site: str, name: str) -> None:
    """Revoke the keys of SITE that are called NAME: they open nothing from now on."""
    with_services(lambda services: revoke_keys(services, site, name))
    click.echo(f"The keys of {site} called {name} open nothing any more.")


@key.command("list")
@click.argument("site")
def list_keys(site: str) -> None:
    """List the keys of SITE that open something: name and time of making. The keys themselves are stored nowhere."""

    async def find(services: Services) -> Sequence[tuple[str, datetime]]:
        return await open_keys(services, (await find_site(services, site)).id)

    for name, made in with_services(find):
        click.echo(f"{name:<20} {made:%Y-%m-%d %H:%M} UTC")
