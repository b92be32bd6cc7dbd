"""Staff bring an update from a phone and have it installed, in a real browser."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.main import staff
from kiosk.staff.doorway import Doorway
from kiosk.updates import station as updates_station
from kiosk.updates.naming import architecture_here
from kiosk.updates.result import Result, Stage, write_result
from kiosk.updates.station import Updates
from tests.drivers.readable import findings
from tests.drivers.staff import PIN, keep_pin
from tests.drivers.stage import open_stage
from tests.drivers.updates import make_key, make_package, sign, trust
from web.routes.staff import area

pytestmark = pytest.mark.skipif(
    not (shutil.which("ssh-keygen") and shutil.which("dpkg-deb")),
    reason="no ssh-keygen, or no dpkg-deb: apt-get install openssh-client dpkg",
)

SIZES = {"7in": (800, 480), "phone": (390, 844), "desktop": (1366, 768)}


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A station that is a service, with a key for updates. Its pages are as a phone has them."""
    for folder in ("run", "own", "data", "made"):
        (tmp_path / folder).mkdir()
    keep_pin(tmp_path / "data")
    trust(tmp_path / "signers", make_key(tmp_path / "key"))
    monkeypatch.setattr(staff, "runtime_directory", lambda: tmp_path / "run")
    here = partial(Updates, signers=tmp_path / "signers", own=tmp_path / "own")
    monkeypatch.setattr(updates_station, "Updates", here)
    monkeypatch.setattr(area, "doorway_of", lambda _request: Doorway.NETWORK)
    with open_stage(tmp_path / "data") as stage:
        yield stage.url


def open_updates(browser: Browser, url: str, size: str = "phone") -> Page:
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, has_touch=True)
    page.goto(f"{url}/staff")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Updates").tap(timeout=15_000)
    expect(page.locator("h1")).to_contain_text("Matside")
    return page


def test_a_package_is_brought_and_asked_for(browser: Browser, url: str, tmp_path: Path) -> None:
    here = architecture_here()
    package = make_package(tmp_path / "made", "9.0.0", architecture=here)
    package = package.rename(package.with_name(f"matside_9.0.0_{here}.deb"))
    sign(package, tmp_path / "key")
    page = open_updates(browser, url)
    expect(page.locator("#state")).to_contain_text("No newer package lies in")
    page.locator("#files").set_input_files([package, Path(f"{package}.sig")])
    expect(page.locator("#said")).to_have_text("All is here.")
    brought = tmp_path / "data" / "updates" / package.name
    assert brought.read_bytes() == package.read_bytes()
    page.get_by_role("button", name="Install 9.0.0").tap()
    expect(page.locator("#said")).to_contain_text("It is being installed")
    assert (tmp_path / "run" / "install-update").exists()
    write_result(tmp_path / "own", Result(Stage.INSTALLING, "9.0.0"))
    expect(page.locator("#result")).to_contain_text("that takes some minutes", timeout=15_000)
    write_result(tmp_path / "own", Result(Stage.FELL_BACK, "9.0.0", "It did not start."))
    expect(page.locator("#result")).to_have_text("Taken back: 9.0.0. It did not start.")
    page.close()


def test_a_file_of_another_name_is_refused(browser: Browser, url: str, tmp_path: Path) -> None:
    other = tmp_path / "holiday.deb"
    other.write_bytes(b"sun")
    page = open_updates(browser, url)
    page.locator("#files").set_input_files(other)
    expect(page.locator("#said")).to_contain_text("is not the name of an update")
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_the_page_can_be_read_and_touched(
    browser: Browser, url: str, tmp_path: Path, size: str
) -> None:
    folder = tmp_path / "data" / "updates"
    folder.mkdir()
    here = architecture_here()
    package = make_package(tmp_path / "made", "9.0.0", architecture=here)
    package = package.rename(folder / f"matside_9.0.0_{here}.deb")
    sign(package, tmp_path / "key")
    write_result(tmp_path / "own", Result(Stage.REFUSED, "", f"{package.name} is not signed."))
    page = open_updates(browser, url, size)
    expect(page.locator("#result")).to_be_visible()
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [
        box
        for each in page.locator(".page button, .page label.button").all()
        if (box := each.bounding_box()) is None or box["height"] < 64
    ] == []
    page.close()
