"""Options that several parts of the bench take."""

from pathlib import Path

import rich_click as click

data_option = click.option(
    "--data", "folder", required=True, help="Labelled comments.",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)  # fmt: skip
