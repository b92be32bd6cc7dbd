"""Every page of the staff area is used by a keyboard alone: on a panel, a phone and a desktop."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kiosk.main.station import Observers
from kiosk.settings.loading import parse_settings
from kiosk.staff.doorway import Doorway
from kiosk.staff.pin_file import PinFile
from tests.drivers.screens import until
from tests.drivers.staff import OTHER, PIN, keep_pin
from tests.drivers.staff_pages import SIZES, sign_in, wrong, wrong_by_keyboard
from tests.drivers.stage import MOCK, Stage, open_stage
from web.routes.staff import area

#: Every page behind the PIN, and the keypad before it.
PAGES = {
    "/staff/": "#state summary",
    "/staff/restart/browser": "#restart",
    "/staff/settings": "#undo",
    "/staff/statistics": "#hours",
    "/staff/updates": "#state h1:has-text('Matside')",
    "/staff/pin": "#keypad",
    "/staff/enter": "#keypad",
}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A station that systemd runs, with a PIN and a settings file."""
    keep_pin(tmp_path)
    (tmp_path / "config.toml").write_text('[station]\nside = "left"\n')
    with open_stage(tmp_path, MOCK, Observers(restart=lambda _what: None)) as opened:
        yield opened


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser, stage: Stage) -> Iterator[Page]:
    width, height = SIZES[request.param]
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    sign_in(page, stage.url)
    yield page
    page.close()


def open_page(page: Page, stage: Stage, path: str) -> None:
    page.goto(f"{stage.url}{path}")  # until it is loaded, so that its script listens
    expect(page.locator(PAGES[path]).first).to_be_visible(timeout=15_000)


def test_tab_reaches_everything_and_shows_where_it_is(page: Page, stage: Stage) -> None:
    found: list[str] = []
    for path in PAGES:
        open_page(page, stage, path)
        found += wrong_by_keyboard(page)
    open_page(page, stage, "/staff/settings")
    found += wrong_by_keyboard(page, "Shift+Tab")
    assert found == []


def test_the_settings_can_be_read_with_a_change_and_lists_unfolded(
    page: Page, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    if page.viewport_size != {"width": 800, "height": 480}:
        # A phone and a desktop are in the network.
        monkeypatch.setattr(area, "doorway_of", lambda _request: Doorway.NETWORK)
    open_page(page, stage, "/staff/settings")
    row(page, "panel.quiet").get_by_role("switch").press("Space")
    row(page, "station.offered").locator("summary").press("Enter")
    row(page, "screen.off_from").locator("summary").press("Enter")
    expect(page.locator("#said")).to_have_text("1 change")
    assert wrong(page) + wrong_by_keyboard(page) == []


@pytest.mark.parametrize("page", ["7in"], indirect=True)
def test_the_keys_for_a_name_can_be_touched_on_a_panel_and_on_an_upright_one(
    page: Page, stage: Stage
) -> None:
    open_page(page, stage, "/staff/settings")
    row(page, "station.name").locator("input").focus()
    expect(page.locator("#keyboard")).to_be_visible()
    assert wrong(page) == []
    page.set_viewport_size({"width": 480, "height": 800})
    until(page, "() => innerWidth === 480")
    boxes = [key.bounding_box() for key in page.locator("#keyboard button").all()]
    assert len(boxes) > 40
    for box in boxes:
        assert box is not None
        assert box["width"] >= 44
        assert box["height"] >= 44
        assert 0 <= box["x"] <= 480 - box["width"]


def row(page: Page, name: str) -> Locator:
    return page.locator(f'[data-name="{name}"]')


@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_every_kind_of_setting_is_set_by_keyboard(page: Page, stage: Stage, tmp_path: Path) -> None:
    open_page(page, stage, "/staff/settings")
    row(page, "station.side").get_by_text("Right").press("Enter")
    row(page, "panel.quiet").get_by_role("switch").press("Space")
    row(page, "screen.viewing_distance_m").locator('[data-by="1"]').press("Enter")
    row(page, "screen.rotation").locator("button").nth(2).press("Space")
    routine = row(page, "station.routine")
    routine.locator("summary").press("Enter")
    routine.get_by_text("Couch stretch").press("Enter")
    expect(routine.locator("summary")).to_have_text("Couch stretch")
    name = row(page, "station.name").locator("input")
    name.focus()
    expect(page.locator("#keyboard")).to_be_visible()
    page.keyboard.type("Mat 2")
    page.keyboard.press("Tab")
    expect(page.locator("#keyboard")).to_be_hidden()
    expect(page.locator("#said")).to_have_text("6 changes")
    page.locator("#write").press("Enter")
    expect(page.locator("#said")).to_have_text("Saved. One moment …")
    found = parse_settings((tmp_path / "config.toml").read_bytes(), "")
    assert (found.station.side, found.station.routine) == ("right", "couch-stretch")
    assert (found.station.name, found.panel.quiet) == ("Mat 2", True)
    assert (found.screen.rotation, found.screen.viewing_distance_m) == (180, 2.1)


@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_the_pin_is_changed_by_keyboard(page: Page, stage: Stage, tmp_path: Path) -> None:
    open_page(page, stage, "/staff/pin")
    for pin, asks in (
        (PIN, "New PIN"),
        (OTHER, "Type it once more"),
        (OTHER, "The PIN is changed"),
    ):
        page.keyboard.type(pin)
        page.keyboard.press("Enter")
        expect(page.locator("#asked")).to_have_text(asks, timeout=20_000)
    expect(page.locator("#back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Settings")
    kept = PinFile(tmp_path).read()
    assert kept is not None
    assert kept.is_made_of(OTHER)
