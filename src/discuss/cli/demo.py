"""`discuss demo`."""

import msgspec
import rich_click as click

from discuss.cli.running import configured, with_services
from discuss.cli.telling import json_option, tell
from discuss.embedded.postgres import EmbeddedPostgres
from discuss.embedded.valkey import EmbeddedValkey
from discuss.errors import SetupFailed
from discuss.settings import Settings
from discuss.usecases.demo_content import DemoPeople
from discuss.usecases.load_demo import load_demo


@click.command()
@json_option
def demo(*, as_json: bool) -> None:
    """Load the demo site: articles, readers and comments in Russian and English.

    `discuss up` does this automatically. Running it again changes nothing and prints the same log-ins. The passwords are
    public, so the command works only with the built-in servers, and only while no other machine can reach this one,
    by its address or through a proxy.
    """
    settings = configured()
    _require_private(settings)
    people = with_services(lambda services: load_demo(services, settings.base_url))
    tell(_log_ins(people), _told(people), as_json=as_json)


def _require_private(settings: Settings) -> None:
    own = (EmbeddedPostgres(settings.home / "postgres").url, EmbeddedValkey(settings.home / "valkey").url)
    if (settings.database_url, settings.redis_url) != own:
        raise SetupFailed(
            "The passwords of the demo site are public, so it can only be loaded into the built-in servers: "
            "unset DISCUSS_DATABASE_URL and DISCUSS_REDIS_URL."
        )
    if settings.open_by:
        raise SetupFailed(
            "The passwords of the demo site are public, but other machines can reach this one: "
            f"unset {settings.open_by}."
        )


def _log_ins(people: DemoPeople) -> dict[str, object]:
    return {
        "readers": [_log_in(reader) for reader in msgspec.to_builtins(people.readers)],
        "moderator": _log_in(msgspec.to_builtins(people.moderator)),
    }


def _log_in(person: dict[str, str]) -> dict[str, str]:
    return {"email": person["email"], "password": person["password"]}


def _told(people: DemoPeople) -> str:
    log_ins = [("reader", reader) for reader in people.readers] + [("moderator", people.moderator)]
    return "\n".join(f"{role:<11}{one.email}  {one.password}" for role, one in log_ins)
