"""The browser that the tests of the page share, and the stations that they look at."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.drivers.chromium import HOW_TO_GET_ONE, OpenPage, launch
from tests.drivers.screens import until
from tests.drivers.stage import Stage, open_stage

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = launch(playwright)
        if found is None:
            if os.environ.get("MATSIDE_BROWSER_REQUIRED"):
                pytest.fail(HOW_TO_GET_ONE)
            pytest.skip(HOW_TO_GET_ONE)
        yield found
        found.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with open_stage(tmp_path) as opened:
        yield opened


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    contexts: list[BrowserContext] = []

    def show(address: str, **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})  # type: ignore[arg-type] # passed on as they are
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.goto(address)
        # The snapshot that every stream starts with has come.
        until(page, "() => document.body.dataset.version !== undefined")
        return page

    yield show
    for context in contexts:
        context.close()
