"""A process writes its feeds into files, whatever gets in its way."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from discuss.domain.accounts import Credential, Grant, Principal, Role
from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.feed.shelf import Shelf
from discuss.feed.snapshots import Snapshots
from discuss.http import export as exporting
from discuss.http.export import Export
from discuss.usecases.build_feeds import build_changed
from discuss.usecases.project import project
from discuss.usecases.register_article import register_article
from discuss.usecases.register_site import change_site
from discuss.usecases.services import Services
from tests.integration.conftest import ONE
from tests.stack import wait_for

ADMIN = Principal(Credential.BEARER, uuid4(), grants=(Grant(Role.ADMIN, None),))


@pytest.fixture
async def process(
    services: Services, site: Site, article: Article, tmp_path: Path, monkeypatch
) -> AsyncIterator[Services]:
    """A process that exports, and retries soon."""
    monkeypatch.setattr(exporting, "LOOK", 0.02)
    monkeypatch.setattr(exporting, "PAUSE", 0.05)
    while await project(services) or await build_changed(services):
        pass
    own = replace(services, snapshots=Snapshots(services.reader, Shelf(tmp_path / "shelf")))
    export = Export(tmp_path / "exported", own)
    export.start()
    yield own
    await export.stop()


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    return tmp_path / "exported" / site.slug


async def until(what: str, condition: Callable[[], object]) -> None:
    await asyncio.to_thread(wait_for, what, condition)


async def fails(process: Services, site: Site, event: str) -> None:
    """Waits until the export has failed more than once."""
    with capture_logs() as logs:
        await process.snapshots.renew(site.slug)
        await until("two failures", lambda: [log["event"] for log in logs].count(event) > 1)


def said(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def unfinished(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(".*") if path.name != ".lock"]


async def test_a_feed_is_written_as_soon_as_nothing_stands_in_the_way(
    process: Services, site: Site, folder: Path
) -> None:
    folder.parent.mkdir()
    await asyncio.to_thread(folder.touch)
    await fails(process, site, "feed.export_unwritable")
    await asyncio.to_thread(folder.unlink)
    await until("the files", (folder / "point").exists)
    assert unfinished(folder) == []


async def test_a_writing_that_breaks_off_is_done_again_as_a_whole(
    process: Services, site: Site, folder: Path
) -> None:
    page = folder / "feed.html"
    page.mkdir(parents=True)
    await fails(process, site, "feed.export_unwritable")
    page.rmdir()
    await until("the files", (folder / "point").exists)
    assert page.is_file()
    assert unfinished(folder) == []


async def test_a_defect_is_told_and_ends_nothing(process: Services, site: Site, folder: Path) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(exporting, "as_html", broken)
        await fails(process, site, "feed.export_failed")
    await until("the files", (folder / "point").exists)


async def test_what_an_earlier_process_had_no_time_to_write_is_written_at_the_start(
    process: Services, services: Services, site: Site, folder: Path, tmp_path: Path
) -> None:
    await process.snapshots.renew(site.slug)
    await until("the file", (folder / "feed.json").exists)
    process.snapshots.shelve()
    shutil.rmtree(folder)
    started = replace(services, snapshots=Snapshots(services.reader, Shelf(tmp_path / "shelf")))
    export = Export(tmp_path / "exported", started)
    export.start()
    started.snapshots.recall()
    await until("the file", (folder / "feed.json").exists)
    await export.stop()


async def test_a_file_that_somebody_deleted_is_written_with_the_next_change(
    process: Services, site: Site, folder: Path
) -> None:
    await process.snapshots.renew(site.slug)
    await until("the file", (folder / "feed.html.zst").exists)
    (folder / "feed.json").unlink()
    await register_article(
        process, Principal(Credential.KEY, site_id=site.id), site.slug, replace(ONE, title="Renamed")
    )
    await project(process)
    await process.snapshots.renew(site.slug)
    await until("the file again", lambda: "Renamed" in said(folder / "feed.json"))


async def test_a_site_that_moved_to_another_language_and_zone_has_its_fragment_written_anew(
    process: Services, site: Site, folder: Path
) -> None:
    await process.snapshots.renew(site.slug)
    fragment = folder / "feed.html"
    await until("the fragment", lambda: '"discuss-latest" lang="en"' in said(fragment))
    await change_site(process, ADMIN, site.slug, languages=["ru"], time_zone="Asia/Kolkata")
    await build_changed(process)
    await process.snapshots.renew(site.slug)
    await until("the fragment in Russian", lambda: '"discuss-latest" lang="ru"' in said(fragment))
    assert f"{ONE.published_at.astimezone(ZoneInfo('Asia/Kolkata')):%d.%m %H:%M}" in said(fragment)
