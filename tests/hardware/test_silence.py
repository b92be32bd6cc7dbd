"""Buzzer and light are driven low from outside after a crash."""

from dataclasses import replace

import pytest

pytest.importorskip("gpiod")

from hardware.silence import drive_low
from kiosk.ports.panel import PanelSettings
from tests.drivers.fake_kernel import FakeDevice, FakeKernel

GPIO = PanelSettings(hardware="gpio")


@pytest.fixture
def chip(kernel: FakeKernel) -> FakeDevice:
    return kernel.chips["/dev/gpiochip0"]


def test_buzzer_and_light_are_low_after_it_and_their_lines_free(chip: FakeDevice) -> None:
    assert drive_low(GPIO) == []
    for pin in (GPIO.buzzer_pin, GPIO.light_pin):
        assert pin is not None
        assert chip.lines[pin].written == [False]
        assert chip.lines[pin].consumer == ""
    assert chip.lines[17].written == []


def test_it_needs_no_pin_library_of_the_setting(chip: FakeDevice) -> None:
    assert drive_low(replace(GPIO, hardware="lgpio")) == []
    assert chip.lines[27].written == [False]


def test_parts_that_are_not_there_and_a_mock_are_left_alone(chip: FakeDevice) -> None:
    assert drive_low(replace(GPIO, buzzer_pin=None, light_pin=None)) == []
    assert drive_low(replace(GPIO, hardware="mock")) == []
    assert chip.lines[27].written == []


def test_a_busy_line_does_not_keep_the_other_from_going_low(chip: FakeDevice) -> None:
    chip.lines[27].consumer = "pwm-beeper"
    (problem,) = drive_low(GPIO)
    assert "GPIO 27 could not be driven low" in problem
    assert chip.lines[22].written == [False]


def test_a_chip_that_is_gone_is_said(kernel: FakeKernel) -> None:
    kernel.chips = {}
    (problem,) = drive_low(GPIO)
    assert "No GPIO chip" in problem
