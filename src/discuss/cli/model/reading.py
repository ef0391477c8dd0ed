"""Read labelled comments from a folder, with a progress bar."""

from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from discuss.classify import data
from discuss.classify.corpus import Corpus
from discuss.cli.model.progress import COLUMNS


def corpus_from(data_dir: Path, seed: int, console: Console) -> Corpus:
    corpus = Corpus(seed)
    files = data.files(data_dir)
    with Progress(*COLUMNS, console=console) as progress:
        task = progress.add_task("reading", total=sum(map(data.size, files)))
        for path in files:
            progress.update(task, description=path.name)
            corpus.add(path)
            progress.advance(task, data.size(path))
        progress.update(task, description="grouping near-duplicates")
        corpus.divide()
    return corpus
