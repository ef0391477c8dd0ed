"""Puts the tables into the documentation, between two marks."""

from pathlib import Path

from bench.roster import ROOT

PAGE = ROOT / "docs" / "feed-benchmark.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def show(rendered: str, page: Path = PAGE) -> Path:
    page.write_text(inserted(page.read_text(encoding="utf-8"), rendered), encoding="utf-8")
    return page


def inserted(text: str, rendered: str) -> str:
    """Raises `ValueError` if the marks are missing, which is better than a page without its figures."""
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"there is no place for the figures between {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{rendered}\n{END}{after}"
