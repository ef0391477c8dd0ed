"""A site's settings: changed one at a time, and shown to those who may change them."""

from discuss.domain.accounts import Role
from tests.e2e.asking import LABELS, problem
from tests.stack import Stack, wait_for


def test_a_setting_that_is_not_named_stays_as_it_was(stack: Stack):
    site = stack.site("settings", longest_comment=777)
    admin = site.person(Role.ADMIN)

    def change(**settings: object):
        answer = stack.client.patch(site.path, json={"settings": settings}, headers=admin.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["settings"]

    change(thresholds={"toxic": {"hold": 0.4}})
    change(rates={"comments": 3})
    after = change(premoderated=True)
    assert (after["premoderated"], after["longest_comment"]) == (True, 777)
    assert after["thresholds"] == {"toxic": {"hold": 0.4, "reject": None}}
    assert (after["rates"]["comments"], after["rates"]["log_ins"]) == (3, 100_000)


def test_every_label_and_nothing_else_may_have_a_threshold(stack: Stack):
    site = stack.site("labels")
    admin = site.person(Role.ADMIN)

    def change(*labels: str):
        body = {"settings": {"thresholds": {label: {"hold": 0.5} for label in labels}}}
        return stack.client.patch(site.path, json=body, headers=admin.headers)

    answer = change(*LABELS)
    assert answer.status_code == 200, answer.text
    assert set(answer.json()["settings"]["thresholds"]) == set(LABELS)
    for unknown in ("rude", "Toxic", "toxic ", "toxic\n", "toxicity", "toxic|spam", ""):
        wrong = problem(change("toxic", unknown), 422, "invalid-input")
        assert "There is no such label; the labels are toxic, spam, insult" in wrong["detail"]


def test_settings_are_shown_to_admins_only(stack: Stack):
    site = stack.site("shown")
    admin, reader = site.person(Role.ADMIN), site.person()
    assert "settings" in stack.client.get(site.path, headers=admin.headers).json()
    assert "settings" not in stack.client.get(site.path, headers=reader.headers).json()
    assert "settings" not in stack.client.get(site.path).json()


def test_an_admin_moves_a_site_to_another_zone_and_language(stack: Stack):
    site = stack.site("moved")
    admin = site.person(Role.ADMIN)
    change = {"time_zone": "Europe/Moscow", "languages": ["ru", "en"]}
    answer = stack.client.patch(site.path, json=change, headers=admin.headers)
    assert answer.status_code == 200, answer.text
    told = stack.client.get(site.path).json()
    assert (told["time_zone"], told["languages"]) == ("Europe/Moscow", ["ru", "en"])
    wait_for(
        "the fragment in Russian", lambda: 'lang="ru"' in stack.client.get(f"{site.path}/feed.html").text
    )
    for wrong in ({"time_zone": "Europe/Atlantis"}, {"languages": []}, {"languages": ["russian"]}):
        problem(stack.client.patch(site.path, json=wrong, headers=admin.headers), 422, "invalid-input")
