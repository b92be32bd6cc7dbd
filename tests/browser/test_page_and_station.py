"""The page when the station it shows goes away, comes back, or has new settings."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.drivers.chromium import OpenPage
from tests.drivers.processes import free_port, live_station
from tests.drivers.sounds import write_wav

pytestmark = pytest.mark.process


def test_the_page_finds_back_by_itself_after_the_station_was_killed(
    tmp_path: Path, open_page: OpenPage
) -> None:
    with live_station(tmp_path) as station:
        page = open_page(station.url)
        station.press()
        expect(page.locator("#screen h1")).to_have_text("Is any of this you?")
        station.process.kill()
        station.process.wait(timeout=5)
    port = station.url.rpartition(":")[2]
    with live_station(tmp_path, "--port", port):
        started = time.monotonic()
        expect(page.locator("#screen h1")).to_have_text("Psoas release", timeout=5000)
        assert time.monotonic() - started < 5
        expect(page.locator("#offline")).to_be_hidden()


def test_an_open_page_loads_itself_anew_for_new_settings(
    tmp_path: Path, open_page: OpenPage
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("[screen]\nviewing_distance_m = 2\n")
    options = ("--config", str(settings), "--port", str(free_port()))
    with live_station(tmp_path, *options) as station:
        page = open_page(station.url)
        far = "getComputedStyle(document.documentElement).getPropertyValue('--far')"
        assert page.evaluate(far) == "1.000"
        edition = page.locator("body").get_attribute("data-edition") or ""
        settings.write_text("[screen]\nviewing_distance_m = 3\n")
        station.reload()
        expect(page.locator("body")).not_to_have_attribute("data-edition", edition, timeout=9000)
        assert page.evaluate(far) == "1.500"
        station.press()
        expect(page.locator("#screen h1")).to_have_text("Is any of this you?")


def test_an_open_page_loads_itself_anew_for_a_voice(tmp_path: Path, open_page: OpenPage) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("")
    write_wav(tmp_path / "own" / "en" / "psoas-release.check.headline.wav")
    options = ("--config", str(settings), "--port", str(free_port()))
    with live_station(tmp_path, *options) as station:
        page = open_page(station.url)
        edition = page.locator("body").get_attribute("data-edition") or ""
        settings.write_text(f"[voice]\nrecordings = '{tmp_path / 'own'}'\n")
        # What a press would have it say is fetched before that.
        with page.expect_request("**/voice/**", timeout=15_000):
            station.reload()
        expect(page.locator("body")).not_to_have_attribute("data-edition", edition)
        station.press()
        expect(page.locator("#screen h1")).to_have_text("Is any of this you?")


def test_the_page_says_that_it_has_lost_the_station(tmp_path: Path, open_page: OpenPage) -> None:
    with live_station(tmp_path) as station:
        page = open_page(station.url)
    expect(page.locator("#offline")).to_be_visible(timeout=5000)
