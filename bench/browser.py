"""The browser that pages are measured in."""

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from bench.table import BenchError
from tests.drivers.chromium import HOW_TO_GET_ONE, launch


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Headless Chromium: the system's, else Playwright's own.

    Raises:
        BenchError: There is no browser.
    """
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            raise BenchError(HOW_TO_GET_ONE)
        with browser:
            yield browser
