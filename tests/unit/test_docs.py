"""Everything that can be called, set or answered is documented, and everything documented exists."""

import re
from collections.abc import Callable, Iterator
from dataclasses import Field, fields
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import rich_click as click

from discuss import errors, known_places
from discuss.app import build
from discuss.cli.main import group
from discuss.domain.decisions import REJECTION_REASONS, Reason
from discuss.domain.events import Topic
from discuss.domain.sites import RESERVED, SiteSettings
from discuss.feed import keys
from discuss.http import problem
from discuss.http.refusing import LONGEST_QUERY
from discuss.http.sending import INSERTED, JSON, Medium
from discuss.settings import PREFIX, Settings, load
from workers import queue

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?)\s*$", re.MULTILINE)
BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
FRAMEWORKS_OWN = {"/api", "/api/{path}"}
"""Other addresses of the OpenAPI document."""


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *DOCS.glob("**/*.md")])


def commands(command: click.Command, *names: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None
                yield from commands(found, *names, name)
    else:
        yield " ".join(names)


def routes() -> list[str]:
    settings = Settings(demo=True, database_url="postgresql://nowhere/", redis_url="redis://nowhere/")
    app: Any = build(settings).app
    return sorted(
        f"{method} {path}"
        for route in app.routes
        for path in [re.sub(r":\w+}", "}", route.path)]
        for method in route.methods - {"OPTIONS"}
        if path not in FRAMEWORKS_OWN
    )


def test_every_setting_is_in_the_table_of_settings() -> None:
    table = read("operations.md")
    names = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    assert [name for name in names if f"| `{name}` |" not in table] == []


def test_no_setting_is_named_that_does_not_exist() -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    known |= {f"{name}_FILE" for name in known} | {"DISCUSS_PASSWORD"}  # asked for by `discuss user create`
    deployed = [ROOT / "Dockerfile", ROOT / "docker-compose.yml", *ROOT.glob("deploy/*.*")]
    told = {
        (page.name, name)
        for page in [*pages(), *deployed]
        for name in re.findall(r"\bDISCUSS_[A-Z_]*[A-Z]\b", page.read_text())
    }
    assert [pair for pair in sorted(told) if pair[1] not in known] == []


def test_every_route_is_in_the_description_of_the_api() -> None:
    described = read("api.md")
    assert [route for route in routes() if f"`{route}`" not in described] == []


def test_no_route_is_described_that_does_not_exist() -> None:
    described = re.findall(r"`((?:GET|PUT|POST|PATCH|DELETE) /[^`?]*)`", read("api.md"))
    assert sorted(set(described) - set(routes())) == []


def test_every_problem_has_its_meaning_and_its_remedy() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d+) \| .+ \| .+ \|$", read("problems.md"), re.MULTILINE)
    expected = {error.code: str(int(status)) for error, (status, _) in problem.STATUS.items()}
    assert dict(rows) == expected
    assert set(expected) == set(problem.codes())


def test_every_problem_code_that_the_documentation_names_exists() -> None:
    known = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "code")}
    named = re.findall(
        r"(?:4\d\d|503) `([a-z-]+)`", read("api.md") + read("moderation.md") + read("operations.md")
    )
    assert len(named) > 10
    assert sorted(set(named) - known - {"starting"}) == []  # a word in the answer of /health/ready


@pytest.mark.parametrize(
    "name",
    [
        *Topic,
        keys.CHANNEL,
        queue.QUEUE,
        queue.KNOCK,
        queue.AT_ONCE.flag,
        queue.SOON.flag,
        f"{known_places.KEY}DIGEST",
        *keys.every("SITE"),
    ],
)
def test_every_topic_channel_and_key_is_documented(name: str) -> None:
    assert f"`{name.replace('{SITE}', '{site}')}`" in read("events.md")


@pytest.mark.parametrize("field", fields(SiteSettings), ids=lambda field: field.name)
def test_every_setting_of_a_site_is_documented(field: Field[object]) -> None:
    assert f"| `{field.name}` |" in read("api.md")


@pytest.mark.parametrize(("name", "medium"), [("feed", JSON), ("feed.html", INSERTED)])
def test_a_web_server_that_serves_the_files_says_of_them_what_the_api_does(name: str, medium: Medium) -> None:
    block = rf"^location = /api/v1/sites/news/{re.escape(name)} {{\n(.*?)^}}"
    (told,) = re.findall(block, read("operations.md"), re.MULTILINE | re.DOTALL)
    (kind,) = re.findall(r'default_type "?([^"]+?)"?;\n', told)
    assert kind == medium.content_type.decode()
    assert f'add_header Cache-Control "{medium.cache_control.decode()}";' in told
    assert "add_header Access-Control-Allow-Origin *;" in told
    # nginx compresses what a browser accepts, and knows the type of what ends in `.html`, whatever `default_type` says.
    assert ("gzip_static on;" in told, "gzip off;" in told) == (medium.coded, not medium.coded)
    assert ("types { }" in told) == name.endswith(".html")


def test_the_description_of_the_api_says_how_long_the_feed_lasts() -> None:
    assert f"`Cache-Control: {JSON.cache_control.decode()}`" in read("api.md")


def test_every_logged_event_is_explained() -> None:
    code = "".join(
        path.read_text() for folder in ("src", "workers") for path in ROOT.glob(f"{folder}/**/*.py")
    )
    told = read("operations.md")
    assert [
        event
        for event in re.findall(r"""\blog\.(?:debug|info|warning|error|exception)\(\s*"([a-z_.]+)""", code)
        if f"`{event}`" not in told
    ] == []


