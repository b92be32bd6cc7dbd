"""Take a picture of every screen at every size: ``make screenshots``."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import HOW_TO_GET_ONE, SIZES, launch, live_station
from tests.browser.screens import walk


def main(folder: Path, sizes: list[str]) -> int:
    """Write the pictures into `folder`, a subfolder a size."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            print(HOW_TO_GET_ONE, file=sys.stderr)
            return 1
        for name in sizes or list(SIZES):
            print(f"{folder / name}: {shoot(browser, folder / name, SIZES[name])} screens")
    return 0


def shoot(browser: Browser, folder: Path, size: tuple[int, int]) -> int:
    """Write a picture of every screen at `size` into `folder`; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height})
    taken: list[str] = []

    def take(screen: str) -> None:
        taken.append(screen)
        page.wait_for_timeout(250)  # the flash of the cue is over
        page.screenshot(path=folder / f"{len(taken):02d}-{screen}.png")

    with tempfile.TemporaryDirectory() as data, live_station(Path(data)) as station:
        page.goto(station.url + "/?bench=off")
        walk(page, station, take)
    page.close()
    return len(taken)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
