"""The look of the sidebar, with the script and without it: measured, because pixels depend on a machine's fonts."""

import pytest
from playwright.sync_api import expect

from discuss.http.fragment.latest import render
from tests.browser.newspaper import row
from tests.browser.seeing import boxes, contrast, places, style
from tests.browser.sidebar import Sidebar
from tests.stack import wait_for


class TestTheFragment:
    def test_it_is_taken_over_and_kept_while_the_server_is_away(self, sidebar, paper):
        paper.hangs_up = True
        page = sidebar().opened(render(paper.rows, "ru", "Europe/Moscow").decode(), language="ru")
        expect(page.rows).to_have_count(15)
        expect(page.rows.first.locator("time [aria-hidden]")).to_have_text("30.01 07:24")
        assert page.rows.first.locator(".count").text_content() == "13\N{NO-BREAK SPACE}883 комментария"
        expect(page.told).to_have_text("Сервер не отвечает. Попробуйте ещё раз.")

    def test_the_newer_of_fragment_and_memory_is_shown(self, sidebar, paper):
        page = sidebar().opened(language="en")
        paper.hangs_up = True
        older = [row(5, title="Yesterday's paper")]
        page.open(render(older, "en", "Europe/Moscow").decode(), language="en")
        expect(page.rows).to_have_count(15)
        newer = [row(-1, title="Hot off the press")]
        page.open(render(newer, "en", "Europe/Moscow").decode(), language="en")
        expect(page.rows).to_have_count(1)
        page.first("Hot off the press")

    def test_fragment_and_memory_are_shown_in_a_tab_that_has_not_asked_yet(self, sidebar, paper):
        page = sidebar().opened(language="en")
        page.open_in_background(language="en")
        expect(page.rows).to_have_count(15)
        page.open(render([row(-1)], "en", "Europe/Moscow").decode(), language="en")
        expect(page.rows).to_have_count(1)
        assert paper.statuses == [200]

    def test_it_is_what_readers_without_javascript_have(self, browser, paper):
        with browser.new_context(java_script_enabled=False) as context:
            page = context.new_page()
            page.goto(
                paper.put(render(paper.rows, "ru", "Europe/Moscow").decode(), language="ru", styled=True)
            )
            rows = page.locator("ol.discuss-latest li")
            expect(rows).to_have_count(15)
            expect(rows.first.get_by_role("link")).to_be_visible()
            expect(rows.first).to_contain_text("30.01 07:24")

    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_nothing_moves_when_the_script_takes_over(self, sidebar, paper, language):
        page = sidebar(viewport={"width": 360, "height": 1200})
        page.page.route("**/latest.js", lambda route: route.abort())
        html = render(paper.rows, language, "Europe/Moscow").decode()
        page.open(html, language=language, styled=True)
        before = places(page.page.locator("ol.discuss-latest li > *"))
        page.page.unroute("**/latest.js")
        page.opened(html, language=language, styled=True)
        after = places(page.rows.locator("> time, > .count, > a"))
        assert len(after) == 45
        assert [[pytest.approx(edge, abs=1) for edge in place] for place in before] == after

    def test_other_content_stays_until_the_first_answer(self, sidebar, paper):
        paper.hangs_up = True
        page = sidebar().opened("<p>Our own words</p>", language="en")
        expect(page.page.get_by_text("Our own words")).to_be_visible()
        paper.hangs_up = False
        page.press("Changed: 15")
        expect(page.page.get_by_text("Our own words")).to_be_hidden()

    def test_a_fragment_that_arrives_later_is_taken_over_too(self, sidebar, paper):
        paper.hangs_up = True
        page = sidebar().opened()
        html = render(paper.rows, "ru", "Europe/Moscow").decode()
        page.element.evaluate("(element, html) => element.setHTMLUnsafe(html)", html)
        expect(page.rows).to_have_count(15)


WIDTHS = {"narrow": 180, "sidebar": 340, "wide": 700}


