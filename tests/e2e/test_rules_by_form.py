"""The editor's form has the same limits as the API, says in the moderator's language what is wrong, and keeps what was typed."""

import json
import random
import re
from html import unescape
from http.client import HTTPConnection
from itertools import count

import httpx
import pytest

from discuss.domain.accounts import Role
from discuss.domain.rules import Action, LinksSpec, Mode, PremoderationSpec, RepeatsSpec, Rule, kind_of
from discuss.http.long_lists import LONGEST_BODY
from discuss.store import rules
from tests.e2e.asking import ALL_PUBLISHED
from tests.stack import Person, SiteInUse, Stack

RUSSIAN = {"accept-language": "ru"}
PIECE = {"x-piece": "1"}
NUMBERS = count(1)
CHANCE = random.Random(7)  # noqa: S311 - repeatable, guards nothing
FULL = ["".join(CHANCE.choices("бвгдежзиклмнопрстуф", k=25)) for _ in range(20_000)]
"""As many entries as one list may have, with as many letters as all lists of a site may have together."""


@pytest.fixture
def site(stack: Stack) -> SiteInUse:
    return stack.site("formed", thresholds=ALL_PUBLISHED)


@pytest.fixture
def admin(site: SiteInUse) -> Person:
    return site.person(Role.ADMIN)


def send(
    site: SiteInUse, who: Person | None, headers: dict[str, str] | None = None, **form: object
) -> httpx.Response:
    """Sends the form of a new rule."""
    known = {"act": "save", "name": f"Rule {next(NUMBERS)}", "mode": "on", "action": "hold"}
    sent = (who.headers if who else {}) | (headers or {})
    return site.stack.client.post(f"/console/{site.slug}/rules/new", data=known | form, headers=sent)


def saved(site: SiteInUse, admin: Person) -> list[dict[str, object]]:
    answer = site.stack.client.get(f"{site.path}/rules", headers=admin.headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()
    return found


def told(answer: httpx.Response) -> str:
    """The text of the alert on a page or a fragment."""
    found = re.search(r'role="alert".*?</p>', answer.text, re.DOTALL)
    assert found is not None, answer.text
    return unescape(re.sub(r"<[^>]+>", "", found[0].partition(">")[2])).strip()


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "repeats", "by_author": "0"},
        {"kind": "repeats", "by_author": "1"},
        {"kind": "repeats", "by_author": "51"},
        {"kind": "repeats", "by_anybody": "1"},
        {"kind": "repeats", "minutes": "10081"},
        {"kind": "repeats", "minutes": "9" * 400},
        {"kind": "premoderation", "first_comments": "1001"},
        {"kind": "premoderation", "rejected_percent": "0"},
        {"kind": "premoderation", "rejected_percent": "101"},
        {"kind": "premoderation", "languages": "Russian"},
        {"kind": "premoderation"},
        {"kind": "words"},
        {"kind": "links", "allow": "example.org"},
        {"kind": "links", "deny": "no site"},
    ],
)
@pytest.mark.parametrize("act", ["save", "backtest"])
def test_the_form_refuses_what_the_api_refuses(
    site: SiteInUse, admin: Person, form: dict[str, str], act: str
) -> None:
    assert send(site, admin, act=act, **form).status_code == 422
    assert saved(site, admin) == []


def test_a_language_may_be_written_in_capitals(site: SiteInUse, admin: Person) -> None:
    assert send(site, admin, kind="premoderation", languages="RU\n").status_code == 303
    (rule,) = saved(site, admin)
    assert rule["premoderation"]["languages"] == ["ru"]  # type: ignore[index]
    reader, article = site.person(), site.article("one", language="ru")
    comment = site.comment(reader, article, "Мост открыли вовремя, и все этому рады.")
    assert site.decided(reader, comment["id"])["state"] == "held"


