"""The figures in a real browser: moved by the compositor alone, still for those who ask for it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from web.figures import FIGURES_CSS, POSES, figure_html, movement_css

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
ADDRESS = "http://figures.test/"


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
    page.wait_for_timeout(1000)
    moving = page.evaluate("document.getAnimations().filter(a => a.playState == 'running').length")
    assert moving > 50
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
