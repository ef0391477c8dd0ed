"""How verbs say what they made: a sentence for people, JSON for scripts."""

from collections.abc import Mapping

import msgspec
import rich_click as click

json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def tell(made: Mapping[str, object], sentence: str, *, as_json: bool) -> None:
    click.echo(msgspec.json.encode(made).decode() if as_json else sentence)
