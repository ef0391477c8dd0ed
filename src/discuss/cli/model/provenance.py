"""Whether the comments at hand are the ones a model was trained on."""

from rich.console import Console

from discuss.classify.corpus import Corpus
from discuss.classify.manifest import Entry


def warn_of_other_files(entry: Entry, corpus: Corpus, console: Console) -> None:
    """With other files, or more of them, the split may differ, and rows that count as kept out may have been learnt from."""
    changed = sorted({name for name, _ in entry.data.items() ^ corpus.fingerprints.items()})
    if changed:
        console.print(
            f"These files differ from those that {entry.name} was trained on: {', '.join(changed)}",
            style="yellow",
        )
