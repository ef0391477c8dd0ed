"""Scores JSON Lines {"id", "text"} from standard input with one candidate, and prints {id: score}: `python -m bench.scoring MODULE`."""

import importlib
import json
import sys

_BATCH = 256


def main(module: str) -> None:
    score = importlib.import_module(f"bench.candidates.{module}").load().score
    rows = [json.loads(line) for line in sys.stdin]
    scores: dict[str, float] = {}
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        found = score([row["text"] for row in batch])
        scores.update(zip((row["id"] for row in batch), found, strict=True))
    json.dump(scores, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
