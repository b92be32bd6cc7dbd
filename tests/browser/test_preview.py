"""The page of a routine that is being written, in a browser that stays open beside the editor."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from kiosk.library.legibility import legible
from kiosk.library.new_routine import write_new_routine
from kiosk.library.remarks import Judge
from kiosk.library.words import load_languages
from kiosk.main.preview import Previewer
from kiosk.settings.shapes import Settings
from web.figures import POSES

JUDGE = Judge(POSES, load_languages(), 6, legible(2.0, 7.0))

#: Milliseconds that a page may take to show what was saved: it asks every 0.7 s, and then loads.
PATIENCE = 15_000

#: Elements that stick out at a side of the page.
OUTSIDE = """() => [...document.querySelectorAll("body *:not(svg *)")]
    .filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width > 0 && (box.left < -0.5 || box.right > innerWidth + 0.5);
    })
    .map((one) => `${one.tagName} ${one.className}`)"""


@dataclass(frozen=True)
class Desk:
    """An author's desk: the file, its preview, and a browser that shows it."""

    path: Path
    previewer: Previewer
    url: str
    page: Page

    def save(self, old: str, new: str) -> None:
        text = self.path.read_text(encoding="utf-8")
        assert old in text
        self.path.write_text(text.replace(old, new), encoding="utf-8")
        self.previewer.look()


@pytest.fixture
def desk(browser: Browser, tmp_path: Path) -> Iterator[Desk]:
    path = write_new_routine("hip-opener", tmp_path)
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    with contextlib.ExitStack() as stack:
        stack.callback(context.close)
        previewer = stack.enter_context(contextlib.closing(Previewer(path, Settings(), JUDGE)))
        previewer.look()
        server = make_server("127.0.0.1", 0, previewer, threaded=True)
        stack.callback(server.server_close)
        thread = threading.Thread(target=server.serve_forever, name="preview")
        thread.start()
        stack.callback(thread.join)
        stack.callback(server.shutdown)
        stack.callback(previewer.close)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        url = f"http://127.0.0.1:{server.server_port}/"
        page.goto(f"{url}preview")
        yield Desk(path, previewer, url, page)


def test_a_save_is_shown_by_itself_and_a_wrong_one_is_told_in_place_of_it(desk: Desk) -> None:
    desk.save("Hug the {other} knee", "Draw the {other} knee up")
    expect(desk.page.get_by_text("Draw the right knee up")).to_be_visible(timeout=PATIENCE)
    desk.save("seconds = 30", 'seconds = "30"')
    fault = desk.page.get_by_role("alert").first
    expect(fault).to_contain_text("line 68", timeout=PATIENCE)
    expect(fault).to_contain_text("Write it without quotes.")
    expect(desk.page).to_have_title("1 wrong: hip-opener.toml")
    expect(desk.page.get_by_text("Draw the right knee up")).to_be_visible(timeout=PATIENCE)
    desk.save('seconds = "30"', "seconds = 45")
    expect(desk.page.get_by_text("hold · 0:45")).to_be_visible(timeout=PATIENCE)
    expect(desk.page.locator(".faults")).to_have_count(0, timeout=PATIENCE)


def test_a_station_that_is_tried_meanwhile_shows_the_save_too(desk: Desk) -> None:
    desk.page.get_by_text("Try it on the station").click()
    expect(desk.page.get_by_text("Hip opener").first).to_be_visible(timeout=PATIENCE)
    desk.save("Hip opener", "Hip closer")
    expect(desk.page.get_by_text("Hip closer").first).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("width", [1366, 390])
def test_nothing_sticks_out_and_everyone_can_read_it(desk: Desk, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 768})
    desk.save("seconds = 30", f'seconds = "{"30" * 40}"')
    expect(desk.page.locator(".faults")).to_be_visible(timeout=PATIENCE)
    for address in ("preview", "preview/figures"):
        desk.page.goto(desk.url + address)
        assert desk.page.evaluate(OUTSIDE) == [], address
        found = Axe().run(desk.page)
        assert found.violations_count == 0, found.generate_report()


def test_a_preview_that_has_ended_is_told(desk: Desk) -> None:
    lost = desk.page.locator("#lost")
    expect(lost).to_be_hidden(timeout=PATIENCE)
    desk.page.context.set_offline(True)
    expect(lost).to_be_visible(timeout=PATIENCE)
    desk.page.context.set_offline(False)
    expect(lost).to_be_hidden(timeout=PATIENCE)