@pytest.mark.parametrize(
    "spec",
    [
        RepeatsSpec(100_000, 0, 1000),
        LinksSpec(["a.example"], [], 100_000),
        PremoderationSpec(languages=["Russian"], first_comments=100_000, rejected_share=0.0),
    ],
)
def test_a_rule_that_was_saved_before_there_were_bounds_can_be_read_and_mended(
    site: SiteInUse, admin: Person, spec: RepeatsSpec | LinksSpec | PremoderationSpec
) -> None:
    async def put(services):
        old = Rule(
            services.new_id(), site.site.id, "Old", kind_of(spec), 1, Mode.OFF, Action.HOLD, spec,
            services.clock(), admin.id,
        )  # fmt: skip
        async with services.database.transaction() as tx:
            await rules.add(tx, old)

    site.stack.use(put)
    (rule,) = saved(site, admin)
    versions = site.stack.client.get(f"{site.path}/rules/{rule['id']}", headers=admin.headers)
    page = site.stack.client.get(f"/console/{site.slug}/rules/{rule['id']}", headers=admin.headers)
    assert (versions.status_code, page.status_code) == (200, 200)
    body = {
        "name": "Mended",
        str(rule["kind"]): {"by_author": 3} if rule["kind"] == "repeats" else {"first_comments": 3},
    }
    mended = site.stack.client.put(f"{site.path}/rules/{rule['id']}", json=body, headers=admin.headers)
    assert (mended.status_code, mended.json()["version"]) == (200, 2)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"kind": "words", "entries": "казино", "name": ""}, "У правила должно быть название не длиннее 100 знаков."),
        ({"kind": "words"}, "Правило пока ничего не находит: укажите, что ему искать."),
        ({"kind": "words", "entries": "раз\nка*зино"}, "Запись 2: звёздочка может стоять только в конце."),
        ({"kind": "words", "entries": "я" * 90 + "\n" + "слова " * 100_000}, "Знаков во всех списках слов сайта вместе может быть не больше 500 000."),
        ({"kind": "links", "deny": "spam.example\nне сайт"}, "Это не доменное имя: не сайт. Пример: example.org."),
        ({"kind": "links", "deny": "spam.example", "first_comments": "-1"}, "Число первых комментариев автора — от 0 до 1 000."),
        ({"kind": "premoderation", "articles": "о мосте"}, "Укажите адрес статьи или её id, по одному в строке."),
        ({"kind": "premoderation", "articles": "https://nowhere.example/a"}, "На этом сайте такой статьи нет."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_language_of_the_page_which_keeps_what_was_typed(
    site: SiteInUse, admin: Person, form: dict[str, str], said: str
) -> None:
    piece = send(site, admin, RUSSIAN | PIECE, **form)
    assert piece.status_code in {404, 422}
    assert told(piece).replace("\N{NARROW NO-BREAK SPACE}", " ").endswith(said)
    assert "<html" not in piece.text
    page = send(site, admin, RUSSIAN, **form)
    assert (page.status_code, told(page).replace("\N{NARROW NO-BREAK SPACE}", " ")) == (
        piece.status_code,
        said,
    )
    kept = unescape(page.text)
    assert [value for value in form.values() if value not in kept] == []


def test_what_has_no_russian_words_is_said_in_english_and_marked_as_such(
    site: SiteInUse, admin: Person
) -> None:
    form = {"kind": "words", "entries": "казино", "name": "a\u202eb"}
    answer = send(site, admin, RUSSIAN | PIECE, **form)
    assert '<span lang="en">The name contains invisible characters.</span>' in answer.text
    assert 'lang="en">The name' not in send(site, admin, PIECE, **form).text


def test_a_rule_that_was_saved_leads_on_with_scripts_and_without(site: SiteInUse, admin: Person) -> None:
    for headers in ({}, PIECE):
        answer = send(site, admin, headers, kind="words", entries="casino")
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            f"/console/{site.slug}/rules?told=saved",
        )
    assert len(saved(site, admin)) == 2


@pytest.mark.parametrize("way", ["form", "api", "escaped"])
def test_a_list_of_the_promised_size_can_be_saved_tried_and_back_tested(
    site: SiteInUse, admin: Person, way: str
) -> None:
    assert (len(FULL), sum(map(len, FULL))) == (20_000, 500_000)
    client, says = site.stack.client, {"words": {"entries": FULL}}
    if way == "form":
        answers = [
            send(site, admin, kind="words", entries="\r\n".join(FULL), act=act, text=f"Вот {FULL[7]}!")
            for act in ("try", "backtest", "save")
        ]
        assert [answer.status_code for answer in answers] == [200, 303, 303]
        assert f"<mark>{FULL[7]}</mark>" in answers[0].text
    else:
        for path, more in (("rules/test", {"text": FULL[7]}), ("backtests", {}), ("rules", {"name": "Full"})):
            sent = {"json": says | more} if way == "api" else {"content": escaped(says | more)}
            headers = admin.headers | {"content-type": "application/json"}
            answer = client.post(f"{site.path}/{path}", headers=headers, **sent)
            assert answer.status_code < 300, answer.text[:500]
    (rule,) = saved(site, admin)
    assert rule["words"] == {"entries": FULL}


def escaped(body: object) -> bytes:
    """JSON as written by programs that send only ASCII."""
    return json.dumps(body, ensure_ascii=True).encode()


@pytest.mark.parametrize("address", ["/console/{slug}/rules/new", "/api/v1/sites/{slug}/rules"])
def test_nobody_but_the_staff_makes_us_take_in_a_long_list(site: SiteInUse, address: str) -> None:
    path, reader = address.format(slug=site.slug), site.person()
    content = b"entries=" + b"a" * (LONGEST_BODY - 100)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    with httpx.Client(base_url=site.stack.base_url, timeout=20) as client:
        refused = client.post(path, content=content, headers=headers | reader.headers)
        unknown = client.post(path, content=content, headers=headers)
        nowhere = client.post(path.replace(site.slug, "no-such-site"), content=content, headers=headers)
        assert (refused.status_code, nowhere.status_code) == (403, 404)
        assert unknown.status_code in {303, 401}
        assert client.get("/health/live").status_code == 200


def test_what_is_longer_than_any_list_is_refused_before_it_is_sent(site: SiteInUse, admin: Person) -> None:
    wire = HTTPConnection("127.0.0.1", site.stack.port, timeout=20)
    wire.putrequest("POST", f"{site.path}/rules")
    told = {"content-type": "application/json", "content-length": str(LONGEST_BODY + 1)}
    for name, value in (admin.headers | told).items():
        wire.putheader(name, value)
    wire.endheaders()
    with wire.getresponse() as answer:
        assert (answer.status, json.load(answer)["code"]) == (413, "too-large")
    wire.close()


def test_a_program_that_names_the_version_it_saw_replaces_no_other(site: SiteInUse, admin: Person) -> None:
    assert send(site, admin, kind="words", entries="tractor").status_code == 303
    (rule,) = saved(site, admin)

    def change(**more: object) -> httpx.Response:
        body = {"name": "Vehicles", "words": {"entries": ["lorry"]}} | more
        return site.stack.client.put(f"{site.path}/rules/{rule['id']}", json=body, headers=admin.headers)

    assert change(seen=1).json()["version"] == 2
    late = change(seen=1)
    assert (late.status_code, late.json()["code"], late.json()["version"]) == (409, "rule-stale", 2)
    assert saved(site, admin)[0]["version"] == 2
    assert change().json()["version"] == 3
