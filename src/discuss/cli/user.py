"""`discuss user`."""

from uuid import UUID

import rich_click as click

from discuss.cli.running import with_services
from discuss.cli.telling import json_option, tell
from discuss.domain.accounts import Role
from discuss.usecases.appoint import appoint
from discuss.usecases.register_account import add_account
from discuss.usecases.register_site import find_site
from discuss.usecases.services import Services
from discuss.usecases.shut_out import change_password, dismiss

ROLES = {role.name.lower(): role for role in (Role.READER, Role.MODERATOR, Role.ADMIN)}


@click.group()
def user() -> None:
    """Create accounts, change passwords, and give or take away roles."""


@user.command()
@click.argument("email")
@click.option("--name", help="Shown beside comments. Default: the part of EMAIL before the @.")
@click.option(
    "--site",
    help="The site. If omitted, the account works on every site and needs --role moderator or admin.",
)
@click.option("--role", type=click.Choice(list(ROLES)), default="reader", show_default=True)
@click.password_option(
    envvar="DISCUSS_PASSWORD", help="If omitted, you are asked for it, unless DISCUSS_PASSWORD is set."
)
@json_option
def create(
    email: str, name: str | None, site: str | None, role: str, password: str, *, as_json: bool
) -> None:
    """Create an account. Readers comment; moderators decide on comments; admins also change the site's settings.

    Example: discuss user create anna@example.org --site defence --role moderator
    """
    if site is None and role == "reader":
        raise click.UsageError("A reader must belong to a site: add --site.")
    shown = name or email.partition("@")[0]

    async def make(services: Services) -> UUID:
        site_id = None if site is None else (await find_site(services, site)).id
        return await add_account(services, site_id, shown, email, password, ROLES[role])

    made = {"id": with_services(make), "email": email, "name": shown, "site": site, "role": role}
    tell(made, f"Created the {role} {shown}{f' of {site}' if site else ' of every site'}.", as_json=as_json)


@user.command()
@click.argument("email")
@click.option("--site", help="The account's site. If omitted, an account that works on every site.")
@click.password_option(
    envvar="DISCUSS_PASSWORD", help="If omitted, you are asked for it, unless DISCUSS_PASSWORD is set."
)
def password(email: str, site: str | None, password: str) -> None:
    """Set a new password. Every session of the account ends.

    Example: discuss user password anna@example.org --site defence
    """
    with_services(lambda services: change_password(services, site, email, password))
    click.echo(f"{email} has a new password and has been logged out everywhere.")


@user.command("dismiss")
@click.argument("email")
@click.option("--site", help="The account's site. If omitted, an account that works on every site.")
def dismiss_person(email: str, site: str | None) -> None:
    """Take away all roles and end every session. The account and its comments stay.

    Example: discuss user dismiss anna@example.org --site defence
    """
    with_services(lambda services: dismiss(services, site, email))
    click.echo(f"{email} no longer has any role and has been logged out everywhere.")


@user.command("appoint")
@click.argument("email")
@click.option("--site", help="The account's site. If omitted, an account that works on every site.")
@click.option("--role", type=click.Choice(["moderator", "admin"]), default="moderator", show_default=True)
def appoint_person(email: str, site: str | None, role: str) -> None:
    """Give an account a role. Moderators decide on comments; admins also change the site's settings.

    Example: discuss user appoint anna@example.org --site defence --role moderator
    """
    with_services(lambda services: appoint(services, site, email, ROLES[role]))
    click.echo(
        f"{email} is now {'an' if role == 'admin' else 'a'} {role} {f'of {site}' if site else 'of every site'}."
    )
