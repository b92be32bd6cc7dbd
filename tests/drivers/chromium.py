"""Where the browser of the tests comes from, and the sizes of screens that it is opened at."""

import contextlib
import shutil
from collections.abc import Callable

from playwright.sync_api import Browser, Error, Page, Playwright

#: The panels that are common, upright ones too, and a desktop. 7hdmi is the panel of 7 inches that
#: is most sold with HDMI.
SIZES = {
    "7in": (800, 480),
    "7hdmi": (1024, 600),
    "hd": (1280, 720),
    "10in": (1280, 800),
    "desktop": (1920, 1080),
    "portrait": (720, 1280),
    "10portrait": (800, 1280),
    "desktop-portrait": (1080, 1920),
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
