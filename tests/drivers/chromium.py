"""Where the browser of the tests comes from, and the sizes of screens that it is opened at."""

import contextlib
import shutil
from collections.abc import Callable

from playwright.sync_api import Browser, Error, Page, Playwright

#: The panels of the design, and a desktop.
SIZES = {
    "7in": (800, 480),
    "10in": (1280, 800),
    "portrait": (720, 1280),
    "desktop": (1920, 1080),
}

#: Opens the page of a station in a fresh profile; the options are those of a browser's context.
OpenPage = Callable[..., Page]

HOW_TO_GET_ONE = (
    "no Chromium here: apt-get install chromium, or .venv/bin/playwright install chromium"
)

#: Keeps a browser that has no network from looking for one.
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


def launch(playwright: Playwright) -> Browser | None:
    """The system's Chromium, else Playwright's own, else None."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with contextlib.suppress(Error):
        return playwright.chromium.launch(executable_path=path, args=_QUIET)
    return None
