"""Arguments and options that several verbs of `discuss model` take."""

from pathlib import Path

import rich_click as click

from discuss.classify import registry
from discuss.settings import load

SEED = click.IntRange(0, 2**64 - 1)
"""The seeds that rows can be split with."""

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


def _served() -> Path:
    """The folder from which the workers of this machine take their model."""
    return load().models or registry.default_models_dir()


models_option = click.option(
    "--models",
    "models_dir",
    type=_FOLDER,
    default=_served,
    help="Folder with manifest.json. Default: DISCUSS_MODELS, or the models shipped with Discuss.",
)
data_argument = click.argument("data_dir", type=_FOLDER)
vectors_option = click.option(
    "--vectors", "vectors_file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What a larger model makes of some of the texts, so that it teaches the heads as well: a file that `make vectors` made.",
)  # fmt: skip
