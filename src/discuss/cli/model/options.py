"""Arguments and options that several verbs of `discuss model` take."""

from pathlib import Path

import rich_click as click

from discuss.classify import registry

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)

models_option = click.option(
    "--models",
    "models_dir",
    type=_FOLDER,
    default=registry.default_models_dir,
    help="Folder with manifest.json.",
)
data_argument = click.argument("data_dir", type=_FOLDER)
