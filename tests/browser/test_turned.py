"""A panel that hangs turned shows the upright screen, turned; and touch turns along."""

from pathlib import Path

import msgspec
import pytest

from kiosk.settings.shapes import ScreenSection
from tests.drivers.chromium import OpenPage
from tests.drivers.screens import until, wait_for_version
from tests.drivers.stage import MOCK, open_stage

#: What the upright screen is laid out like, whichever way it hangs.
LAYOUT = """() => {
    const view = document.querySelector('#screen').firstElementChild;
    const sizes = [...view.querySelectorAll('h1, p, button, .band, .picture')]
        .map(part => [part.offsetWidth, part.offsetHeight]);
    return [view.className, view.offsetWidth, view.offsetHeight, ...sizes];
}"""

#: The box of the station in the window.
BOX = """() => {
    const box = document.querySelector('#station').getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom].map(Math.round);
}"""

#: Whether 90 seconds a side are chosen.
CHOSEN = """() =>
    document.querySelector('#screen [data-value="90"]').getAttribute('aria-pressed') === 'true'
"""

#: The middle of the button for 90 seconds a side, in the window.
MIDDLE = """() => {
    const box = document.querySelector('#screen [data-value="90"]').getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
}"""


@pytest.mark.parametrize(
    ("rotation", "window"), [(90, (480, 800)), (180, (800, 480)), (270, (480, 800))]
)
def test_a_turned_panel_shows_what_an_upright_one_does(
    rotation: int, window: tuple[int, int], tmp_path: Path, open_page: OpenPage
) -> None:
    # From so far away that something has to make way for the letters.
    screen = msgspec.structs.replace(ScreenSection(), rotation=rotation, viewing_distance_m=3.0)
    width, height = window
    with open_stage(tmp_path, msgspec.structs.replace(MOCK, screen=screen)) as stage:
        upright = open_page(f"{stage.url}/?panel=off", viewport={"width": 800, "height": 480})
        turned = open_page(
            f"{stage.url}/?kiosk&panel=off", viewport={"width": width, "height": height}
        )
        for step in ("check", "equipment", "settle"):
            stage.press_until(step)
            wait_for_version(upright, stage.state.version)
            wait_for_version(turned, stage.state.version)
            assert turned.evaluate(LAYOUT) == upright.evaluate(LAYOUT), step
            assert turned.evaluate(BOX) == [0, 0, width, height]
            if step == "equipment":
                turned.mouse.click(*turned.evaluate(MIDDLE))
                until(turned, CHOSEN)
                assert stage.state.choices.seconds == 90
