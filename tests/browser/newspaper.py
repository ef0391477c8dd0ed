"""A newspaper's page on one origin and the sidebar's server on another, both real and both on loopback.

The server does what a test says: it has rows, fails, hangs up or streams. The page's policy allows that server and nothing else.
"""

import gzip
import hashlib
import json
import select
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from discuss.http import embed

Row = dict[str, Any]
NOW = datetime(2026, 1, 30, 6, 0, tzinfo=UTC)
FEED = "/api/v1/sites/review/feed"
TITLES = [
    ("ru", "Учебный центр показал, как готовят расчёты против малых дронов"),
    ("en", "Bridge in ninety minutes: engineers put a crossing over the river in the dark"),
    ("ru", "«Гефест» и CAPTOR: чем отличаются радары с АФАР"),
    ("en", "Shipyard delivers a second minelayer"),
    ("ru", "Хлебозавод на колёсах"),
    ("en", "The F-35 spare-parts question: why Поставка takes eleven months"),
    ("ru", "Противовоздушнооборонительный комплекс: слово длиннее колонки"),
    ("en", "Field hospital: what the numbers of the winter exercise say"),
]
COUNTS = [13_883, 412, 1_204, 0, 1, 22, 5, 97]


def row(number: int, **changes: Any) -> Row:
    """A row of a feed whose newest activity was at 07:24 in Moscow; each further row is 83 minutes older."""
    language, title = TITLES[number % len(TITLES)]
    at = datetime(2026, 1, 30, 4, 24, tzinfo=UTC) - timedelta(minutes=83 * number)
    return {
        "id": f"id-{number}",
        "url": f"https://review.example/{number}",
        "title": title,
        "language": language,
        "comment_count": COUNTS[number % len(COUNTS)],
        "last_activity_at": at.isoformat().replace("+00:00", "Z"),
    } | changes


@dataclass
class Poll:
    path: str
    status: int


@dataclass
class Newspaper:
    rows: list[Row] = field(default_factory=lambda: [row(number) for number in range(15)])
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hangs_up: bool = False
    streams: bool = False
    html: str = ""
    styled: bool = False
    polls: list[Poll] = field(default_factory=list)
    streamed: list[SimpleQueue[bytes]] = field(default_factory=list)
    listening: int = 0
    refused: int = 0
    page_origin: str = ""
    origin: str = ""

    @property
    def statuses(self) -> list[int]:
        return [poll.status for poll in self.polls]

    def tell(self, event: str) -> None:
        for queue in self.streamed:
            queue.put(f'event: {event}\nid: e.1\ndata: {{"point": "e.1"}}\n\n'.encode())

    def put(self, html: str = "", *, language: str = "ru", styled: bool = False, **attributes: str) -> str:
        """Publishes a page with the sidebar in it, whose content is `html`. Returns its address."""
        named = {"site": "review", "zone": "Europe/Moscow"} | attributes
        told = " ".join(f'{name}="{value}"' for name, value in named.items())
        style = f'<link rel="stylesheet" href="{self.origin}/embed/latest.css">' if styled else ""
        self.styled = styled
        self.html = (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Review</title>'
            '<meta name="color-scheme" content="light dark"><meta name="viewport" content="width=device-width">'
            f'{style}<script type="module" src="{self.origin}/embed/latest.js"></script></head>'
            f"<body><main><h1>Review</h1><discuss-latest {told}>{html}</discuss-latest></main></body></html>"
        )
        return f"{self.page_origin}/"

    @property
    def policy(self) -> str:
        styles = f"; style-src {self.origin}" if self.styled else ""
        return f"default-src 'none'; script-src {self.origin}; connect-src {self.origin}{styles}"


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    paper: Newspaper

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  - the name of the inherited parameter
        """Logs nothing: tests look at `polls`."""

    def send(self, status: int, kind: str, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class _Page(_Answering):
    def do_GET(self) -> None:
        body = self.paper.html.encode() if self.path == "/" else b""
        headers = {"content-security-policy": self.paper.policy, "cache-control": "no-store"}
        self.send(200, "text/html", body, headers)


class _Server(_Answering):
    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/embed/"):
            self._file(Path(embed.__file__).parent / Path(path).name)
        elif path.endswith("/stream"):
            self._stream()
        else:
            self._feed()

    def _file(self, path: Path) -> None:
        kind = "text/javascript" if path.suffix == ".js" else "text/css"
        self.send(200, kind, path.read_bytes(), {"access-control-allow-origin": "*"})

    def _feed(self) -> None:
        paper = self.paper
        if paper.hangs_up:
            paper.polls.append(Poll(self.path, 0))
            self.close_connection = True
            return
        body = json.dumps(
            {"site": "review", "point": "e.1", "full": True, "articles": paper.rows, "next": None}
        )
        etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'
        known = paper.status == 200 and self.headers["if-none-match"] == etag
        paper.polls.append(Poll(self.path, 304 if known else paper.status))
        headers = {"access-control-allow-origin": "*", "etag": etag, "cache-control": "public, max-age=1"}
        headers |= paper.headers | ({} if known else {"content-encoding": "gzip"})
        sent = b"" if known else gzip.compress(body.encode())
        self.send(304 if known else paper.status, "application/json", sent, headers)

    def _stream(self) -> None:
        if self.paper.hangs_up:
            self.close_connection = True
            return
        if not self.paper.streams:
            self.paper.refused += 1
            self.send(404, "text/plain", b"", {"access-control-allow-origin": "*"})
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("access-control-allow-origin", "*")
        self.end_headers()
        queue: SimpleQueue[bytes] = SimpleQueue()
        self.paper.streamed.append(queue)
        self.paper.listening += 1
        self.close_connection = True
        while not self._left():
            try:
                self.wfile.write(queue.get(timeout=0.02))
            except Empty:
                continue
            except OSError:
                break
        self.paper.listening -= 1

    def _left(self) -> bool:
        """Whether the browser closed the stream, which shows as an end of file to read, or the test is over."""
        return not self.paper.streams or bool(select.select([self.connection], [], [], 0)[0])


@contextmanager
def served() -> Iterator[Newspaper]:
    paper = Newspaper()
    servers = [
        ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (kind,), {"paper": paper}))
        for kind in (_Page, _Server)
    ]
    paper.page_origin, paper.origin = (f"http://127.0.0.1:{server.server_port}" for server in servers)
    for server in servers:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield paper
    finally:
        paper.streams = False
        for server in servers:
            server.shutdown()
            server.server_close()
