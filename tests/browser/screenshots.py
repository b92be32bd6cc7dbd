"""Take a picture of every screen at every size: ``make screenshots``."""

import sys
import tempfile
from pathlib import Path

from chromium import HOW_TO_GET_ONE, SIZES, launch, live_station
from playwright.sync_api import sync_playwright
from screens import walk


def main(folder: Path, sizes: list[str]) -> int:
    """Write the pictures into `folder`, a subfolder a size."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            print(HOW_TO_GET_ONE, file=sys.stderr)
            return 1
        for name in sizes or list(SIZES):
            width, height = SIZES[name]
            target = folder / name
            target.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory() as data, live_station(Path(data)) as station:
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(station.url + "/?bench=off")
                taken: list[str] = []

                def shoot(screen: str) -> None:
                    taken.append(screen)
                    page.wait_for_timeout(250)
                    page.screenshot(path=target / f"{len(taken):02d}-{screen}.png")

                walk(page, station, shoot)
                page.close()
            print(f"{target}: {len(taken)} screens")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
