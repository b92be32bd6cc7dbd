"""The panel on gpiozero's mock pins: presses in, sound and light out, faults survived."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from hardware import open_panel, panel
from hardware.factories import open_factory
from hardware.panel import StationPanel
from hardware.signals import Signals
from kiosk.core.cues import Cue
from kiosk.core.errors import HardwareError
from kiosk.ports import Edge, Fault, PanelHealth, PanelSettings, PartStatus

MOCK = PanelSettings(hardware="mock")
#: Longer than any wait for a thread should take; nothing here sleeps for it.
SOON = 5.0


class Ear:
    """Takes what the panel tells, and waits for it."""

    def __init__(self) -> None:
        self.edges: list[Edge] = []
        self.healths: list[PanelHealth] = []
        self._told = threading.Condition()

    def edge(self, edge: Edge) -> None:
        with self._told:
            self.edges.append(edge)
            self._told.notify_all()

    def health(self, health: PanelHealth) -> None:
        with self._told:
            self.healths.append(health)
            self._told.notify_all()

    def wait_for(self, *edges: Edge) -> bool:
        with self._told:
            return self._told.wait_for(lambda: self.edges == list(edges), SOON)

    def wait_for_health(self, button: PartStatus) -> bool:
        with self._told:
            return self._told.wait_for(
                lambda: any(health.button is button for health in self.healths), SOON
            )


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def mock(ear: Ear) -> Iterator[StationPanel]:
    opened = open_panel(MOCK, ear.edge, ear.health)
    yield opened
    opened.close()


def until(true: Any) -> bool:
    """Wait for another thread to make `true()` true."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.001)
    return False


def test_the_mock_pin_presses_through_the_same_device_code(mock: StationPanel, ear: Ear) -> None:
    assert mock.mock is not None
    mock.mock.drive(Edge.DOWN)
    assert ear.wait_for(Edge.DOWN)
    mock.mock.drive(Edge.UP)
    assert ear.wait_for(Edge.DOWN, Edge.UP)
    assert mock.health().stats.presses == 1


def test_a_bouncing_contact_counts_once(mock: StationPanel, ear: Ear) -> None:
    assert mock.mock is not None
    mock.mock.play_fault(Fault.BOUNCE)
    mock.mock.drive(Edge.DOWN)
    assert ear.wait_for(Edge.DOWN)
    mock.mock.drive(Edge.UP)
    assert ear.wait_for(Edge.DOWN, Edge.UP)
    assert sum(mock.health().stats.bounces[1:]) == 1


def test_a_dead_button_says_nothing(mock: StationPanel, ear: Ear) -> None:
    assert mock.mock is not None
    mock.mock.play_fault(Fault.DEAD)
    mock.mock.drive(Edge.DOWN)
    assert not mock.mock.pins().button_down
    assert ear.edges == []


