"""Buzzer and light: cues as they are written, together, and never left on."""

import pytest

from hardware.signals import DARK_AFTER, LONGEST_ON, Signals
from kiosk.core.cues import PATTERNS, Cue, Pulse, pattern_seconds
from tests.drivers.clocks import FakeClock
from tests.drivers.panels import MockPanel


def levels(station: MockPanel) -> tuple[bool, bool]:
    """Whether buzzer and light are on."""
    pins = station.bench.pins()
    return pins.buzzer_on, pins.light_on


@pytest.mark.parametrize("cue", Cue)
def test_a_cue_is_played_as_it_is_written(station: MockPanel, cue: Cue) -> None:
    station.panel.play(cue)
    for pulse in PATTERNS[cue]:
        station.clock.advance(0.0001)
        assert levels(station) == (True, True)
        station.clock.advance(pulse.on - 0.0002)
        assert levels(station) == (True, True)
        station.clock.advance(0.0001)
        assert levels(station) == (False, False)
        station.clock.advance(pulse.off)
    station.clock.advance(10.0)
    assert levels(station) == (False, False)
    assert station.clock.is_quiet


def test_a_newer_cue_cuts_the_older_off(station: MockPanel) -> None:
    station.panel.play(Cue.SWITCH)
    station.clock.advance(0.3)
    station.panel.play(Cue.TICK)
    station.clock.advance(0.059)
    assert levels(station) == (True, True)
    station.clock.advance(0.002)
    assert levels(station) == (False, False)
    station.clock.advance(pattern_seconds(Cue.SWITCH))
    assert station.clock.is_quiet


def test_the_light_rests_as_it_is_told_between_cues(station: MockPanel) -> None:
    station.panel.rest_light(lit=True)
    station.clock.advance(0.001)
    assert levels(station) == (False, True)
    station.panel.play(Cue.STILL_THERE)
    station.clock.advance(0.1)  # in the silence between its two pulses
    assert levels(station) == (False, False)
    station.clock.advance(1.0)
    assert levels(station) == (False, True)
    station.panel.rest_light(lit=False)
    station.clock.advance(0.001)
    assert levels(station) == (False, False)


def test_a_resting_light_that_changes_within_a_cue_waits_for_its_end(station: MockPanel) -> None:
    station.panel.play(Cue.SWITCH)
    station.clock.advance(0.65)
    station.panel.rest_light(lit=True)
    station.clock.advance(0.01)
    assert levels(station) == (False, False)
    station.clock.advance(2.0)
    assert levels(station) == (False, True)


def test_quiet_is_light_only() -> None:
    station = MockPanel(quiet=True)
    station.panel.play(Cue.SWITCH)
    station.clock.advance(0.1)
    assert levels(station) == (False, True)
    station.panel.close()


def test_a_passive_buzzer_sounds_the_tones_of_the_cue() -> None:
    station = MockPanel(buzzer="passive")
    buzzer = station.panel._parts.factory.pin(27)
    station.panel.play(Cue.SWITCH)
    tones = []
    for pulse in PATTERNS[Cue.SWITCH]:
        station.clock.advance(pulse.on / 2)
        tones.append(buzzer.frequency)
        assert buzzer.state == 0.5
        station.clock.advance(pulse.on / 2 + pulse.off)
    assert tones == pytest.approx([880, 660])
    assert not buzzer.state
    station.panel.close()


def test_no_pattern_can_leave_the_buzzer_on(
    station: MockPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PATTERNS, Cue.TICK, (Pulse(float("inf"), 0.0, 660),))
    station.panel.play(Cue.TICK)
    station.clock.advance(LONGEST_ON - 0.01)
    assert levels(station) == (True, True)
    station.clock.advance(0.02)
    assert levels(station) == (False, False)


def test_closing_drives_both_low_in_the_middle_of_a_cue(station: MockPanel) -> None:
    factory = station.panel._parts.factory
    states = [factory.pin(27).states, factory.pin(22).states]
    station.panel.play(Cue.SWITCH)
    station.clock.advance(0.1)
    assert levels(station) == (True, True)
    station.panel.close()
    assert [state[-1].state for state in states] == [False, False]


def test_a_buzzer_that_fails_is_told_and_the_thread_goes_on() -> None:
    class Broken:
        def sound(self, hertz: int) -> None:  # noqa: ARG002 - it never gets to sound
            raise OSError("the wire is off")

        def silence(self) -> None:
            raise OSError("the wire is off")

        def close(self) -> None:
            pass

    clock = FakeClock()
    failures: list[Exception] = []
    signals = Signals(clock, failures.append)
    signals.attach_sounder(Broken())
    signals.play(Cue.TICK)
    clock.advance(0.01)
    assert [str(failure) for failure in failures] == ["the wire is off"]
    signals.close()


def test_cues_without_devices_are_nothing() -> None:
    clock = FakeClock()
    signals = Signals(clock, lambda _problem: None)
    signals.play(Cue.SWITCH)
    signals.rest_light(lit=True)
    clock.advance(5.0)
    assert clock.is_quiet
    signals.close()
    signals.close()


def test_the_last_pulse_can_be_told_from_a_light_that_is_lit_at_rest(station: MockPanel) -> None:
    station.panel.rest_light(lit=True)
    station.panel.play(Cue.TICK)
    station.clock.advance(pattern_seconds(Cue.TICK) + 0.01)
    assert levels(station) == (False, False)
    station.clock.advance(DARK_AFTER)
    assert levels(station) == (False, True)


@pytest.mark.parametrize("cue", Cue)
def test_the_light_flashes_at_most_three_times_in_any_second(station: MockPanel, cue: Cue) -> None:
    station.panel.rest_light(lit=True)
    station.panel.play(cue)
    flashes, lit = [], True
    for step in range(400):
        station.clock.advance(0.01)
        was_lit, lit = lit, levels(station)[1]
        if lit and not was_lit:
            flashes.append(step * 0.01)
    assert flashes
    for first in flashes:
        assert len([flash for flash in flashes if first <= flash < first + 1]) <= 3
