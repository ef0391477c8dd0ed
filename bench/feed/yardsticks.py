"""What our endpoint is compared with: nginx with the same bytes in a file, and granian with an application that does nothing else."""

import base64
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.feed import children
from bench.roster import ROOT

_CONF = Path(__file__).with_name("nginx.conf")
_UNPACKED = ROOT / ".venv-bench" / "nginx" / "usr" / "sbin"
_SERVERS_OWN = {"date", "server", "content-length", "transfer-encoding", "connection"}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to give again. `headers` are those of the application; servers add their own."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes

    @property
    def plain(self) -> "Answer":
        """The same bytes with no more headers than a file has."""
        kept = [pair for pair in self.headers if pair[0] in {"content-type", "content-length"}]
        return Answer(self.status, kept, self.body)

    def header(self, name: str) -> str:
        return dict(self.headers).get(name, "")


def ask(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    """The answer with its bytes as they were sent: uncompressed, unless the headers ask for a coding."""
    told = {"accept-encoding": "identity", **(headers or {})}
    with httpx.stream("GET", url, headers=told, timeout=20) as answer:
        body = b"".join(answer.iter_raw())
    kept = [(name, value) for name, value in answer.headers.items() if name not in _SERVERS_OWN]
    length = [("content-length", str(len(body)))] if body else []
    return Answer(answer.status_code, kept + length, body)


def nginx_program() -> str | None:
    """Debian puts it where only root looks; `make bench` may have unpacked one."""
    places = (os.environ.get("PATH", ""), "/usr/sbin", str(_UNPACKED))
    return shutil.which("nginx", path=os.pathsep.join(places))


@contextmanager
def nginx(home: Path, path: str, body: bytes) -> Iterator[str]:
    """The body as a static file, at the same path as ours."""
    folder, port = home / "nginx", children.free_port()
    file = folder / "root" / path.lstrip("/")
    file.parent.mkdir(parents=True)
    file.write_bytes(body)
    conf = folder / "nginx.conf"
    conf.write_text(_CONF.read_text().replace("@HOME@", str(folder)).replace("@PORT@", str(port)))
    command = [
        nginx_program() or "nginx",
        "-p",
        str(folder),
        "-e",
        str(folder / "error.log"),
        "-c",
        str(conf),
    ]
    with children.running(command, {}, folder / "said.log"):
        base = f"http://127.0.0.1:{port}"
        children.wait_for("nginx", lambda: children.answers(base + path))
        yield base


@contextmanager
def raw(home: Path, answer: Answer, processes: int = 1) -> Iterator[str]:
    """Granian as `discuss serve` runs it, with the raw application."""
    port = children.free_port()
    told = home / f"raw-{port}.json"
    body = base64.b64encode(answer.body).decode()
    told.write_text(json.dumps({"status": answer.status, "headers": list(answer.headers), "body": body}))
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--loop", "uvloop", "--no-access-log"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(processes)]
    environment = {"BENCH_ANSWER": str(told), "PYTHONPATH": str(ROOT)}
    with children.running([*command, "bench.feed.raw_asgi:app"], environment, home / f"raw-{port}.log"):
        base = f"http://127.0.0.1:{port}"
        children.wait_for("the raw application", lambda: children.accepts(port))
        yield base
