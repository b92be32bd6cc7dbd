"""The panel as a whole, on its own threads: it opens, recovers, announces and closes."""

import subprocess
import sys
import threading
from dataclasses import replace
from typing import Any

import pytest

from hardware.clock import SystemAlarmClock
from hardware.panel import PinSource, StationPanel, open_panel
from hardware.pins.contract import FactoryOpener, LossListener
from hardware.pins.mock import PanelMockFactory
from kiosk.core.cues import Cue
from kiosk.core.errors import HardwareError, SettingsError
from kiosk.ports.panel import Edge, PanelHealth, PartStatus
from tests.drivers.panels import MOCK, Ear, PanelUnderTest, factory_of
from tests.drivers.threads import until

ALL_OK = (PartStatus.OK,) * 3


def statuses(health: PanelHealth) -> tuple[PartStatus, PartStatus, PartStatus]:
    return health.button, health.buzzer, health.light


def panel_on(opener: FactoryOpener, ear: Ear) -> StationPanel:
    """A panel on the factory that `opener` opens, which soon tries again when it cannot."""
    source = PinSource("fake", opener, SystemAlarmClock(), first_retry=0.005, longest_retry=0.02)
    return StationPanel(MOCK, source, ear.edge, ear.health)


def test_a_mock_panel_works_on_its_own_threads(ear: Ear) -> None:
    panel = open_panel(MOCK, ear.edge, ear.health)
    mock = panel.mock
    assert mock is not None
    assert panel.health().factory == "mock"
    mock.drive(Edge.DOWN)
    assert ear.hears(Edge.DOWN)
    mock.drive(Edge.UP)
    assert ear.hears(Edge.DOWN, Edge.UP)
    panel.play(Cue.SWITCH)
    assert until(lambda: mock.pins().buzzer_on and mock.pins().light_on)
    panel.close()
    panel.close()
    assert ear.healths == []


def test_parts_that_are_not_there_are_absent() -> None:
    tested = PanelUnderTest(button_pin=None, buzzer_pin=None, light_pin=None)
    tested.panel.play(Cue.SWITCH)
    tested.press()
    assert statuses(tested.panel.health()) == (PartStatus.ABSENT,) * 3
    assert tested.panel.health().problem is None
    pins = tested.mock.pins()
    assert (pins.button_pin, pins.buzzer_pin, pins.light_pin) == (None, None, None)
    tested.panel.close()


@pytest.mark.parametrize(
    ("setting", "names"),
    [
        ({"hardware": "pigpio"}, "auto, gpio, lgpio, mock"),
        ({"buzzer": "loud"}, "active or passive"),
        ({"light_pin": 17}, "17, 27, 17"),
    ],
)
def test_a_wrong_setting_is_refused(ear: Ear, setting: dict[str, Any], names: str) -> None:
    with pytest.raises(SettingsError, match=names):
        open_panel(replace(MOCK, **setting), ear.edge, ear.health)


def test_pins_that_cannot_be_had_are_tried_again_until_they_can(
    ear: Ear, caplog: pytest.LogCaptureFixture
) -> None:
    tries = 0

    def broken_at_first(_on_loss: LossListener) -> Any:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise HardwareError("There is no chip.")
        return PanelMockFactory(SystemAlarmClock())

    panel = panel_on(broken_at_first, ear)
    assert statuses(panel.health()) == (PartStatus.FAILED,) * 3
    assert panel.health().problem == "There is no chip."
    panel.play(Cue.TICK)
    panel.rest_light(lit=True)
    assert ear.hears_of(lambda health: statuses(health) == ALL_OK)
    assert panel.health().problem is None
    assert caplog.text.count("There is no chip.") == 1
    factory = factory_of(panel)
    assert until(lambda: factory.pin(22).state)  # the light that was asked for meanwhile is lit
    panel.close()


def test_a_factory_that_breaks_in_a_way_of_its_own_does_not_stop_the_station(ear: Ear) -> None:
    def broken(_on_loss: LossListener) -> Any:
        raise RuntimeError("out of luck")

    panel = panel_on(broken, ear)
    assert panel.health().problem == "out of luck"
    assert statuses(panel.health()) == (PartStatus.FAILED,) * 3
    panel.close()


def test_a_pin_that_is_in_use_does_not_stop_the_other_parts(ear: Ear) -> None:
    taken = threading.Event()
    taken.set()

    class Factory(PanelMockFactory):
        def pin(self, name: Any, **options: Any) -> Any:
            if name == 27 and taken.is_set():
                raise HardwareError("Line 27 is busy: used by somebody.")
            return super().pin(name, **options)

    panel = panel_on(lambda _on_loss: Factory(SystemAlarmClock()), ear)
    assert statuses(panel.health()) == (PartStatus.OK, PartStatus.FAILED, PartStatus.OK)
    assert panel.health().problem == ("The buzzer on GPIO 27: Line 27 is busy: used by somebody.")
    taken.clear()
    assert ear.hears_of(lambda health: statuses(health) == ALL_OK)
    panel.close()


def test_a_chip_that_goes_away_is_taken_up_again(ear: Ear) -> None:
    opened: list[tuple[PanelMockFactory, LossListener]] = []

    def opener(on_loss: LossListener) -> PanelMockFactory:
        opened.append((PanelMockFactory(SystemAlarmClock()), on_loss))
        return opened[-1][0]

    panel = panel_on(opener, ear)
    first, on_loss = opened[0]
    first.pin(17).drive_low()
    assert ear.hears(Edge.DOWN)
    on_loss(OSError("No such device"))
    assert ear.hears(Edge.DOWN, Edge.UP)
    assert ear.hears_of(lambda health: statuses(health) == ALL_OK)
    gone = ear.healths[0]
    assert statuses(gone) == (PartStatus.FAILED,) * 3
    assert gone.problem is not None
    assert "No such device" in gone.problem
    second, _ = opened[-1]
    assert second is not first
    second.pin(17).drive_low()
    assert ear.hears(Edge.DOWN, Edge.UP, Edge.DOWN)
    assert panel.health().stats.presses == 2
    panel.close()


def test_a_buzzer_that_fails_in_a_cue_is_taken_up_again(ear: Ear) -> None:
    panel = panel_on(lambda _on_loss: PanelMockFactory(SystemAlarmClock()), ear)
    pin = factory_of(panel).pin(27)

    def fail(_value: Any) -> None:
        raise OSError("No such device")

    pin._set_state = fail
    panel.play(Cue.TICK)
    assert ear.hears_of(lambda health: statuses(health) == ALL_OK)
    assert ear.healths[0].buzzer is PartStatus.FAILED
    panel.close()


def test_closing_while_it_is_trying_again_ends_the_trying(ear: Ear) -> None:
    def never(_on_loss: LossListener) -> Any:
        raise HardwareError("There is no chip.")

    panel = panel_on(never, ear)
    supervisor = panel._supervisor
    assert supervisor is not None
    panel.close()
    assert not supervisor.is_alive()


def test_at_exit_the_outputs_are_low_though_nobody_closed_the_panel() -> None:
    program = """
import atexit
from hardware.panel import open_panel
from kiosk.core.cues import Cue
from kiosk.ports.panel import PanelSettings

atexit.register(lambda: print("high" if states[-1].state else "low"))  # the first is called last
panel = open_panel(PanelSettings(hardware="mock"), print, print)
states = panel._parts.factory.pin(27).states
panel.play(Cue.SWITCH)
while not panel.mock.pins().buzzer_on:
    pass
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "low\n", done.stderr
