"""Put every screen of a language on contact sheets, to be looked at: ``make language-sheets``."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kiosk.library.words import load_languages
from kiosk.main.rules import library_of, rules_of
from tests.browser.sheets import Shot, write_sheet
from tests.drivers.chromium import HOW_TO_GET_ONE, SIZES, launch
from tests.drivers.every_screen import ShownScreen, every_screen
from tests.drivers.scripts import SHOW_SCREEN
from tests.drivers.stage import MOCK, open_stage

#: How wide (px) a screen is on a sheet, and how many stand in a row.
WIDTH = {"7in": 400, "portrait": 200}
ROW = {"7in": 4, "portrait": 8}


def main(folder: Path, codes: Sequence[str], routines: Sequence[str]) -> int:
    """Write a PNG into `folder` for each language, size and routine."""
    languages = load_languages()
    rules = replace(rules_of(MOCK, library_of(MOCK)), languages=tuple(languages))
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as data,
        open_stage(Path(data)) as stage,
    ):
        browser = launch(playwright)
        if browser is None:
            print(HOW_TO_GET_ONE, file=sys.stderr)
            return 1
        page, sheet = browser.new_page(), browser.new_page()
        page.goto(f"{stage.url}/?panel=off")
        for code in codes or sorted(languages):
            screens = list(every_screen(rules, languages, code, figures=True))
            for routine in routines or rules.routines:
                of_routine = [each for each in screens if each.name.split()[0] == routine]
                for size, width in WIDTH.items():
                    shots = _shots(page, size, of_routine, Path(data))
                    path = folder / f"{code}-{size}-{routine}.png"
                    write_sheet(sheet, path, shots, ROW[size], width)
        print(f"{folder}: {len(list(folder.glob('*.png')))} sheets")
    return 0


def _shots(page: Page, size: str, screens: Sequence[ShownScreen], folder: Path) -> list[Shot]:
    """Pictures of `screens` at `size`, each with its name."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    shots = []
    for number, (name, html) in enumerate(screens):
        page.evaluate(SHOW_SCREEN, html)
        path = folder / f"{number}.jpg"
        page.screenshot(path=path, type="jpeg", quality=80)
        shots.append(Shot(name, path))
    return shots


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("codes", nargs="*", help="codes of languages; all without any")
    parser.add_argument("--routine", action="append", default=[], help="only this one")
    given = parser.parse_args()
    sys.exit(main(given.folder, given.codes, given.routine))