def test_a_stuck_button_is_told_and_comes_free(
    mock: StationPanel, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hardware.contact.STUCK_AFTER", 0.02)
    assert mock.mock is not None
    mock.mock.play_fault(Fault.STUCK)
    assert ear.wait_for_health(PartStatus.STUCK)
    assert mock.health().problem == "The button is stuck down. Free it, or replace it."
    mock.mock.play_fault(Fault.NONE)
    assert ear.wait_for_health(PartStatus.OK)
    assert mock.health().problem is None


def test_a_cue_sounds_and_lights_and_returns_at_once(mock: StationPanel) -> None:
    bench = mock.mock
    assert bench is not None
    begun = time.monotonic()
    mock.play(Cue.SWITCH)
    assert time.monotonic() - begun < 0.5
    assert until(lambda: bench.pins().buzzer_on and bench.pins().light_on)


def test_a_newer_cue_cuts_the_older_off(mock: StationPanel) -> None:
    bench = mock.mock
    assert bench is not None
    mock.play(Cue.SWITCH)
    assert until(lambda: bench.pins().buzzer_on)
    mock.play(Cue.TICK)
    begun = time.monotonic()
    assert until(lambda: not bench.pins().buzzer_on)
    assert time.monotonic() - begun < 0.5


def test_the_light_rests_as_it_is_told(mock: StationPanel) -> None:
    bench = mock.mock
    assert bench is not None
    mock.rest_light(lit=True)
    assert until(lambda: bench.pins().light_on)
    mock.rest_light(lit=False)
    assert until(lambda: not bench.pins().light_on)


def test_closing_drives_both_low_in_the_middle_of_a_cue_and_twice_is_fine(ear: Ear) -> None:
    opened = open_panel(MOCK, ear.edge, ear.health)
    bench = opened.mock
    assert bench is not None
    factory = bench._factory
    opened.play(Cue.SWITCH)
    assert until(lambda: bench.pins().buzzer_on)
    buzzer = factory.pin(27)
    opened.close()
    opened.close()
    assert not buzzer.state


def test_quiet_is_light_only(ear: Ear) -> None:
    opened = open_panel(replace(MOCK, quiet=True), ear.edge, ear.health)
    bench = opened.mock
    assert bench is not None
    opened.play(Cue.SWITCH)
    assert until(lambda: bench.pins().light_on)
    assert not bench.pins().buzzer_on
    opened.close()


def test_a_passive_buzzer_gets_a_tone(ear: Ear) -> None:
    opened = open_panel(replace(MOCK, buzzer="passive"), ear.edge, ear.health)
    bench = opened.mock
    assert bench is not None
    opened.play(Cue.SWITCH)
    assert until(lambda: bench._factory.pin(27).frequency == 880)
    opened.close()


def test_parts_that_are_not_there_are_absent(ear: Ear) -> None:
    bare = replace(MOCK, button_pin=None, buzzer_pin=None, light_pin=None)
    opened = open_panel(bare, ear.edge, ear.health)
    opened.play(Cue.SWITCH)
    health = opened.health()
    assert {health.button, health.buzzer, health.light} == {PartStatus.ABSENT}
    assert opened.mock is not None
    opened.mock.drive(Edge.DOWN)
    assert not opened.mock.pins().button_down
    opened.close()


def test_pins_that_cannot_be_had_are_tried_again_until_they_can(
    ear: Ear, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(panel, "FIRST_RETRY", 0.01)
    really_open = open_factory
    tries = 0

    def broken_at_first(name: str) -> Any:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise HardwareError("No permission for the GPIO chip.")
        return really_open(name)

    monkeypatch.setattr(panel, "open_factory", broken_at_first)
    opened = open_panel(MOCK, ear.edge, ear.health)
    assert opened.health().button is PartStatus.FAILED
    assert opened.health().problem == "No permission for the GPIO chip."
    opened.play(Cue.TICK)
    assert ear.wait_for_health(PartStatus.OK)
    assert caplog.text.count("No permission") == 1
    opened.close()


def test_a_listener_that_fails_does_not_end_the_button(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(_edge: Edge) -> None:
        raise ValueError("broken")

    opened = open_panel(MOCK, broken, lambda _health: None)
    bench = opened.mock
    assert bench is not None
    for _ in range(2):
        bench.drive(Edge.DOWN)
        time.sleep(0.004)
        bench.drive(Edge.UP)
        assert until(lambda: not opened.health().stats.down)
    assert opened.health().stats.presses == 2
    assert caplog.text.count("the button's listener failed") == 4
    opened.close()


def test_a_buzzer_that_fails_in_a_cue_is_told_as_failed(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def sound(self, hertz: int) -> None:  # noqa: ARG002 - it never gets to sound
            raise OSError("the wire is off")

        def silence(self) -> None:
            raise OSError("the wire is off")

        def close(self) -> None:
            pass

    signals = Signals(Broken(), None)
    signals.play(Cue.TICK)
    assert until(lambda: signals.failed)
    signals.close()
    assert "cues go on on the screen" in caplog.text
