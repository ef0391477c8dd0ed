"""The sidebar as a picture: with the script it looks, to the pixel, like what readers without JavaScript get.

No picture is stored, because pixels depend on a machine's fonts and its Chromium. Two are taken here, one right after the
other, of two programs that know nothing of each other: the script with its own style sheet in a shadow tree, and the
server's fragment with the style sheet that sites link. Any difference in wording, format, colour or position makes the
pictures differ.
"""

import io

import pytest
from PIL import Image, ImageChops

from discuss.http.fragment.latest import render
from tests.browser.sidebar import Sidebar

SIZE = {"width": 380, "height": 1400}
FAINT = 8
"""How far colours may differ, out of 255, because of anti-aliasing."""


def picture(page: Sidebar, selector: str) -> Image.Image:
    taken = page.page.locator(selector).screenshot(animations="disabled")
    return Image.open(io.BytesIO(taken)).convert("RGB")


def without_script(page: Sidebar, language: str) -> Image.Image:
    page.page.route("**/latest.js", lambda route: route.abort())
    page.open(render(page.paper.rows, language, "Europe/Moscow").decode(), language=language, styled=True)
    found = picture(page, "ol.discuss-latest")
    page.page.unroute("**/latest.js")
    return found


def with_script(page: Sidebar, language: str) -> Image.Image:
    page.opened(language=language, styled=True)
    return picture(page, "discuss-latest ol")


def differing(one: Image.Image, other: Image.Image) -> int:
    """The number of pixels whose colour differs."""
    assert one.size == other.size
    strongest = ImageChops.difference(one, other).convert("L")
    return sum(strongest.histogram()[FAINT:])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_with_and_without_the_script_it_is_the_same_picture(sidebar, language, scheme):
    page = sidebar(viewport=SIZE, color_scheme=scheme)
    plain, drawn = without_script(page, language), with_script(page, language)
    assert len(plain.getcolors(maxcolors=1 << 24) or []) > 20, "there is nothing in the picture"
    assert differing(plain, drawn) == 0


def test_languages_schemes_and_one_comment_more_are_other_pictures(sidebar, paper):
    """Otherwise the comparison could never fail."""
    page = sidebar(viewport=SIZE, color_scheme="light")
    russian, english = with_script(page, "ru"), with_script(page, "en")
    assert russian.size != english.size or differing(russian, english)
    dark = with_script(sidebar(viewport=SIZE, color_scheme="dark"), "en")
    assert differing(english, dark) > english.width * english.height / 2
    paper.rows[0]["comment_count"] += 1
    more = with_script(sidebar(viewport=SIZE, color_scheme="light"), "en")
    assert differing(english, more)
