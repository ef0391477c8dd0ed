"""Host names: however they are written, they are compared as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.hosts import host_form, host_of, with_parents

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)


@pytest.mark.parametrize(
    "name",
    ["пример.рф", "ПРИМЕР.РФ", "www.пример.рф", "xn--e1afmkfd.xn--p1ai", "XN--E1AFMKFD.XN--P1AI.", "пример。рф", "при\u00adмер.рф"],
)  # fmt: skip
def test_a_name_has_one_form_however_it_is_written(name):
    assert host_form(name) == "пример.рф"


@pytest.mark.parametrize("name", ["xn--", "xn--\u0430", "xn--99999999", f"xn--{'a' * 70}", "xn--a-.com"])
def test_what_is_no_name_in_disguise_can_be_stored(name):
    assert host_form(name).encode("utf-8")


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example",
        "HTTP://EVIL.EXAMPLE:80/a",
        "https://evil.example,",
        "https://evil.example)",
        "https://evil.example\\@good.example",
        "https://good.example@evil.example",
        "https://ｅｖｉｌ.example",
        "https://ev\u200bil.example",
        "evil.example/path",
    ],
)
def test_a_link_leads_where_a_browser_would_go(link):
    assert host_of(link) == "evil.example"


@given(anything)
def test_any_text_can_be_taken_for_a_link(text):
    host = host_of(f"https://{text}")
    assert host_form(host) == host
    assert "\0" not in host


@given(anything)
def test_every_name_is_below_itself(name):
    assert name in with_parents(name)
