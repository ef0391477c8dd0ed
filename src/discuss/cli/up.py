"""`discuss up`: everything on this machine with one command."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
import rich_click as click
from rich.console import Console

from discuss.cli.listening import answers, check_free
from discuss.cli.stopping import GONE_AFTER
from discuss.embedded.postgres import EmbeddedPostgres
from discuss.embedded.supervisor import Supervisor, supervised
from discuss.embedded.valkey import EmbeddedValkey
from discuss.embedded.watched import end_of
from discuss.errors import SetupFailed
from discuss.settings import Settings, load

# -P: a file in the current folder must not pass for one of our modules.
DISCUSS = (sys.executable, "-P", "-c", "from discuss.cli.main import main; main()")
READY_SECONDS = 120.0


class LogIn(msgspec.Struct):
    email: str
    password: str


class LogIns(msgspec.Struct):
    readers: list[LogIn]
    moderator: LogIn


class Terminal:
    """Writes to a person who may have closed the window, which must not keep us from stopping."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)

    def say(self, text: str) -> None:
        with suppress(OSError):
            self._console.print(text, markup=False, soft_wrap=True)

    def head(self, text: str) -> None:
        with suppress(OSError):
            self._console.print(f"\n{text}\n", style="bold", markup=False)


@click.command()
@click.option("--no-demo", is_flag=True, help="Start empty, without the demo site and its accounts.")
def up(*, no_demo: bool) -> None:
    """Start everything on this machine: database, Redis, API, worker and a demo site.

    Data and logs are kept in DISCUSS_HOME (.discuss) for the next start. Servers named in DISCUSS_DATABASE_URL and
    DISCUSS_REDIS_URL are used instead of the built-in ones. The demo site has public passwords, so it is loaded only
    into the built-in servers, and only if other machines cannot reach this one: not with DISCUSS_TRUSTED_PROXIES, nor
    with a DISCUSS_HOST or DISCUSS_PUBLIC_URL that other machines can use.

    Ctrl-C stops everything and leaves nothing running.
    """
    settings = load()
    demo = not (no_demo or settings.open_by or settings.database_url or settings.redis_url)
    terminal = Terminal()
    with supervised(settings.home.resolve(), terminal.say) as supervisor:
        check_free(settings.host, settings.port)
        environment = _stores(supervisor, settings, terminal) | {"DISCUSS_DEMO": "1" if demo else "0"}
        log_ins = _data(supervisor, environment, terminal, demo=demo)
        if settings.open_by and not no_demo:
            terminal.say(f"No demo site was loaded, because {settings.open_by} lets other machines in.")
        terminal.say("Starting the API and the worker ...")
        supervisor.start_service("api", [*DISCUSS, "serve"], environment, grace=GONE_AFTER)
        supervisor.start_service("worker", [*DISCUSS, "worker"], environment)
        _await_ready(supervisor, settings)
        terminal.head("Discuss is running.")
        terminal.say(_signpost(settings, log_ins, supervisor))
        supervisor.watch()


def _stores(supervisor: Supervisor, settings: Settings, terminal: Terminal) -> dict[str, str]:
    """The environment of our own processes, once the stores they name are running."""
    home = settings.home.resolve()
    environment = os.environ | {"DISCUSS_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    if not settings.database_url:
        terminal.say("Starting PostgreSQL ...")
        postgres = EmbeddedPostgres(home / "postgres", supervisor.log("postgres"))
        supervisor.start_store(postgres)
        environment["DISCUSS_DATABASE_URL"] = postgres.url
    if not settings.redis_url:
        terminal.say("Starting Valkey ...")
        valkey = EmbeddedValkey(home / "valkey", supervisor.log("valkey"))
        supervisor.start_store(valkey)
        environment["DISCUSS_REDIS_URL"] = valkey.url
    return environment


def _data(
    supervisor: Supervisor, environment: Mapping[str, str], terminal: Terminal, *, demo: bool
) -> LogIns | None:
    terminal.say("Updating the database schema ...")
    supervisor.run("migrate", [*DISCUSS, "migrate"], environment)
    if not demo:
        return None
    terminal.say("Loading the demo site ...")
    said = supervisor.run("demo", [*DISCUSS, "demo", "--json"], environment)
    try:
        return msgspec.json.decode(said, type=LogIns)
    except msgspec.DecodeError as error:
        raise SetupFailed(f"The log-ins of the demo site could not be read: {error}") from error


def _await_ready(supervisor: Supervisor, settings: Settings) -> None:
    def ready() -> bool:
        return answers(f"{settings.local_url}/health/ready")

    if not supervisor.watch(ready, READY_SECONDS):
        raise SetupFailed(
            f"The API was not ready within {READY_SECONDS:g} s. {end_of(supervisor.log('api'))}"
        )


def _signpost(settings: Settings, log_ins: LogIns | None, supervisor: Supervisor) -> str:
    address = settings.local_url
    rows = [("Article, thread and sidebar", f"{address}/demo/")] if log_ins else []
    rows += [("Moderator page", f"{address}/console/"), ("API documentation", f"{address}/docs")]
    rows += [(f"Log-in, {role}", f"{one.email}  {one.password}") for role, one in _people(log_ins)]
    rows += [("Logs", str(_short(supervisor.log("api").parent))), ("Stop", "Ctrl-C")]
    return "\n".join(f"  {what:<30}{where}" for what, where in rows) + "\n"


def _people(log_ins: LogIns | None) -> list[tuple[str, LogIn]]:
    if log_ins is None:
        return []
    return [("moderator", log_ins.moderator), *(("reader", reader) for reader in log_ins.readers)]


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