def test_every_verb_of_the_command_line_is_documented() -> None:
    told = read("operations.md")
    assert [verb for verb in commands(group) if f"`discuss {verb}" not in told] == []


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_documented_with_who_may_give_it(reason: Reason) -> None:
    row = re.search(rf"^\| `{reason}` \| (.+?) \|", read("moderation.md"), re.MULTILINE)
    assert row is not None
    assert ("person" in row[1]) is (reason in REJECTION_REASONS)


def test_commands_that_are_shown_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    verbs = {verb.split()[0] for verb in commands(group)}
    shown = [
        (page.name, block) for page in pages() for block in BLOCK.findall(page.read_text()) + in_line(page)
    ]
    made = {(name, word) for name, text in shown for word in re.findall(r"\bmake ([a-z]+)", text)}
    called = {
        (name, word)
        for name, text in shown
        for word in re.findall(r"(?:^|[|;`$] ?)discuss ([a-z]+)", text, re.MULTILINE)
    }
    assert {word for _, word in made} >= {"run", "test"}
    assert sorted(pair for pair in made if pair[1] not in targets) == []
    assert sorted(pair for pair in called if pair[1] not in verbs) == []


def test_modules_that_are_named_exist() -> None:
    places = (ROOT, ROOT / "src/discuss", ROOT / "src/discuss/classify", ROOT / "src")
    named = {
        (page.name, path)
        for page in pages()
        for path in re.findall(r"`([\w./-]+\.(?:py|js|toml|yml|conf|html))`", page.read_text())
    }
    assert len(named) > 20
    assert sorted(pair for pair in named if not any((place / pair[1]).exists() for place in places)) == []


def in_line(page: Path) -> list[str]:
    return re.findall(r"`[^`\n]+`", page.read_text())


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in LINK.findall(BLOCK.sub("", page.read_text())) if not leads(page, link)]
    assert broken == []


def leads(page: Path, link: str) -> bool:
    if re.match(r"(https?|mailto):", link):
        return True
    path, _, anchor = link.partition("#")
    target = (page.parent / path) if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(page: Path) -> set[str]:
    headings = HEADING.findall(BLOCK.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_settings_in_the_examples_of_deployment_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text() for path in (ROOT / "deploy").iterdir() if path.is_file()]
    texts.append((ROOT / "docs" / "operations.md").read_text())
    found = re.findall(r"(DISCUSS_(?:TRUSTED_PROXIES|PUBLIC_URL|HOST|PORT))=([^\s`\"']+)", " ".join(texts))
    assert found
    for name, value in found:
        monkeypatch.setenv(name, value)
        load()


def caddy() -> Callable[[str], bool]:
    """Whether the example configuration passes an address on to us."""
    (told,) = re.findall(r"^\s*@discuss path (.+)$", (ROOT / "deploy/Caddyfile").read_text(), re.MULTILINE)
    return lambda path: any(fnmatchcase(path, pattern) for pattern in told.split())


def nginx() -> Callable[[str], bool]:
    (told,) = re.findall(r"^\s*location ~ (\S+) {$", (ROOT / "deploy/nginx.conf").read_text(), re.MULTILINE)
    return lambda path: re.search(told, path) is not None


def listed() -> Callable[[str], bool]:
    """The same according to the documentation."""
    part = read("operations.md").partition("### Behind a proxy\n\n")[2].partition("with the `Host`")[0]
    told = tuple(re.findall(r"`([^`]+)`", part))
    return lambda path: path.startswith(told)


EXAMPLES = pytest.mark.parametrize("passed_on", [caddy(), nginx(), listed()], ids=["caddy", "nginx", "docs"])
NOT_FOR_READERS = ("/health", "/metrics", "/demo")
"""For monitoring on the machine, for holders of the token, and for those who try it out."""


@EXAMPLES
def test_a_proxy_as_in_the_examples_passes_on_whatever_is_for_readers_and_staff(
    passed_on: Callable[[str], bool],
) -> None:
    paths = {route.partition(" ")[2] for route in routes()}
    assert {path for path in paths if not passed_on(path)} == {
        path for path in paths if path.startswith(NOT_FOR_READERS)
    }


def test_caddy_as_in_the_example_compresses_the_feed_but_not_the_fragment_that_is_put_into_pages() -> None:
    written = (ROOT / "deploy/Caddyfile").read_text()
    (left,) = re.findall(r"^\s*@coded not path (\S+)\n\s*encode @coded ", written, re.MULTILINE)
    asked = ["/api/v1/sites/news/feed", "/api/v1/sites/news/feed.html"]
    assert [path for path in asked if fnmatchcase(path, left)] == asked[1:]


def test_nginx_as_in_the_example_takes_the_longest_request_line_that_we_answer() -> None:
    written = (ROOT / "deploy/nginx.conf").read_text()
    (room,) = re.findall(r"^\s*large_client_header_buffers \d+ (\d+)k;", written, re.MULTILINE)
    line = f"GET /api/v1/sites/{'x' * 63}/counts?{'x' * LONGEST_QUERY} HTTP/1.1\r\n"
    assert len(line) <= int(room) * 1024


@EXAMPLES
@pytest.mark.parametrize(
    "path", ["/assets/site.css", "/api/", "/api/weather", "/apis", "/documents", "/", "/health/live"]
)
def test_a_proxy_as_in_the_examples_leaves_a_site_what_is_its_own(
    passed_on: Callable[[str], bool], path: str
) -> None:
    assert not passed_on(path)


def test_no_site_has_a_name_that_would_be_another_address_of_the_moderators_pages() -> None:
    first = {
        path.split("/")[2]
        for route in routes()
        if (path := route.partition(" ")[2]).count("/") > 1 and path.startswith("/console/")
    }
    assert {name for name in first if not name.startswith("{")} == RESERVED
