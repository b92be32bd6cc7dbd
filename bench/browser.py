"""The browser of the measurements."""

import contextlib
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, Error, sync_playwright

from bench.table import BenchError

_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Headless Chromium: the system's, else Playwright's own.

    Raises:
        BenchError: There is none.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=_QUIET)
        except Error as cause:
            raise BenchError(
                "no Chromium here: apt-get install chromium, or "
                ".venv/bin/playwright install chromium"
            ) from cause
        with browser:
            yield browser
