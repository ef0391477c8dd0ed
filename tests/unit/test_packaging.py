"""The wheel, installed where the repository cannot be seen, runs the whole service."""

import os
import re
import shutil
import signal
import site
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from zipfile import ZipFile

import pytest
import yaml

from discuss.embedded.survivors import mark_of, survivors
from tests.stack import free_port, wait_for

ROOT = Path(__file__).parents[2]
LARGEST_FILE = 30_000_000  # the model; everything else is far smaller
LARGEST_WHEEL = 32_000_000
PATIENCE = 90.0
"""Seconds, for machines that are busy otherwise."""
WANTED = (
    r"workers/main\.py",
    r"discuss/_models/manifest\.json",
    r"discuss/_models/.+\.skops",
    r"discuss/classify/composed/war_ru\.toml",
    r"discuss/classify/composed/slots/groups_ru\.toml",
    r"discuss/classify/foreign/pl\.txt",
    r"discuss/demo/articles\.json",
    r"discuss/store/migrations/env\.py",
    r"discuss/store/migrations/versions/0001_.+\.py",
    r"discuss/http/embed/latest\.js",
    r"discuss/http/embed/thread\.js",
    r"discuss/http/console/queue\.html",
    r"discuss/http/pages/words/ru\.json",
)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A short path that other accounts may traverse: PostgreSQL does not run as root."""
    folder = Path(tempfile.mkdtemp(prefix="dx-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def wheel(place: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place / "wheel", cwd=ROOT)
    return next((place / "wheel").glob("*.whl"))


@pytest.fixture(scope="module")
def installed(place: Path, wheel: Path) -> Path:
    """An environment with the wheel installed, which borrows this one's packages but not its link to the repository."""
    run(sys.executable, "-m", "venv", "--without-pip", place / "env")
    python = place / "env/bin/python"
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-cache", "--no-index"]
    run(*uv, "--no-deps", "--python", python, wheel)
    folder = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    # A folder named in a .pth file is searched, but .pth files inside it are not read: no editable install comes along.
    Path(folder, "borrowed.pth").write_text("\n".join(site.getsitepackages()))
    return place / "env/bin"


def run(*command: object, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd, env=plain(), capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def plain() -> dict[str, str]:
    """The environment variables without our settings, and without extra places for Python to look in."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("DISCUSS_", "PYTHON"))}


def test_the_wheel_holds_everything_that_runs_and_nothing_that_is_large(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        files = {entry.filename: entry.file_size for entry in archive.infolist()}
    missing = [pattern for pattern in WANTED if not any(re.fullmatch(pattern, n) for n in files)]
    assert missing == []
    assert [name for name in files if not name.startswith(("discuss/", "workers/", "discuss-"))] == []
    assert [name for name in files if "__pycache__" in name] == []
    assert [name for name, size in files.items() if size > LARGEST_FILE] == []
    assert wheel.stat().st_size < LARGEST_WHEEL


def test_the_image_builds_with_the_whole_build_backend_and_nothing_else() -> None:
    told = re.search(r"/\^\(([a-z|-]+)\)==/", (ROOT / "Dockerfile").read_text())
    assert told is not None
    wanted = {
        re.split(r"[^a-z-]", line, maxsplit=1)[0]
        for line in requires("hatchling") or []
        if "extra ==" not in line
    }
    wanted = {name for name in wanted if name != "tomli"}  # for Pythons older than ours
    assert set(told[1].split("|")) == wanted | {"hatchling"}


def test_the_composed_services_start_in_order_and_keep_their_secrets_in_files() -> None:
    composed = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    services = composed["services"]
    assert set(services) == {"postgres", "valkey", "migrate", "api", "worker", "proxy"}
    for name in ("api", "worker"):
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
        assert services[name]["read_only"] is True
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert {secret["file"] for secret in composed["secrets"].values()} == {
        "./deploy/secrets/database_url",
        "./deploy/secrets/postgres_password",
    }
    volumes = [volume for service in services.values() for volume in service.get("volumes", [])]
    named = {volume.partition(":")[0] for volume in volumes if not volume.startswith(".")}
    assert named == set(composed["volumes"])


def test_the_composed_database_counts_as_healthy_only_once_others_can_reach_it() -> None:
    composed = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert "--host=127.0.0.1" in composed["services"]["postgres"]["healthcheck"]["test"]


def told(command: str) -> str:
    """The one block of the documentation that has this in it."""
    blocks = re.findall(r"```\n(.*?)```", (ROOT / "docs/operations.md").read_text(), re.DOTALL)
    (block,) = [block for block in blocks if command in block]
    return str(block)


def test_composed_as_documented_the_site_and_its_comments_have_one_origin() -> None:
    (address,) = re.findall(r"DISCUSS_PUBLIC_URL=https://(\S+)", (ROOT / "deploy/nginx.conf").read_text())
    (written,) = re.findall(r"printf '(.+)' > \.env", told("docker compose up --detach --build"))
    answers = dict(line.split("=") for line in written.split(r"\n") if line)
    assert set(answers) == {"DOMAIN", "SITE"}
    assert answers["DOMAIN"] == address


def test_a_web_server_of_ones_own_takes_the_place_of_the_proxy() -> None:
    composed = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    instead = yaml.safe_load(told("profiles: "))["services"]
    assert set(instead) <= set(composed["services"])
    assert instead["proxy"]["profiles"]
    assert not [name for name, one in composed["services"].items() if "proxy" in one.get("depends_on", ())]
    (upstream,) = re.findall(r"^ *server ([\d.:]+);", (ROOT / "deploy/nginx.conf").read_text(), re.MULTILINE)
    assert instead["api"]["ports"] == [f"{upstream}:8000"]
    # What comes through a published port has the address of the network's gateway.
    (network,) = composed["networks"]["default"]["ipam"]["config"]
    assert composed["x-discuss"]["environment"]["DISCUSS_TRUSTED_PROXIES"] == network["subnet"]


def test_the_repository_cannot_be_seen_from_the_installation(installed: Path, place: Path) -> None:
    told = run(
        installed / "python",
        "-c",
        "import discuss, workers; print(discuss.__file__, workers.__file__)",
        cwd=place,
    )
    assert str(ROOT) not in told
    assert told.count(str(place)) == 2


def test_an_installed_wheel_starts_the_whole_service_and_leaves_nothing_running(
    installed: Path, place: Path
) -> None:
    home, port = place / "home", free_port()
    up = subprocess.Popen(
        [installed / "discuss", "up", "--no-demo"],
        env=plain() | {"DISCUSS_HOME": str(home), "DISCUSS_PORT": str(port)},
        cwd=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(
            "the API to be ready", lambda: up.poll() is not None or answer(port, "/health/ready"), PATIENCE
        )
        assert up.poll() is None
        worker_log = home / "log/worker.log"
        wait_for("the worker and its model", lambda: "worker.started" in worker_log.read_text(), PATIENCE)
        assert [
            path for path in ("/docs", "/console/log-in", "/embed/thread.js") if not answer(port, path)
        ] == []
    finally:
        up.send_signal(signal.SIGINT)
        told, _ = up.communicate(timeout=PATIENCE)
    assert up.returncode == 0, told
    assert [survivors(mark_of(folder)) for folder in (home, home / "postgres", home / "valkey")] == [
        [],
        [],
        [],
    ]


def answer(port: int, path: str) -> bytes:
    """The body of a 200 answer; empty if there is none."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as found:
            body: bytes = found.read()
            return body
    except (URLError, OSError):
        return b""
