"""The figures in a real browser: moved by the compositor alone, still for those who ask for it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.drivers.chromium import OpenPage
from tests.drivers.screens import until, wait_for_version
from tests.drivers.scripts import with_colours
from tests.drivers.stage import Stage
from web.figures import FIGURES_CSS, POSES, figure_html, movement_css

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
ADDRESS = "http://figures.test/"

#: What stands round the bodies: its name, where it is, the property that colours it, and what it is
#: seen against; without one that is the ground behind it.
AROUND = [
    ("pad's top on the mat", "polygon.edge", "fill", ".figure .mat"),
    ("pad's front on the mat", "polygon.bone", "fill", ".figure .mat"),
    ("wall and chair", "polygon.edge", "fill", ""),
    ("foot from close by", ".side-line", "stroke", ".figure .frame"),
    ("ball from close by", ".inset .ball", "fill", ".figure .frame"),
    ("arrow on the mat", ".arrow", "stroke", ".figure .mat"),
    ("arrow from close by", ".arrow", "stroke", ".figure .frame"),
    ("crossed leg's line on the sleeve", ".side-rim", "stroke", ".figure .shirt"),
]
CONTRASTS = with_colours("graphics.js")
GRAPHICS = 3.0  # WCAG 2 AA 1.4.11

#: How many pieces of the figure on the station's page move.
MOVING = """() => document.querySelector("#screen .figure")
    .getAnimations({ subtree: true }).length > 0"""

#: Whether many pieces of the figures on a page move.
MANY_MOVE = """() => document.getAnimations()
    .filter(({ playState }) => playState === "running").length > 50"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 800, "height": 480})
    page.on("console", lambda message: pytest.fail(message.text))
    yield page
    page.close()


def show(page: Page, *poses: str) -> None:
    """Open a page under the station's own policy that shows `poses`."""
    figures = "".join(f"<div>{figure_html(pose, mirrored=True)}</div>" for pose in poses)
    html = f'<!doctype html><link rel="stylesheet" href="/figures.css">{figures}'

    def answer(route: Route) -> None:
        if route.request.url.endswith("figures.css"):
            route.fulfill(
                content_type="text/css", body=FIGURES_CSS + "".join(map(movement_css, poses))
            )
        else:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(content_type="text/html; charset=utf-8", body=html, headers=headers)

    page.route("**/*", answer)
    page.goto(ADDRESS)


def test_a_hold_moves_without_style_layout_or_script_in_any_frame(page: Page) -> None:
    show(page, *sorted(POSES))
    until(page, MANY_MOVE)
    page.wait_for_timeout(1000)  # what a browser does after a page is loaded is done by then
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def work() -> dict[str, float]:
        metrics = session.send("Performance.getMetrics")["metrics"]
        counted = {"LayoutCount", "RecalcStyleCount"}
        return {entry["name"]: entry["value"] for entry in metrics if entry["name"] in counted}

    before = work()
    page.wait_for_timeout(2000)
    # 120 frames have gone by; the browser may have tidied up once or twice for reasons of its own.
    assert all(count - before[name] <= 2 for name, count in work().items())


def test_a_hold_shows_another_picture_a_second_later(page: Page) -> None:
    show(page, "straighten")
    first = page.screenshot()
    page.wait_for_timeout(1000)
    assert page.screenshot() != first


def test_reduced_motion_stands_still_with_the_other_position_as_a_ghost(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    show(page, "straighten")
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.locator(".ghost").is_visible()
    page.emulate_media(reduced_motion="no-preference")
    assert not page.locator(".ghost").is_visible()


def test_what_stands_round_a_body_stands_out_from_what_it_is_seen_against(page: Page) -> None:
    show(page, *sorted(POSES))
    found = page.evaluate(CONTRASTS, AROUND)
    assert {name for name, _ in found} == {mark[0] for mark in AROUND}
    faint = sorted({f"{name}: {ratio:.2f}:1" for name, ratio in found if ratio < GRAPHICS})
    assert not faint, "\n".join(faint)


def test_the_station_s_page_brings_what_moves_with_each_screen(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    until(page, MOVING)
    stage.press_until("squeeze")
    wait_for_version(page, stage.state.version)
    until(page, MOVING)
    texts = """() => document.adoptedStyleSheets
        .map(sheet => [...sheet.cssRules].map(rule => rule.cssText).join("\\n"))"""
    sheets = page.evaluate(texts)
    assert len(sheets) == len(set(sheets)), "each figure's sheet is taken once"
    assert len(sheets) < len(POSES), "only what has been shown, or may come next"
