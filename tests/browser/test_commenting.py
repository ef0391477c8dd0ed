"""What a reader sees: comments that appear, comments that wait, and a sidebar that follows."""

import re
from urllib.parse import urlparse

from playwright.sync_api import Route, expect

from tests.browser.acting import Detour, enter_console, log_in, opened, read, write
from tests.browser.desk import ARTICLE
from tests.browser.elements import put
from tests.e2e.asking import ALL_PUBLISHED
from tests.stack import PASSWORD

OLD = "logistics-rail-gauge"
WAITING = {
    "BUY CHEAP VIAGRA NOW!!! Best price, free shipping, click http://cheap-pills.example/buy and earn $5000 a week!!!": "Spam",
    "Заработок в интернете от 50000 рублей в день! Переходи по ссылке http://bystrye-dengi.example и получи бонус!!! Казино!": "Spam",
    "You are a stupid worthless idiot, shut up, you disgusting moron.": "Toxic",
    "Ты тупой идиот и мразь, заткнись, урод конченый.": "Toxic",
}


def test_a_comment_appears_after_scoring_and_its_article_moves_to_the_top(window, demo):
    page = window().page
    read(page, "drone-workshop-school")
    row = page.locator("discuss-latest li[part~=row]", has_text="Inside the workshop")
    assert row.locator(".count").inner_text().split()[0] == "0"
    top = page.locator("discuss-latest li[part~=row]").first
    expect(top).not_to_contain_text("Inside the workshop")
    log_in(page, demo.people.readers[1])
    write(page, "Writing down why a part broke is worth more than the part.")
    expect(page.get_by_text("Your comment is published.")).to_be_visible()
    expect(page.locator("discuss-thread article", has_text="worth more than the part")).to_be_visible()
    expect(page.locator("discuss-thread h2 .count")).to_have_text("1")
    expect(top).to_contain_text("Inside the workshop", timeout=15_000)  # by the stream, before the next poll
    page.get_by_role("button", name="Update").click()
    assert top.locator(".count").inner_text().split()[0] == "1"
    expect(page.locator("discuss-latest [role=status]")).to_contain_text("Updated at")


def test_a_comment_shows_what_its_author_struck_out_and_numbered(window, desk):
    (comment,) = desk.write(
        desk.people.readers[1], "I ~~doubt~~ know it.\n\n3. the third point\n4. the fourth"
    )
    desk.await_states([comment], ["published"])
    page = window().page
    page.goto(f"/demo/articles/{ARTICLE}?lang=en#comment-{comment}")
    text = page.locator(f"discuss-thread [data-comment='{comment}'] .text")
    expect(text.locator("s")).to_have_text("doubt")
    expect(text.locator("ol")).to_have_js_property("start", 3)
    expect(text.locator("ol")).to_have_css("list-style-type", "decimal")


def test_the_sidebar_of_somebody_else_follows_by_itself(window, demo):
    watching, writing = window().page, window().page
    read(watching, OLD)
    read(writing, "satellite-photos-open")
    log_in(writing, demo.people.readers[2])
    write(writing, "Everybody can count ships now, and that changes what can be hidden.")
    title = writing.locator("h1").inner_text()
    top = watching.locator("discuss-latest li[part~=row]").first
    expect(top).to_contain_text(title, timeout=20_000)  # by the stream, long before the next poll


def test_a_reply_stands_under_the_comment_it_answers_and_takes_the_focus(window, demo):
    page = window().page
    read(page, "field-hospital-numbers")
    page.get_by_role("button", name="Reply to Maria Lindqvist").click()
    reply = page.get_by_role("region", name="Reply to Maria Lindqvist")
    reply.get_by_label("E-mail").fill(demo.people.readers[2].email)
    reply.get_by_label("Password").fill(demo.people.readers[2].password)
    reply.get_by_role("button", name="Log in", exact=True).click()
    reply.get_by_label("Reply to Maria Lindqvist").fill("У нас было то же самое, только с водой.")
    reply.get_by_role("button", name="Send").click()
    nested = page.locator("discuss-thread ol ol article", has_text="только с водой")
    expect(nested).to_be_visible()
    expect(nested).to_be_focused()
    expect(page.get_by_label("Your comment")).to_be_visible()  # the form below notices the log-in too