class TestItsLook:
    """Geometry and contrast instead of stored pictures, which would differ with a machine's fonts and Chromium."""

    @pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_columns_stand_in_line_and_nothing_sticks_out(self, sidebar, language, width):
        page = sidebar(viewport={"width": width, "height": 900}).opened(language=language)
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width
        assert (
            page.element.evaluate(
                "({ shadowRoot }) => [...shadowRoot.querySelectorAll('h2, button, p, time, .count, a')]"
                ".filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth).map((part) => part.textContent)"
            )
            == []
        )
        times, counts, links = (boxes(page.rows.locator(part)) for part in ("time", ".count", "a"))
        assert {round(box["left"]) for box in times} == {round(times[0]["left"])}
        assert {round(box["right"]) for box in counts} == {round(counts[0]["right"])}
        assert {round(box["left"]) for box in links} == {round(links[0]["left"])}
        stacked = width == WIDTHS["narrow"]
        for time, count, link in zip(times, counts, links, strict=True):
            assert time["right"] <= count["left"]
            assert count["bottom"] <= link["top"] + 4 if stacked else count["right"] <= link["left"]
            assert link["width"] > 100

    @pytest.mark.parametrize(
        "options",
        [
            {"color_scheme": "light"},
            {"color_scheme": "dark"},
            {"color_scheme": "light", "forced_colors": "active"},
            {"color_scheme": "dark", "forced_colors": "active"},
        ],
        ids=["light", "dark", "forced light", "forced dark"],
    )
    def test_every_text_can_be_read(self, sidebar, options):
        page = sidebar(**options).opened()
        for part in ("h2", "button", "p:not(:empty)", "time", ".some", ".count:not(.some)", "a"):
            assert contrast(page.element.locator(part).first) >= 4.5, part

    def test_a_site_dresses_it_by_properties_and_parts(self, sidebar):
        page = sidebar().opened()
        page.page.evaluate("""() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`:root { --quiet: rgb(7, 8, 9); --line: rgb(10, 11, 12); } discuss-latest { --discuss-ink: rgb(1, 2, 3); --discuss-accent: rgb(4, 5, 6); --discuss-quiet: var(--quiet);
                --discuss-line: var(--line); --discuss-font: 13px monospace; } discuss-latest::part(link) { font-weight: 700; }`);
            document.adoptedStyleSheets = [sheet];
        }""")
        first = page.rows.first
        assert [style(first.locator("a"), name) for name in ("color", "fontSize", "fontWeight")] == [
            "rgb(1, 2, 3)",
            "13px",
            "700",
        ]
        assert style(first.locator(".count"), "color") == style(page.button, "color") == "rgb(4, 5, 6)"
        assert style(first.locator("time"), "color") == "rgb(7, 8, 9)"
        assert style(first, "borderTopColor") == "rgb(10, 11, 12)"
        parts = page.element.evaluate(
            "({ shadowRoot }) => [...shadowRoot.querySelectorAll('[part]')].map((made) => made.part.value)"
        )
        assert set(parts) == {"title", "button", "status", "list", "row", "time", "count", "link"}

    def test_it_is_mirrored_where_text_runs_from_right_to_left_and_times_are_not(self, sidebar):
        page = sidebar(viewport={"width": 360, "height": 800}).open(language="ru")
        page.page.evaluate("document.dir = 'rtl'")
        page.until_planned(1)
        time, link = (boxes(page.rows.first.locator(part))[0] for part in ("time", "a"))
        assert time["left"] > link["right"]
        day, hour = page.rows.first.locator(
            "time [aria-hidden]"
        ).evaluate("""(seen) => [[0, 5], [6, 11]].map(([from, to]) => {
            const range = new Range();
            range.setStart(seen.firstChild, from);
            range.setEnd(seen.firstChild, to);
            return range.getBoundingClientRect().left;
        })""")
        assert day < hour


def test_a_violation_of_the_policy_and_an_error_of_a_script_are_noticed(browser, paper):
    """Otherwise the fixture's own assertions could never fail."""
    with browser.new_context() as context:
        page = Sidebar.on(context.new_page(), paper).opened()
        page.page.evaluate(
            "document.body.setAttribute('style', 'color: red'); Promise.reject(Error('broken')); 0"
        )
        page.page.wait_for_function("() => violations.length")
        wait_for("the complaint", lambda: page.violations and page.complaints)
        assert page.violations == ["style-src-attr inline"]
        assert page.complaints == ["broken"]
