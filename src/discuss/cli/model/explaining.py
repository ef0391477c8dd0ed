"""`discuss model explain`: why one text got the scores it has."""

import json
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import rich_click as click
from rich.console import Console, RenderableType
from rich.text import Text

from discuss.classify import registry
from discuss.classify.offsets import utf16
from discuss.classify.protocol import Classifier, Scored, Span
from discuss.classify.verdicts import shipped_verdict
from discuss.cli.model.options import models_option
from discuss.domain.decisions import Verdict

_STRONG, _WEAK = "bold white on red", "black on yellow"
_UNSEEN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Explained:
    """`verdict` is that of a site that sets no thresholds of its own."""

    model: str
    text: str
    scored: Scored
    held_from: Mapping[str, float]
    spans: Mapping[str, Sequence[Span]]
    verdict: Verdict


@click.command()
@click.argument("text")
@models_option
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object, with the positions of the parts."
)
def explain(text: str, models_dir: Path, *, as_json: bool) -> None:
    """Show how the active model scores TEXT, and which parts raised each score.

    With -, the text is read from standard input. The verdict is that of a site that uses the model's own thresholds.
    """
    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace").removesuffix("\n")
    explained = explained_by(registry.load(models_dir), text)
    if as_json:
        click.echo(json.dumps(as_object(explained)))
    else:
        Console(highlight=False).print(*as_page(explained), sep="\n")


def explained_by(classifier: Classifier, text: str) -> Explained:
    scored, spans = classifier.score([text])[0], classifier.explain([text])[0]
    held_from = classifier.held_from(scored.language)
    verdict = shipped_verdict(classifier, scored)
    return Explained(f"{classifier.name} {classifier.version}", text, scored, held_from, spans, verdict)


def as_object(explained: Explained) -> Mapping[str, object]:
    """Places count code points, as Python does; those under `utf16` count code units, as JavaScript does."""
    return {
        "model": explained.model,
        "language": explained.scored.language,
        "normalised": explained.scored.normalised,
        "verdict": str(explained.verdict.state),
        "reasons": [str(reason) for reason in explained.verdict.reasons],
        "labels": {label: _label(explained, label) for label in explained.scored.scores},
    }


def as_page(explained: Explained) -> Iterator[RenderableType]:
    scored, verdict = explained.scored, explained.verdict
    yield Text(f"model       {explained.model}")
    yield Text(f"language    {scored.language}")
    yield Text(f"normalised  {_visible(scored.normalised)}")
    yield Text(f"verdict     {verdict.state} ({', '.join(verdict.reasons)})")
    for label, score in scored.scores.items():
        yield Text(f"\n{label}  {score:.3f}, {_threshold(explained, label)}", style="bold")
        yield from _marked(explained.text, explained.spans.get(label, ()))
    if not scored.scores:
        yield Text("\nThe model covers no labels in this language.")


def _label(explained: Explained, label: str) -> Mapping[str, object]:
    spans = explained.spans.get(label, ())
    return {
        "score": explained.scored.scores[label],
        "held_from": explained.held_from.get(label),
        "spans": [
            {
                "start": span.start,
                "end": span.end,
                "utf16": {"start": units.start, "end": units.end},
                "weight": span.weight,
                "text": explained.text[span.start : span.end],
            }
            for span, units in zip(spans, utf16(explained.text, spans), strict=True)
        ],
    }


def _threshold(explained: Explained, label: str) -> str:
    held_from = explained.held_from.get(label)
    return "never held" if held_from is None else f"held from {held_from:.2f}"


def _marked(text: str, spans: Sequence[Span]) -> Iterator[Text]:
    """The text in colours, and the same in words for people who cannot see colours."""
    if not spans:
        return
    marked = Text(_visible(text))
    strongest = max(span.weight for span in spans)
    for span in sorted(spans, key=lambda span: span.weight):  # where two overlap, the stronger is seen
        marked.stylize(_STRONG if span.weight >= strongest / 2 else _WEAK, span.start, span.end)
    yield marked
    for span in spans:
        yield Text(f"  {span.weight:+.2f}  {_visible(text[span.start : span.end])}")


def _visible(text: str) -> str:
    """The text at the same length, without characters that a terminal would obey, hide or fail to write."""
    return "".join(
        _UNSEEN if unicodedata.category(letter).startswith("C") and letter != "\n" else letter
        for letter in text.replace("\t", " ")
    )
