"""Numbers and tables in Markdown."""

from collections.abc import Iterable, Iterator, Sequence

Cells = Sequence[object]


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def share(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}".replace("%", " %")


def heading(title: str, *paragraphs: str) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    for paragraph in paragraphs:
        yield paragraph
        yield ""


def table(names: Sequence[str], rows: Iterable[Cells], *, words: int = 1) -> Iterator[str]:
    """A table whose first `words` columns are words; the others are figures and aligned to the right."""
    yield _row(names)
    yield _row(["---"] * words + ["---:"] * (len(names) - words))
    yield from map(_row, rows)
    yield ""


def _row(cells: Cells) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
