"""What readers do about others' comments, and what they see of a sanction against themselves."""

import pytest
from playwright.sync_api import expect

from tests.browser.acting import log_in, read, write

OLD = "logistics-rail-gauge"
ARTICLE = "field-hospital-numbers"


def bearer(demo, person):
    body = {"site": "demo", "email": person.email, "password": person.password, "transport": "bearer"}
    answer = demo.stack.client.post("/api/v1/session", json=body).json()
    return answer["account"]["id"], {"authorization": f"Bearer {answer['token']}"}


@pytest.fixture
def lay(demo):
    """Imposes sanctions on readers, and lifts them after the test."""
    _, headers = bearer(demo, demo.people.moderator)
    laid = []

    def one(person, **body):
        account_id, _ = bearer(demo, person)
        path = f"/api/v1/sites/demo/authors/{account_id}/sanctions"
        answer = demo.stack.client.post(path, json=body, headers=headers)
        assert answer.status_code == 201, answer.text
        laid.append(f"{path}/{answer.json()['sanction']['id']}")

    yield one
    for path in laid:
        demo.stack.client.delete(path, headers=headers)


def test_a_reader_reports_a_comment_by_keyboard_and_withdraws_it(window, demo):
    opened = window()
    page = opened.page
    read(page, ARTICLE)
    button = page.get_by_role("button", name="Report the comment by Maria Lindqvist")
    button.press("Enter")
    panel = page.get_by_role("region", name="Report the comment by Maria Lindqvist")
    panel.get_by_label("E-mail").fill(demo.people.readers[2].email)
    panel.get_by_label("Password").fill(demo.people.readers[2].password)
    panel.get_by_label("Password").press("Enter")
    reason = panel.get_by_label("What is wrong with it?")
    expect(reason).to_be_focused()
    panel.get_by_role("button", name="Send the report").press("Enter")
    expect(panel.get_by_role("button", name="Withdraw the report")).to_be_hidden()  # no reason, no report
    reason.select_option("off-topic")
    panel.get_by_label("Anything to add? (optional)").fill("This is about water.")
    panel.get_by_role("button", name="Send the report").press("Enter")
    expect(panel.get_by_role("status")).to_contain_text("A moderator will look at it")
    withdraw = panel.get_by_role("button", name="Withdraw the report")
    expect(withdraw).to_be_focused()
    withdraw.press("Enter")
    expect(panel.get_by_role("status")).to_have_text("Your report has been withdrawn.")
    expect(panel.get_by_role("button", name="Close")).to_be_focused()
    panel.get_by_role("button", name="Close").press("Enter")
    expect(button).to_be_focused()
    assert [told for told in opened.complaints if "401" not in told] == []


def test_what_a_reader_said_reaches_the_moderators(window, demo):
    page = window(locale="ru-RU").page
    read(page, ARTICLE, "ru")
    page.get_by_role("button", name="Пожаловаться на комментарий: Maria Lindqvist").click()
    panel = page.get_by_role("region", name="Пожаловаться на комментарий: Maria Lindqvist")
    panel.get_by_label("Электронная почта").fill(demo.people.readers[2].email)
    panel.get_by_label("Пароль").fill(demo.people.readers[2].password)
    panel.get_by_role("button", name="Войти", exact=True).click()
    panel.get_by_label("Что с ним не так?").select_option(label="Не по теме")
    panel.get_by_role("button", name="Отправить жалобу").click()
    expect(panel.get_by_role("status")).to_contain_text("Спасибо. Модератор проверит комментарий.")
    account_id, _ = bearer(demo, demo.people.readers[2])
    _, headers = bearer(demo, demo.people.moderator)
    told = demo.stack.client.get(f"/api/v1/sites/demo/authors/{account_id}", headers=headers).json()
    assert told["reporting"]["open"] == 1
    panel.get_by_role("button", name="Отозвать жалобу").click()
    expect(panel.get_by_role("status")).to_have_text("Жалоба отозвана.")


def test_nobody_is_offered_to_report_their_own_comment(window, demo):
    page = window().page
    read(page, "radar-upgrade-hills")
    log_in(page, demo.people.readers[1])
    write(page, "The hills were always the hard part.")
    own = page.locator("discuss-thread article", has_text="always the hard part")
    expect(own.get_by_role("button", name="Reply")).to_be_visible()
    expect(own.get_by_role("button", name="Report")).to_be_hidden()
    page.get_by_role("button", name="Log out").click()
    expect(own.get_by_role("button", name="Report")).to_be_visible()


def test_a_muted_reader_is_told_until_when_before_they_type(window, demo, lay):
    lay(demo.people.readers[3], kind="mute", until="2150-05-01T09:00:00Z", words="Please calm down first.")
    page = window().page
    read(page, OLD)
    log_in(page, demo.people.readers[3])
    notice = page.get_by_role("note")
    expect(notice).to_contain_text("You cannot comment or report until 1 May 2150")
    expect(notice).to_contain_text("Please calm down first.")
    expect(page.get_by_label("Your comment")).not_to_be_editable()


def test_a_ban_that_falls_while_a_reader_types_is_told_with_its_words(window, demo, lay):
    page = window().page
    read(page, OLD)
    log_in(page, demo.people.readers[3])
    lay(demo.people.readers[3], kind="ban", words="Three warnings were enough.")
    write(page, "One more thing.")
    told = page.locator("discuss-thread [part=status]:visible")
    expect(told).to_have_text("This account is banned here. Three warnings were enough.")
    expect(page.get_by_label("Your comment")).to_have_value("One more thing.")


def test_a_banned_reader_who_votes_is_told_so_until_when_and_why(window, demo, lay):
    page = window(locale="ru-RU").page
    read(page, OLD)
    log_in(page, demo.people.readers[3])
    lay(demo.people.readers[3], kind="ban", until="2150-05-01T09:00:00Z", words="Трёх предупреждений хватит.")
    read(page, OLD, "ru")
    page.locator("discuss-article button[part=up]").click()
    told = page.locator("discuss-article [role=status]")
    expect(told).to_contain_text("Учётная запись заблокирована до: 1 мая 2150")
    expect(told).to_contain_text("Трёх предупреждений хватит.")


def test_a_warning_is_shown_and_its_author_may_write(window, demo, lay):
    lay(demo.people.readers[3], kind="warning", words="Отвечайте на доводы, а не на людей.")
    page = window(locale="ru-RU").page
    read(page, OLD, "ru")
    page.get_by_role("button", name="Войти и написать").click()
    form = page.locator("discuss-thread form[part=entrance]:visible")
    form.get_by_label("Электронная почта").fill(demo.people.readers[3].email)
    form.get_by_label("Пароль").fill(demo.people.readers[3].password)
    form.get_by_role("button", name="Войти", exact=True).click()
    expect(page.get_by_role("note")).to_contain_text("Модератор вынес вам предупреждение.")
    expect(page.get_by_role("note")).to_contain_text("Отвечайте на доводы, а не на людей.")
    expect(page.get_by_label("Ваш комментарий")).to_be_editable()
