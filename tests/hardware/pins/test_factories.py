"""Pin factories by name."""

import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from gpiozero import PinUnknownPi
from gpiozero.pins.pi import PiBoardInfo

from hardware.pins import board, factories, revision
from kiosk.core.errors import HardwareError
from tests.drivers.clocks import FakeClock
from tests.drivers.panels import MOCK


def test_auto_is_mock_off_the_pi_and_gpio_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factories, "on_raspberry_pi", lambda: False)
    assert factories.resolve("auto") == "mock"
    monkeypatch.setattr(factories, "on_raspberry_pi", lambda: True)
    assert factories.resolve("auto") == "gpiod"
    assert factories.resolve("mock") == "mock"
    assert factories.resolve("lgpio") == "lgpio"


@pytest.mark.parametrize(
    ("file", "content", "is_pi"),
    [
        ("model", b"Raspberry Pi 5 Model B Rev 1.0\0", True),
        ("model", b"Radxa ROCK 5B\0", False),
        ("cpuinfo", b"processor : 0\nModel\t\t: Raspberry Pi 3 Model B Rev 1.2\n", True),
        ("cpuinfo", b"model name : Intel(R) Core(TM)\n", False),
    ],
)
def test_a_board_is_known_by_what_it_says(
    tmp_path: Path, file: str, content: bytes, *, is_pi: bool
) -> None:
    (tmp_path / file).write_bytes(content)
    places = (tmp_path / "model", tmp_path / "cpuinfo")
    assert board.on_raspberry_pi(places) is is_pi


def test_a_board_without_a_revision_has_the_header_of_a_pi_4(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown() -> int:
        raise PinUnknownPi("no revision here")

    monkeypatch.setattr(revision, "get_pi_revision", unknown)
    assert PiBoardInfo.from_revision(revision.board_revision()).model == "4B"
    monkeypatch.setattr(revision, "get_pi_revision", lambda: 0xC04170)
    assert PiBoardInfo.from_revision(revision.board_revision()).model == "5B"


def open_lgpio(chip: str | None = None) -> Any:
    settings = replace(MOCK, hardware="lgpio", chip=chip)
    return factories.open_factory("lgpio", settings, FakeClock(), lambda _problem: None)


@pytest.mark.parametrize("empty", [True, False])
def test_a_missing_or_empty_lgpio_names_the_package_to_install(
    monkeypatch: pytest.MonkeyPatch, *, empty: bool
) -> None:
    monkeypatch.setitem(sys.modules, "lgpio", ModuleType("lgpio") if empty else None)
    monkeypatch.delitem(sys.modules, "gpiozero.pins.lgpio", raising=False)
    monkeypatch.delitem(sys.modules, "hardware.pins.lgpio_factory", raising=False)
    with pytest.raises(HardwareError, match="Install python3-lgpio with apt"):
        open_lgpio()


def test_lgpio_leaves_the_working_directory_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("lgpio")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(HardwareError, match="No GPIO chip at /dev/nothing"):
        open_lgpio("/dev/nothing")
    assert Path.cwd() == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_lgpio_opens_the_chip_that_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("gpiod")  # what looks for the chip
    numbers = []

    def gpiochip_open(number: int) -> int:
        numbers.append(number)
        raise OSError("can not open gpiochip")

    # What gpiozero's module needs of lgpio to be imported.
    lgpio = ModuleType("lgpio")
    edges = {"RISING_EDGE": 1, "FALLING_EDGE": 2, "BOTH_EDGES": 3}
    vars(lgpio).update(edges, SET_PULL_NONE=0, gpiochip_open=gpiochip_open)
    monkeypatch.setitem(sys.modules, "lgpio", lgpio)
    monkeypatch.delitem(sys.modules, "gpiozero.pins.lgpio", raising=False)
    monkeypatch.delitem(sys.modules, "hardware.pins.lgpio_factory", raising=False)
    monkeypatch.setattr("hardware.pins.chips.find_chip", lambda _wanted: "/dev/gpiochip11")
    with pytest.raises(HardwareError, match="lgpio cannot open /dev/gpiochip11: can not open"):
        open_lgpio()
    assert numbers == [11]
    del sys.modules["gpiozero.pins.lgpio"], sys.modules["hardware.pins.lgpio_factory"]
