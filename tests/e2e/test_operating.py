"""What an operator switches on: metrics behind a token, and the feed as files."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
import zstandard
from redis import Redis

from discuss.feed import keys
from tests.stack import SiteInUse, Stack, wait_for

TOKEN = "a token of the operator's"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exported")


@pytest.fixture(scope="module")
def operated(folder: Path) -> Iterator[Stack]:
    with Stack.running(
        DISCUSS_METRICS_TOKEN=TOKEN, DISCUSS_FEED_EXPORT_DIR=str(folder), DISCUSS_API_PROCESSES="2"
    ) as stack:
        yield stack


@pytest.fixture(scope="module")
def site(operated: Stack) -> SiteInUse:
    site = operated.site("exported")
    site.article("one", title="Танк <b>Tank</b>")
    site.built(1)
    return site


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer wrong", TOKEN, f"Basic {TOKEN}"])
def test_metrics_are_closed_to_whoever_lacks_the_token(operated, authorization):
    answer = operated.client.get("/metrics", headers={"authorization": authorization})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_without_a_token_in_the_settings_there_are_no_metrics(stack):
    assert stack.client.get("/metrics", headers={"authorization": "Bearer x"}).status_code == 404


def test_metrics_tell_of_drift_and_listeners(operated, site):
    answer = operated.client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert f'discuss_feed_drift_total{{site="{site.slug}"}} 0.0' in answer.text
    assert "discuss_feed_listeners{" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_every_change_of_a_feed_is_written_as_files(operated, site, folder):
    target = folder / site.slug / "feed.json"
    wait_for("the file", lambda: target.exists() and titles(target) == ["Танк <b>Tank</b>"])
    site.article("one", title="Renamed")
    wait_for("the new title", lambda: titles(target) == ["Renamed"])
    wait_for(
        "the same bytes as a poll",
        lambda: target.read_bytes() == operated.client.get(f"{site.path}/feed").content,
    )
    html = folder / site.slug / "feed.html"
    wait_for(
        "the fragment", lambda: html.read_bytes() == operated.client.get(f"{site.path}/feed.html").content
    )
    plain = target.read_bytes()
    assert gzip.decompress(target.with_suffix(".json.gz").read_bytes()) == plain
    assert brotli.decompress(target.with_suffix(".json.br").read_bytes()) == plain
    assert zstandard.ZstdDecompressor().decompress(target.with_suffix(".json.zst").read_bytes()) == plain


def titles(path: Path) -> list[str]:
    return [row["title"] for row in json.loads(path.read_bytes())["articles"]]


def test_a_feed_that_is_wrong_is_built_anew_by_one_command(operated):
    site = operated.site("mended")
    site.article("one", title="As it is")
    before = site.built(1)
    with Redis.from_url(operated.valkey.url) as redis:
        name, _ = next(iter(redis.hscan_iter(keys.ages(site.slug))))
        redis.hset(keys.ages(site.slug), name, str(2**62))
    site.article("one", title="As it should be")
    rebuild = operated.process("rebuild")
    rebuild.start()
    assert rebuild.child is not None
    assert rebuild.child.wait(60) == 0, rebuild.log.read_text()
    assert f"{site.slug}: rebuilt" in rebuild.log.read_text()
    wait_for("the true title", lambda: [row["title"] for row in site.feed()] == ["As it should be"])
    assert site.built(1)["point"] != before["point"]
