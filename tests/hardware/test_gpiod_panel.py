"""The whole panel on the kernel's GPIO interface."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

pytest.importorskip("gpiod")

from hardware.panel import StationPanel, open_panel
from hardware.pins.gpiod_factory import CONSUMER
from kiosk.core.cues import Cue
from kiosk.ports.panel import Edge, PanelHealth, PanelSettings, PartStatus
from tests.drivers.fake_kernel import FakeDevice, FakeKernel
from tests.drivers.panels import Ear
from tests.drivers.threads import SOON, until

GPIO = PanelSettings(hardware="gpio")
CHIP = "/dev/gpiochip0"


def is_well(health: PanelHealth) -> bool:
    return {health.button, health.buzzer, health.light} == {PartStatus.OK}


@pytest.fixture
def chip(kernel: FakeKernel) -> FakeDevice:
    return kernel.chips[CHIP]


@pytest.fixture
def panel(chip: FakeDevice, ear: Ear, monkeypatch: pytest.MonkeyPatch) -> Iterator[StationPanel]:
    monkeypatch.setattr("hardware.panel.FIRST_RETRY", 0.005)
    panel = open_panel(GPIO, ear.edge, ear.health)
    assert chip.lines[17].consumer == CONSUMER
    yield panel
    panel.close()


def test_a_press_on_the_line_is_told(panel: StationPanel, chip: FakeDevice, ear: Ear) -> None:
    assert panel.mock is None
    assert panel.health().factory == "gpiod"
    chip.wire(17, level=False)
    assert ear.hears(Edge.DOWN)
    chip.wire(17, level=None)
    assert ear.hears(Edge.DOWN, Edge.UP)


def test_a_cue_drives_the_lines_and_closing_leaves_them_low(
    panel: StationPanel, chip: FakeDevice
) -> None:
    buzzer, light = chip.lines[27].written, chip.lines[22].written
    assert not any([*buzzer, *light])
    panel.play(Cue.SWITCH)
    assert until(lambda: buzzer[-1] and light[-1])
    panel.close()
    assert not buzzer[-1]
    assert not light[-1]
    assert {line.consumer for line in chip.lines} == {""}


def test_a_chip_that_goes_away_and_comes_back_is_taken_up_again(
    panel: StationPanel, chip: FakeDevice, kernel: FakeKernel, ear: Ear
) -> None:
    panel.rest_light(lit=True)
    chip.vanish()
    assert ear.hears_of(lambda health: health.button is PartStatus.FAILED)
    panel.play(Cue.TICK)
    fresh = FakeDevice("pinctrl-bcm2711")
    kernel.chips = {"/dev/gpiochip3": fresh}  # the number of the chip has changed
    assert ear.hears_of(is_well)
    assert until(lambda: fresh.lines[22].written[-1])
    fresh.wire(17, level=False)
    assert ear.hears(Edge.DOWN)
    assert panel.health().problem is None


def test_a_machine_without_a_chip_says_so_and_the_station_goes_on(
    kernel: FakeKernel, ear: Ear
) -> None:
    kernel.chips = {}
    panel = open_panel(GPIO, ear.edge, ear.health)
    health = panel.health()
    assert {health.button, health.buzzer, health.light} == {PartStatus.FAILED}
    assert health.problem is not None
    assert "No GPIO chip of a Raspberry Pi's header" in health.problem
    panel.play(Cue.FINISHED)
    panel.close()


def test_a_busy_buzzer_leaves_button_and_light_working(chip: FakeDevice, ear: Ear) -> None:
    chip.lines[27].consumer = "pwm-beeper"
    panel = open_panel(GPIO, ear.edge, ear.health)
    health = panel.health()
    assert (health.button, health.buzzer) == (PartStatus.OK, PartStatus.FAILED)
    assert health.problem is not None
    assert "Line 27 is busy: used by 'pwm-beeper'" in health.problem
    assert not health.held_by_another_matside
    chip.wire(17, level=False)
    assert ear.hears(Edge.DOWN)
    panel.close()


def test_lines_of_another_matside_are_known_as_such_and_taken_once_it_has_ended(
    chip: FakeDevice, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hardware.panel.FIRST_RETRY", 0.005)
    chip.lines[17].consumer = CONSUMER
    panel = open_panel(GPIO, ear.edge, ear.health)
    assert panel.health().held_by_another_matside
    chip.lines[17].consumer = ""
    assert ear.hears_of(is_well)
    assert not panel.health().held_by_another_matside
    panel.close()


def test_the_chip_of_the_settings_is_taken(kernel: FakeKernel, ear: Ear) -> None:
    kernel.chips["/dev/gpiochip1"] = other = FakeDevice("gpio-sim")
    panel = open_panel(replace(GPIO, chip="gpio-sim"), ear.edge, ear.health)
    assert other.lines[17].consumer == CONSUMER
    panel.close()


def test_a_passive_buzzer_is_played_by_its_line(chip: FakeDevice, ear: Ear) -> None:
    panel = open_panel(replace(GPIO, buzzer="passive"), ear.edge, ear.health)
    written = chip.lines[27].written
    panel.play(Cue.SWITCH)
    assert until(lambda: written.count(True) > 20)
    panel.close()
    assert not written[-1]


def test_the_panel_answers_through_the_poll_of_its_lines(
    panel: StationPanel, chip: FakeDevice
) -> None:
    assert panel.unresponsive(SOON) == []
    chip.wire(17, level=False)
    assert panel.unresponsive(SOON) == []


def test_a_reader_that_hangs_in_an_edge_is_named(chip: FakeDevice) -> None:
    hangs, let_go = threading.Event(), threading.Event()

    def hang(_edge: Edge) -> None:
        hangs.set()
        let_go.wait(SOON)

    panel = open_panel(GPIO, hang, lambda _health: None)
    chip.wire(17, level=False)
    assert hangs.wait(SOON)
    chip.wire(17, level=True)  # the reader hands this on once the listener is back
    assert until(lambda: panel.unresponsive(0.01) == ["contact", "pin reader"])
    let_go.set()
    assert panel.unresponsive(SOON) == []
    panel.close()


def test_without_pins_no_thread_is_called_unresponsive(kernel: FakeKernel, ear: Ear) -> None:
    kernel.chips = {}
    panel = open_panel(GPIO, ear.edge, ear.health)
    assert panel.unresponsive(SOON) == []
    panel.close()
