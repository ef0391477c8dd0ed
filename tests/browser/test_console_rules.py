"""The rule editor in a browser: errors are shown where they were typed and nothing typed is lost; saving leads on."""

import pytest
from playwright.sync_api import expect

from discuss.domain.accounts import Role
from tests.stack import PASSWORD


@pytest.fixture
def editor(window, demo):
    """Opens the editor of a new rule, as an admin sees it."""

    def open_one(kind, language, **options):
        admin = demo.stack.person(None, Role.ADMIN)
        page = window(**options).page
        page.goto("/console/log-in?lang=en")
        page.get_by_label("E-mail").fill(admin.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Site").fill("")
        page.get_by_role("button", name="Log in").click()
        page.goto(f"/console/demo/rules/new?kind={kind}&lang={language}")
        return page

    return open_one


def retire(page, name, button):
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("link", name=name)).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_rule_that_cannot_be_saved_is_told_why_in_russian_and_keeps_what_was_typed(editor, scripts):
    page = editor("links", "ru", java_script_enabled=scripts)
    name = f"Чужие сайты {scripts}"
    page.get_by_label("Запрещённые домены").fill("spam.example\nне сайт")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_label("Название")).to_be_focused()  # the browser itself requires a name
    page.get_by_label("Название").fill(name)
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("alert")).to_contain_text("Это не доменное имя: не сайт.")
    expect(page.get_by_label("Название")).to_have_value(name)
    expect(page.get_by_label("Запрещённые домены")).to_have_value("spam.example\nне сайт")
    page.get_by_label("Запрещённые домены").fill("spam.example")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator("p.told")).to_contain_text("Правило сохранено.")
    assert page.url.endswith("/console/demo/rules?told=saved")
    expect(page.get_by_role("link", name=name)).to_have_count(1)
    retire(page, name, "Убрать")


def test_numbers_have_the_bounds_that_can_be_counted(editor):
    page = editor("repeats", "en")
    page.get_by_label("Name").fill("Too often")
    number = page.get_by_label("How many copies by one author trigger it")
    assert [number.get_attribute(name) for name in ("min", "max")] == ["2", "50"]
    number.fill("1")
    page.get_by_role("button", name="Save").click()
    expect(number).to_be_focused()
    page.get_by_role("button", name="Back-test").click()
    expect(page.get_by_role("alert")).to_contain_text("must be from 2 to 50")
    number.fill("50")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Too often")).to_be_visible()
    retire(page, "Too often", "Retire")


def test_a_rule_without_a_name_can_be_tried_and_retired(editor):
    page = editor("words", "en")
    page.get_by_label("Words and phrases").fill("dirigible")
    page.get_by_label("Try it on a text").fill("A dirigible!")
    page.get_by_role("button", name="Try", exact=True).click()
    expect(page.locator("#tried mark")).to_have_text("dirigible")
    page.get_by_label("Name").fill("Dirigibles")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Dirigibles").click()
    page.get_by_label("Name").fill("")
    page.get_by_role("button", name="Retire").click()
    expect(page.locator("p.told")).to_contain_text("The rule is retired")


@pytest.mark.parametrize("scripts", [True, False])
def test_who_saves_a_rule_after_somebody_else_sees_their_version_first(editor, scripts):
    page = editor("words", "en", java_script_enabled=scripts)
    name = f"Vehicles {scripts}"
    page.get_by_label("Name").fill(name)
    page.get_by_label("Words and phrases").fill("tractor\nlorry")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The rule is saved")).to_be_visible()
    other = page.context.new_page()
    for each in (page, other):
        each.goto("/console/demo/rules")
        each.get_by_role("link", name=name).click()
    other.get_by_label("Words and phrases").fill("tractor\nbulldozer")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("The rule is saved")).to_be_visible()
    page.get_by_label("Words and phrases").fill("tractor\nlorry\ncombine")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody else saved this rule meanwhile.")
    newest = page.locator("#versions > li").first
    expect(newest.locator("del")).to_have_text("lorry")
    expect(newest.locator("ins")).to_have_text("bulldozer")
    expect(page.get_by_label("Words and phrases")).to_have_value("tractor\nlorry\ncombine")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The rule is saved")).to_be_visible()
    page.get_by_role("link", name=name).click()
    expect(page.locator("#versions > li")).to_have_count(3)
    page.get_by_role("button", name="Retire").click()
    expect(page.get_by_role("link", name=name)).to_have_count(0)
