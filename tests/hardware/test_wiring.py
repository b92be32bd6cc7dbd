"""The wiring diagram: drawn from the pins of the settings, with the parts there are."""

import itertools
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest
from gpiozero.pins.mock import MockFactory

from hardware.header import PINS, nearest_ground, physical
from hardware.wiring import draw_wiring
from kiosk.ports.panel import PanelSettings

SVG = "{http://www.w3.org/2000/svg}"


def drawn(**settings: Any) -> ET.Element:
    return ET.fromstring(draw_wiring(replace(PanelSettings(), **settings)))  # noqa: S314 - our own


def used(diagram: ET.Element) -> dict[int, str]:
    """The labels of the header's pins that are in use."""
    return {
        int(group.attrib["data-pin"]): [text for text in group.itertext() if text.strip()][-1]
        for group in diagram.iter(f"{SVG}g")
        if group.get("class") == "used"
    }


def words(diagram: ET.Element) -> str:
    return " ".join(diagram.itertext())


def ends(diagram: ET.Element) -> list[tuple[float, float]]:
    """Where the wires that come from the header begin."""
    paths = [path.attrib["d"] for path in diagram.iter(f"{SVG}path") if path.get("class") == "wire"]
    starts = [path[1:].split("L")[0].split() for path in paths]
    return [(float(x), float(y)) for x, y in starts]


def test_the_header_is_the_one_that_gpiozero_knows() -> None:
    header = MockFactory(revision="c03111").board_info.headers["J8"]
    for number, name in enumerate(PINS, 1):
        known = header.pins[number].name
        assert known == (f"GPIO{name}" if isinstance(name, int) else name)


def test_the_defaults_are_drawn_with_their_supplies() -> None:
    assert used(drawn()) == {
        1: "3.3 V",
        2: "5 V",
        11: "GPIO17",
        13: "GPIO27",
        15: "GPIO22",
        39: "GND",
    }


def test_other_pins_are_drawn_at_their_places() -> None:
    diagram = drawn(button_pin=26, buzzer_pin=12, light_pin=5)
    assert {37: "GPIO26", 32: "GPIO12", 29: "GPIO5"}.items() <= used(diagram).items()
    assert "pin 37 (GPIO26)" in words(diagram)
    circles = {
        group.attrib["data-pin"]: (float(circle.attrib["cx"]), float(circle.attrib["cy"]))
        for group in diagram.iter(f"{SVG}g")
        if "data-pin" in group.attrib
        for circle in group.iter(f"{SVG}circle")
    }
    for pin in ("37", "32", "29"):
        assert circles[pin] in ends(diagram)


def test_a_part_that_is_not_there_is_left_out_with_its_supply() -> None:
    diagram = drawn(light_pin=None)
    assert "Light" not in words(diagram)
    assert 2 not in used(diagram)
    assert used(drawn(button_pin=None, buzzer_pin=None, light_pin=None)) == {}


def test_a_passive_buzzer_is_called_so() -> None:
    assert "passive buzzer" in words(drawn(buzzer="passive"))


@pytest.mark.parametrize("bcm", [0, 4, 14, 21, 26])
def test_any_pin_can_be_drawn_for_any_part(bcm: int) -> None:
    for part in ("button_pin", "buzzer_pin", "light_pin"):
        assert physical(bcm) in used(drawn(**{part: bcm}))


def test_no_two_wires_leave_the_header_at_the_same_height() -> None:
    # Neighbours across and below are the tightest: GPIO17, GPIO18 and GPIO27.
    for pins in itertools.permutations((17, 18, 27)):
        names = ("button_pin", "buzzer_pin", "light_pin")
        diagram = drawn(**dict(zip(names, pins, strict=True)))
        # A wire goes on where its lead across the header ends: at the board's edge.
        clear = [y for x, y in ends(diagram) if 300 < x < 320]
        assert len(clear) == 6
        heights = sorted(clear)
        assert all(b - a >= 6 for a, b in itertools.pairwise(heights))


def test_the_nearest_ground_is_on_the_header() -> None:
    assert nearest_ground(physical(17)) == 9
    assert nearest_ground(physical(21)) == 39
