"""Keeps readers posting while something else is measured, and proves that what they posted was published."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bench.feed import children
from bench.feed.filling import SLUG
from bench.feed.stack import Stack
from bench.processes import Failed
from bench.roster import ROOT

RATE = 50
_PUBLISHED = "SELECT count(*) FROM decisions WHERE state = 'published'"
_WAITING = "SELECT count(*) FROM outbox WHERE due_at <= now()"
_PATIENCE = 120


@dataclass
class Writers:
    """`base`: the API process they write to, which is not the one that is measured. `texts`: if there are none, the usual ones."""

    stack: Stack
    base: str
    tokens: Sequence[str]
    articles: Sequence[UUID]
    rate: int = RATE
    texts: Sequence[str] = ()
    reports: list[dict[str, Any]] = field(default_factory=list)
    posted: int = 0

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Leaves nothing waiting, so that the next sample does not pay for this one."""
        before = self._number(_PUBLISHED)
        child = subprocess.Popen(
            [sys.executable, "-m", "bench.feed.writing"], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        try:
            self._begin(child)
            yield
            meanwhile = self._number(_PUBLISHED) - before
            said, _ = child.communicate(timeout=_PATIENCE)
        finally:
            child.kill()
            child.wait()
        self._keep({**json.loads(said), "published_meanwhile": meanwhile}, before)

    def _begin(self, child: "subprocess.Popen[str]") -> None:
        if not (child.stdin and child.stdout):
            raise Failed("the writers have no pipes")
        orders = {
            "site": f"{self.base}/api/v1/sites/{SLUG}", "rate": self.rate, "first": self.posted,
            "tokens": list(self.tokens), "articles": [str(one) for one in self.articles], "texts": list(self.texts),
        }  # fmt: skip
        child.stdin.write(json.dumps(orders) + "\n")
        child.stdin.flush()
        if child.stdout.readline().strip() != "writing":
            raise Failed("the writers did not begin")

    def _keep(self, report: dict[str, Any], before: int) -> None:
        accepted = report["answers"].get("202", 0)
        self.posted += sum(report["answers"].values())
        children.wait_for("the worker to publish what was posted", lambda: not self._number(_WAITING))
        published = self._number(_PUBLISHED) - before
        if not published:
            raise Failed(f"nothing that was posted was published: {report}")
        self.reports.append({**report, "accepted": accepted, "published": published})

    def _number(self, query: str) -> int:
        return int(self.stack.sql(lambda sql: sql.fetchval(query)))
