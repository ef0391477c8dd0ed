"""`discuss …`: every verb of the operator, one module each."""

import sys
from importlib import import_module

import rich_click as click

from discuss import __version__
from discuss.errors import DiscussError, Unavailable

VERBS = {
    "up": "discuss.cli.up",
    "serve": "discuss.cli.serve",
    "worker": "discuss.cli.worker",
    "migrate": "discuss.cli.migrate",
    "site": "discuss.cli.site",
    "user": "discuss.cli.user",
    "key": "discuss.cli.key",
    "demo": "discuss.cli.demo",
    "replay": "discuss.cli.replay",
    "verify": "discuss.cli.verify",
    "rebuild": "discuss.cli.rebuild",
    "model": "discuss.cli.model",
}


class Verbs(click.RichGroup):
    """Imports a verb's module only when it is asked for, so that most verbs do not load a classifier. `--help` imports all."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(import_module(VERBS[cmd_name]), cmd_name)
        return command


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def group() -> None:
    """Comments, moderation and a latest-discussion feed for news sites."""


def main() -> None:
    """Run one verb. An expected error is shown as one sentence with exit status 1, never as a stack trace."""
    try:
        group(prog_name="discuss")
    except DiscussError as error:
        click.secho(error.detail, fg="red", err=True)
        if isinstance(error, Unavailable):
            click.echo(f"Cause: {error.__cause__}", err=True)
        sys.exit(1)
