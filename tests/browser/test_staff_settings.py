"""Staff change settings by finger, at the panel and from a phone, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kiosk.settings.loading import parse_settings
from kiosk.settings.shapes import Settings
from tests.drivers.processes import LiveStation, free_port, live_station
from tests.drivers.staff import PIN, keep_pin

pytestmark = pytest.mark.process

SETTINGS = '# Ours.\n[station]\nside = "left"\n'

#: Imports a file's text as the page does in the network; at the panel there is no file to pick.
IMPORT = """([content]) => fetch("/staff/settings/import", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
        edition: document.querySelector("[data-edition]").dataset.edition,
        name: "other.toml",
        content,
    }),
}).then((answer) => answer.status)"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(SETTINGS)
    return file


@pytest.fixture
def station(tmp_path: Path, file: Path) -> Iterator[LiveStation]:
    keep_pin(tmp_path)
    with live_station(tmp_path, "--config", str(file), "--port", str(free_port())) as station:
        yield station


@pytest.fixture
def page(browser: Browser, station: LiveStation) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 800, "height": 480}, has_touch=True)
    page = context.new_page()
    page.goto(f"{station.url}/staff")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Settings").tap()
    expect(page.locator("h1")).to_have_text("Settings")
    page.wait_for_load_state()  # only then its scripts listen
    yield page
    context.close()


def settings(file: Path) -> Settings:
    return parse_settings(file.read_bytes(), "")


def row(page: Page, name: str) -> Locator:
    return page.locator(f'[data-name="{name}"]')


def save(page: Page) -> None:
    page.locator("#write").tap()
    expect(page.locator("#save")).to_be_hidden(timeout=20_000)
    page.wait_for_load_state()


def test_every_kind_of_setting_is_set_by_finger_and_is_in_force_at_once(
    page: Page, file: Path, station: LiveStation
) -> None:
    row(page, "station.side").get_by_text("Right").tap()
    row(page, "panel.quiet").get_by_role("switch").tap()
    for _ in range(3):
        row(page, "screen.viewing_distance_m").locator('[data-by="1"]').tap()
    for name, time in (("screen.off_from", "22:30"), ("screen.off_until", "05:30")):
        row(page, name).locator("summary").tap()
        row(page, name).get_by_text(time, exact=True).tap()
        expect(row(page, name).locator("summary")).to_have_text(time)
    offered = row(page, "station.offered")
    offered.locator("summary").tap()
    offered.locator("li").nth(0).locator(".pick").tap()
    offered.locator("li").nth(2).locator("[data-move]").tap()
    expect(offered.locator("summary")).to_have_text("9 of 10")
    expect(page.locator("#said")).to_have_text("6 changes")
    save(page)
    found = settings(file)
    assert (found.station.side, found.panel.quiet) == ("right", True)
    assert found.screen.viewing_distance_m == 2.3
    assert (found.screen.off_from, found.screen.off_until) == ("22:30", "05:30")
    assert found.station.offered is not None
    assert found.station.offered[:2] == ("half-kneeling", "no-pressure-psoas")
    assert file.read_text().startswith('# Ours.\n[station]\nside = "right"\n')
    assert station.get("/api/session")["choices"]["side"] == "right"


def test_a_name_is_typed_with_the_keys_on_the_screen(page: Page, file: Path) -> None:
    row(page, "station.name").locator("input").tap()
    keys = page.locator("#keyboard")
    keys.get_by_label("Capital letters").tap()
    keys.get_by_text("M", exact=True).tap()
    keys.get_by_label("Capital letters").tap()
    for key in "atx":
        keys.get_by_text(key, exact=True).tap()
    keys.get_by_label("Erase").tap()
    keys.get_by_label("Space").tap()
    keys.get_by_text("2", exact=True).tap()
    expect(page.locator("#typed")).to_have_text("Mat 2")
    keys.get_by_text("Done").tap()
    save(page)
    assert settings(file).station.name == "Mat 2"
    expect(page).to_have_title("Settings · Mat 2")


def test_a_change_can_be_discarded_and_the_last_one_taken_back(page: Page, file: Path) -> None:
    side = row(page, "station.side")
    side.get_by_text("Right").tap()
    page.locator("#discard").tap()
    expect(side.get_by_text("Left")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#save")).to_be_hidden()
    page.wait_for_load_state()
    side.get_by_text("Right").tap()
    save(page)
    page.locator("#undo").tap()
    expect(side.get_by_text("Left")).to_have_attribute("aria-pressed", "true", timeout=20_000)
    assert file.read_text() == SETTINGS


def test_what_cannot_be_is_told_and_nothing_is_lost(page: Page, file: Path) -> None:
    row(page, "screen.off_from").locator("summary").tap()
    row(page, "screen.off_from").get_by_text("22:30").tap()
    page.locator("#write").tap()
    expect(page.locator("#said")).to_contain_text("Set both, or neither.")
    assert file.read_text() == SETTINGS
    row(page, "screen.off_until").locator("summary").tap()
    row(page, "screen.off_until").get_by_text("06:00").tap()
    save(page)
    assert settings(file).screen.off_until == "06:00"


def test_letters_of_the_sample_grow_with_the_distance(page: Page) -> None:
    sample = page.locator("#sample")
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    before = sample.evaluate(size)
    for _ in range(10):
        row(page, "screen.viewing_distance_m").locator('[data-by="1"]').tap()
    assert sample.evaluate(size) == pytest.approx(before * 1.5, rel=1e-3)


def test_the_file_of_another_station_is_taken_over_but_not_its_wiring(
    page: Page, file: Path
) -> None:
    file.write_text(SETTINGS + "[panel]\nbutton_pin = 5\n")
    page.reload()
    page.wait_for_load_state()
    comments = "# As the gym of the north has it, with a reason for each line.\n" * 200
    other = f'{comments}[station]\nside = "right"\n[panel]\nbutton_pin = 6\n'
    assert page.evaluate(IMPORT, [other]) == 200
    assert settings(file).station.side == "right"
    assert settings(file).panel.button_pin == 5
    assert "the gym of the north" in file.read_text()
