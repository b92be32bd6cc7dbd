"""A walk through every screen of the station, for screenshots and for the tests of the layout."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.chromium import LiveStation

#: Real seconds after which a further press is not taken for a repetition.
APART = 0.3


def wait_for_version(page: Page, station: LiveStation) -> None:
    """Wait until the page shows the station's present version."""
    version = station.get("/api/session")["version"]
    page.wait_for_function(f"document.body.dataset.version >= {version}")


def walk(page: Page, station: LiveStation, visit: Callable[[str], None]) -> None:
    """Go through a session by the button, calling `visit` with the name of each screen.

    The station runs at normal speed: holds are left by a press.
    """
    seen: set[str] = set()

    def look(name: str) -> None:
        wait_for_version(page, station)
        if name not in seen:
            seen.add(name)
            visit(name)

    def press() -> None:
        time.sleep(APART)
        station.press()

    look("attract")
    for _ in range(40):
        press()
        session = station.get("/api/session")
        if session["status"] != "running":
            break
        step = session["step"]
        side = f"-{step['side']}" if step["side"] else ""
        look(f"{session['step']['kind']}-{step['id']}{side}")
        if step["id"] == "straighten" and "paused" not in seen:
            station.post("/api/button", action="hold")
            look("paused")
            press()
            look("ready")
            press()
    look("summary")