def test_a_comment_that_a_moderator_took_away_is_not_said_to_be_deleted_by_its_author(window, desk):
    reader = desk.people.readers[1]
    (comment,) = desk.write(reader, "Which satellite took the second picture?")
    path = f"/api/v1/sites/demo/articles/{desk.article}/comments"
    body = {"text": "The one that passes at noon.", "parent_id": comment}
    reply = desk.client.post(path, json=body, headers=desk.entered(reader)).json()["id"]
    desk.await_states([comment, reply], ["published", "published"])
    desk.decide(comment, "held")
    page = window().page
    page.goto(f"/demo/articles/{ARTICLE}?lang=en#comment-{comment}")
    gone = page.locator(f"discuss-thread [data-comment='{comment}']")
    expect(gone.locator("> article")).to_have_text("This comment is no longer available.")
    expect(gone).to_contain_text("The one that passes at noon.")


def test_a_link_from_a_feed_reader_leads_to_its_comment(window, demo):
    told = demo.stack.client.get("/api/v1/sites/demo/comments.json").json()["items"]
    newest, oldest = (urlparse(told[place]["url"]) for place in (0, -1))
    page = window().page
    for linked in (newest, oldest):
        page.goto(f"{linked.path}#{linked.fragment}")
        comment = linked.fragment.removeprefix("comment-")
        expect(page.locator(f"discuss-thread [data-comment='{comment}'] > article")).to_be_focused()


def test_a_log_in_is_remembered_over_pages_and_ends_with_log_out(window, demo):
    page = window().page
    read(page, "radar-upgrade-hills")
    log_in(page, demo.people.readers[0])
    read(page, "coast-guard-night-rescue")
    expect(page.get_by_text("You are writing as Анна Соколова.")).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("button", name="Log in to comment")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Log in to comment")).to_be_visible()


def test_to_log_out_of_a_session_that_is_over_is_to_be_logged_out(window, demo):
    page = window().page
    read(page, "coast-guard-night-rescue")
    log_in(page, demo.people.readers[0])
    kept = page.context.cookies()
    other = page.context.new_page()
    read(other, "coast-guard-night-rescue")
    other.get_by_role("button", name="Log out").click()
    expect(other.get_by_role("button", name="Log in to comment")).to_be_visible()
    page.context.add_cookies(kept)
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("button", name="Log in to comment")).to_be_visible()
    expect(page.locator("discuss-thread [part=status]")).to_have_text("")


def test_a_log_out_ends_what_another_tab_has_begun_meanwhile(window, demo):
    page = window().page
    read(page, "coast-guard-night-rescue")
    log_in(page, demo.people.readers[0])
    other = page.context.new_page()
    read(other, "coast-guard-night-rescue")
    other.get_by_role("button", name="Log out").click()
    log_in(other, demo.people.readers[1])
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("button", name="Log in to comment")).to_be_visible()
    read(other, "coast-guard-night-rescue")
    expect(other.get_by_role("button", name="Log in to comment")).to_be_visible()


def test_somebody_new_registers_and_writes_in_russian(window):
    page = window(locale="ru-RU").page
    page.goto("/demo/articles/tyl-hlebozavod")
    page.get_by_role("button", name="Войти и написать").click()
    page.get_by_role("button", name="Впервые здесь? Зарегистрируйтесь").click()
    form = page.locator("discuss-thread form[part=entrance]:visible")
    form.get_by_label("Имя").fill("Новый читатель")
    form.get_by_label("Электронная почта").fill("novyj@example.org")
    form.get_by_label("Пароль").fill("коротко")
    form.get_by_role("button", name="Зарегистрироваться").click()
    expect(form.get_by_role("alert")).to_contain_text("не короче 10 знаков")
    form.get_by_label("Пароль").fill("достаточно длинный")
    form.get_by_role("button", name="Зарегистрироваться").click()
    page.get_by_label("Ваш комментарий").fill("Пять дней хранения — это серьёзный шаг вперёд.")
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_text("Ваш комментарий опубликован.")).to_be_visible()


