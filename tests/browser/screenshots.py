"""Take a picture of every screen at every size: ``make screenshots``."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.drivers.chromium import HOW_TO_GET_ONE, SIZES, launch
from tests.drivers.screens import walk, walk_further_routines


def main(folder: Path, sizes: list[str]) -> int:
    """Write the pictures into `folder`, a subfolder a size."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            print(HOW_TO_GET_ONE, file=sys.stderr)
            return 1
        page = browser.new_page()
        taken: list[str] = []

        def shoot(page: Page, screen: str) -> None:
            taken.append(screen)
            page.wait_for_timeout(250)
            for size in sizes or list(SIZES):
                width, height = SIZES[size]
                page.set_viewport_size({"width": width, "height": height})
                page.screenshot(path=folder / size / f"{len(taken):02d}-{screen}.png")

        walk(page, shoot)
        walk_further_routines(page, shoot)
        print(f"{folder}: {len(taken)} screens")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
