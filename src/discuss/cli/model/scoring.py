"""`discuss model score`."""

import sys
from pathlib import Path

import rich_click as click

from discuss.classify import registry
from discuss.classify.streaming import BinaryStream, score_lines
from discuss.cli.model.options import models_option


@click.command()
@models_option
def score(models_dir: Path) -> None:
    """Score JSON Lines {"id", "text"} from standard input; print one line of JSON for each.

    Each line is answered as soon as it arrives, so the command can sit at the end of a pipe that stays open. A line that
    cannot be read is answered with {"id": null, "error": …} and makes the exit status 1.
    """
    classifier = registry.load(models_dir)
    try:
        broken = score_lines(classifier, _standard_input(), sys.stdout, sys.stderr)
    except BrokenPipeError:  # the reader of the answers has left
        sys.stderr.close()
        sys.exit(1)
    sys.exit(1 if broken else 0)


def _standard_input() -> BinaryStream:
    return open(sys.stdin.fileno(), "rb", closefd=False)
