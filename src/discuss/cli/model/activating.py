"""`discuss model activate`."""

from pathlib import Path

import rich_click as click

from discuss.classify import activation
from discuss.cli.model.options import models_option
from discuss.cli.telling import json_option, tell


@click.command()
@click.argument("name")
@models_option
@json_option
def activate(name: str, models_dir: Path, *, as_json: bool) -> None:
    """Load the model NAME, try it, and make it the active one.

    Running workers switch to it within seconds. If the model cannot be loaded, nothing changes.
    """
    known = activation.activate(models_dir, name)
    entry = known.entry()
    before = f"; previously: {known.previous}" if known.previous else ""
    tell(
        {"active": entry.name, "version": entry.version, "previous": known.previous},
        f"{entry.title} is active{before}.",
        as_json=as_json,
    )
