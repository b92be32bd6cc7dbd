"""Routines with sets, with breaths, and with both sides at once on the real page."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, expect

from kiosk.library.plurals import plural_category
from kiosk.settings.shapes import StationSection
from tests.drivers.chromium import SIZES, OpenPage
from tests.drivers.plain import plain_text
from tests.drivers.screens import until, wait_for_version
from tests.drivers.scripts import SETTLED, WRONG_BOXES
from tests.drivers.stage import MOCK, Stage, open_stage

#: Whether what fills up of a side is in motion.
FILLS = """() => document.querySelector("#screen [data-fill]").getAnimations().length === 1"""

IN_BREATHS = plain_text(
    'sides = "alternating"\nsets = 2\nside_breaths = [10, 12]\ndefault_breaths = 10', "breaths = 5"
)
AT_ONCE = plain_text('sides = "both-at-once"\nsets = 3', switch=False)


@contextlib.contextmanager
def open_plain(folder: Path, text: str) -> Iterator[Stage]:
    (folder / "plain.toml").write_text(text, encoding="utf-8")
    station = StationSection(routine="plain", routines=str(folder))
    with open_stage(folder / "data", msgspec.structs.replace(MOCK, station=station)) as opened:
        yield opened


@pytest.fixture
def in_breaths(tmp_path: Path) -> Iterator[Stage]:
    with open_plain(tmp_path, IN_BREATHS) as opened:
        yield opened


@pytest.fixture
def at_once(tmp_path: Path) -> Iterator[Stage]:
    with open_plain(tmp_path, AT_ONCE) as opened:
        yield opened


def press_to(stage: Stage, page: Page, step: str) -> None:
    stage.press_until(step)
    wait_for_version(page, stage.state.version)


def test_a_hold_counts_down_its_breaths(in_breaths: Stage, open_page: OpenPage) -> None:
    page = open_page(f"{in_breaths.url}/?panel=off")
    press_to(in_breaths, page, "hold-1")
    expect(page.locator("#screen [data-remaining]")).to_have_text("5")
    in_breaths.hold()
    in_breaths.press()
    wait_for_version(page, in_breaths.state.version)
    expect(page.locator("#screen [data-remaining]")).to_have_text("0:05")
    in_breaths.wait(5 + 12.5)  # get ready, and then more than two breaths of what was left
    in_breaths.hold()
    in_breaths.press()
    in_breaths.press()
    wait_for_version(page, in_breaths.state.version)
    expect(page.locator("#screen [data-remaining]")).to_have_text("3")
    expect(page.locator("#screen .band .set")).to_have_text("Set 1 of 2")


def test_the_unit_of_the_breaths_follows_their_number(
    in_breaths: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{in_breaths.url}/?panel=off")
    press_to(in_breaths, page, "hold-1")
    unit = page.locator("#screen .unit")
    expect(unit).to_have_text("breaths")
    in_breaths.wait(4 * 6 + 1)  # the last of five breaths of six seconds has begun
    in_breaths.hold()
    in_breaths.press()
    in_breaths.press()
    wait_for_version(page, in_breaths.state.version)
    expect(page.locator("#screen [data-remaining]")).to_have_text("1")
    expect(unit).to_have_text("breath")


def test_the_browser_counts_as_the_station_does(in_breaths: Stage, open_page: OpenPage) -> None:
    page = open_page(f"{in_breaths.url}/?panel=off")
    chosen = """([code, most]) => {
        const rules = new Intl.PluralRules(code);
        return Array.from({ length: most }, (_, number) => rules.select(number));
    }"""
    for code in ("ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt"):
        asked = page.evaluate(chosen, [code, 120])
        assert asked == [plural_category(number, code) for number in range(120)], code


def test_what_both_do_at_once_fills_one_bar(at_once: Stage, open_page: OpenPage) -> None:
    page = open_page(f"{at_once.url}/?panel=off")
    press_to(at_once, page, "hold-1")
    assert page.locator("#screen [data-fill]").count() == 1
    until(page, FILLS)
    at_once.wait(12)
    at_once.hold()
    at_once.press()
    wait_for_version(page, at_once.state.version)
    expect(page.locator("#screen [data-ledger]")).to_have_text("0:13")


@pytest.mark.parametrize("text", [IN_BREATHS, AT_ONCE], ids=["in breaths", "both at once"])
def test_every_screen_fits_every_size(tmp_path: Path, open_page: OpenPage, text: str) -> None:
    with open_plain(tmp_path, text) as stage:
        page = open_page(f"{stage.url}/?panel=off")
        for step in ("lie", "bend", "hold-1", "up", None):
            if step is None:
                stage.press()
            else:
                stage.press_until(step)
            wait_for_version(page, stage.state.version)
            for width, height in SIZES.values():
                page.set_viewport_size({"width": width, "height": height})
                page.evaluate(SETTLED)
                assert page.evaluate(WRONG_BOXES) == [], (step, width, height)
