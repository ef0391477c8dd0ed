"""The page that describes the API: rendered once for each language, however many ask for it."""

import pytest
from litestar.testing import TestClient

from discuss.app import build
from discuss.http import docs
from discuss.http.pages import page
from discuss.markup import render
from discuss.settings import Settings


@pytest.fixture(scope="module")
def client() -> TestClient:
    settings = Settings(database_url="postgresql://nowhere/", redis_url="redis://nowhere/")
    return TestClient(build(settings).app)  # not started: the stores it would need are not there


def test_it_is_put_together_once_for_each_language(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs._described.cache_clear()  # noqa: SLF001  - another test may have asked before
    asked: list[str] = []
    find = page.templates.get_template
    monkeypatch.setattr(
        page.templates, "get_template", lambda name, *more: asked.append(name) or find(name, *more)
    )
    first = client.get("/docs?lang=en")
    assert first.status_code == 200
    for number in range(3):
        again = client.get(f"/docs?lang=en&number={number}").text
        assert again == first.text.replace("?lang=", f"?number={number}&amp;lang=")
        client.get("/docs?lang=ru")
    assert asked.count("pages/described.html") == 2


def test_a_sentence_that_stands_in_many_places_is_made_html_once(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(source: str) -> str:
        made.append(source)
        return render(source)

    monkeypatch.setattr(page, "render", counted)
    for kept in (docs._described, page._markdown):  # noqa: SLF001  - as above
        kept.cache_clear()
    for language in ("en", "ru"):
        assert client.get(f"/docs?lang={language}").status_code == 200
    assert len(made) == len(set(made)) > 50


@pytest.mark.parametrize(("language", "word"), [("en", "Responses"), ("ru", "Ответы")])
def test_each_language_has_its_own_words(client: TestClient, language: str, word: str) -> None:
    shown = client.get(f"/docs?lang={language}").text
    assert f'<html lang="{language}">' in shown
    assert word in shown