def test_a_russian_who_answers_too_deep_is_told_what_to_do_and_keeps_the_text(window, demo):
    site = demo.stack.site("shallow", thresholds=ALL_PUBLISHED, deepest_reply=0)
    reader, article = site.person(name="Olga"), site.article("deep")
    site.decided(reader, site.comment(reader, article, "As deep as it goes.")["id"])
    page = window(locale="ru-RU").page
    read(page, OLD, "ru")
    put(page, "discuss-thread", site=site.slug, article="deep", lang="ru")
    page.get_by_role("button", name="Ответ на комментарий: Olga").click()
    reply = page.get_by_role("region", name="Ответ на комментарий: Olga")
    reply.get_by_label("Электронная почта").fill(reader.email)
    reply.get_by_label("Пароль").fill(PASSWORD)
    reply.get_by_role("button", name="Войти", exact=True).click()
    text = reply.get_by_label("Ответ на комментарий: Olga")
    text.fill("Ещё глубже.")
    reply.get_by_role("button", name="Отправить").click()
    expect(reply.locator("[part=status]")).to_have_text(
        "Так глубоко отвечать здесь нельзя. Ответьте на комментарий выше или напишите отдельный."
    )
    expect(text).to_have_value("Ещё глубже.")


def test_a_text_that_is_far_too_long_is_not_taken_for_a_wrong_password(window, demo):
    page = window().page
    read(page, OLD)
    log_in(page, demo.people.readers[3])
    read(page, OLD, "ru")
    page.get_by_label("Ваш комментарий").fill("а" * 20_001)
    page.get_by_role("button", name="Отправить").click()
    told = page.locator("discuss-thread [part=status]")
    expect(told).to_have_text("Отправить не удалось. Возможно, текст слишком длинный.")


def test_html_and_markdown_tricks_stay_text(window, demo):
    opened = window()
    read(opened.page, OLD)
    log_in(opened.page, demo.people.readers[3])
    write(
        opened.page,
        "The <img src=x onerror=alert(1)> station [is open](javascript:alert(1)) and *busy* today.",
    )
    shown = opened.page.locator("discuss-thread article", has_text="station")
    expect(shown).to_be_visible()
    assert shown.locator(".text img, .text a, .text script").count() == 0
    assert shown.locator("em").inner_text() == "busy"


def test_spam_and_insults_in_both_languages_do_not_appear_and_wait_for_a_moderator(window, demo):
    page = window().page
    read(page, "translation-desk")
    log_in(page, demo.people.readers[0])
    for text in WAITING:
        write(page, text)
        expect(page.get_by_text("A moderator will review it.")).to_be_visible()
    read(page, "translation-desk")
    own = page.get_by_role("region", name="Only you can see these")
    for text, label in WAITING.items():
        item = own.get_by_role("listitem").filter(has_text=text)
        expect(item).to_contain_text("Waiting for a moderator")
        reason = "advertising" if label == "Spam" else "(an insult|rude or hostile words)"
        expect(item).to_contain_text(re.compile(f"Reason: {reason}"))
    expect(page.locator("discuss-thread h2 .count")).to_have_text("0")
    console = window().page
    enter_console(console, demo.people.moderator)
    for text, label in WAITING.items():
        item = opened(console, text)
        score = item.locator(".scores li", has_text=label).locator("b")
        assert float(score.inner_text()) > 0.5, text
        expect(item).to_contain_text("Model: ")


def test_the_sidebar_keeps_what_it_has_while_the_server_is_away(window):
    page = window().page
    detour = Detour(page, "**/feed")
    read(page, "radar-upgrade-hills")
    detour.handle = Route.abort
    page.get_by_role("button", name="Update").click()
    expect(page.locator("discuss-latest [role=status]")).to_contain_text("No answer just now")
    expect(page.locator("discuss-latest li[part~=row]")).to_have_count(15)
    detour.handle = Route.continue_
    page.get_by_role("button", name="Update").click()
    expect(page.locator("discuss-latest [role=status]")).to_contain_text("Updated at")
