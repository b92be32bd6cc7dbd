"""Buzzer and light: cues as they are written, together, and never left on."""

import pytest

from hardware.signals import BLINK, BLINKS, DARK_AFTER, LONGEST_ON, Signals
from kiosk.core.cues import PATTERNS, Cue, Pulse, pattern_seconds
from tests.drivers.clocks import FakeClock
from tests.drivers.panels import PanelUnderTest, factory_of


def levels(tested: PanelUnderTest) -> tuple[bool, bool]:
    """Whether buzzer and light are on."""
    pins = tested.mock.pins()
    return pins.buzzer_on, pins.light_on


@pytest.mark.parametrize("cue", Cue)
def test_a_cue_is_played_as_it_is_written(tested: PanelUnderTest, cue: Cue) -> None:
    tested.panel.play(cue)
    for pulse in PATTERNS[cue]:
        tested.clock.advance(0.0001)
        assert levels(tested) == (True, True)
        tested.clock.advance(pulse.on - 0.0002)
        assert levels(tested) == (True, True)
        tested.clock.advance(0.0001)
        assert levels(tested) == (False, False)
        tested.clock.advance(pulse.off)
    tested.clock.advance(10.0)
    assert levels(tested) == (False, False)
    assert tested.clock.is_quiet


def test_a_newer_cue_cuts_the_older_off(tested: PanelUnderTest) -> None:
    tested.panel.play(Cue.SWITCH)
    tested.clock.advance(0.3)
    tested.panel.play(Cue.TICK)
    tested.clock.advance(0.059)
    assert levels(tested) == (True, True)
    tested.clock.advance(0.002)
    assert levels(tested) == (False, False)
    tested.clock.advance(pattern_seconds(Cue.SWITCH))
    assert tested.clock.is_quiet


def test_the_light_rests_as_it_is_told_between_cues(tested: PanelUnderTest) -> None:
    tested.panel.rest_light(lit=True)
    tested.clock.advance(0.001)
    assert levels(tested) == (False, True)
    tested.panel.play(Cue.STILL_THERE)
    tested.clock.advance(0.1)  # in the silence between its two pulses
    assert levels(tested) == (False, False)
    tested.clock.advance(1.0)
    assert levels(tested) == (False, True)
    tested.panel.rest_light(lit=False)
    tested.clock.advance(0.001)
    assert levels(tested) == (False, False)


def test_a_resting_light_that_changes_within_a_cue_waits_for_its_end(
    tested: PanelUnderTest,
) -> None:
    tested.panel.play(Cue.SWITCH)
    tested.clock.advance(0.65)
    tested.panel.rest_light(lit=True)
    tested.clock.advance(0.01)
    assert levels(tested) == (False, False)
    tested.clock.advance(2.0)
    assert levels(tested) == (False, True)


def test_quiet_is_light_only() -> None:
    tested = PanelUnderTest(quiet=True)
    tested.panel.play(Cue.SWITCH)
    tested.clock.advance(0.1)
    assert levels(tested) == (False, True)
    tested.panel.close()


def test_a_passive_buzzer_sounds_the_tones_of_the_cue() -> None:
    tested = PanelUnderTest(buzzer="passive")
    buzzer = factory_of(tested.panel).pin(27)
    tested.panel.play(Cue.SWITCH)
    tones = []
    for pulse in PATTERNS[Cue.SWITCH]:
        tested.clock.advance(pulse.on / 2)
        tones.append(buzzer.frequency)
        assert buzzer.state == 0.5
        tested.clock.advance(pulse.on / 2 + pulse.off)
    assert tones == pytest.approx([880, 660])
    assert not buzzer.state
    tested.panel.close()


def test_no_pattern_can_leave_the_buzzer_on(
    tested: PanelUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PATTERNS, Cue.TICK, (Pulse(float("inf"), 0.0, 660),))
    tested.panel.play(Cue.TICK)
    tested.clock.advance(LONGEST_ON - 0.01)
    assert levels(tested) == (True, True)
    tested.clock.advance(0.02)
    assert levels(tested) == (False, False)


def test_closing_drives_both_low_in_the_middle_of_a_cue(tested: PanelUnderTest) -> None:
    factory = factory_of(tested.panel)
    states = [factory.pin(27).states, factory.pin(22).states]
    tested.panel.play(Cue.SWITCH)
    tested.clock.advance(0.1)
    assert levels(tested) == (True, True)
    tested.panel.close()
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


def test_the_last_pulse_can_be_told_from_a_light_that_is_lit_at_rest(
    tested: PanelUnderTest,
) -> None:
    tested.panel.rest_light(lit=True)
    tested.panel.play(Cue.TICK)
    tested.clock.advance(pattern_seconds(Cue.TICK) + 0.01)
    assert levels(tested) == (False, False)
    tested.clock.advance(DARK_AFTER)
    assert levels(tested) == (False, True)


@pytest.mark.parametrize("cue", Cue)
def test_the_light_flashes_at_most_three_times_in_any_second(
    tested: PanelUnderTest, cue: Cue
) -> None:
    tested.panel.rest_light(lit=True)
    tested.panel.play(cue)
    flashes, lit = [], True
    for step in range(400):
        tested.clock.advance(0.01)
        was_lit, lit = lit, levels(tested)[1]
        if lit and not was_lit:
            flashes.append(step * 0.01)
    assert flashes
    for first in flashes:
        assert len([flash for flash in flashes if first <= flash < first + 1]) <= 3


def test_the_light_blinks_by_itself_and_then_is_as_it_rests(tested: PanelUnderTest) -> None:
    tested.panel.rest_light(lit=True)
    tested.clock.advance(0.01)
    tested.panel.blink_light()
    for _ in range(BLINKS):
        tested.clock.advance(BLINK / 2)
        assert levels(tested) == (False, False)
        tested.clock.advance(BLINK)
        assert levels(tested) == (False, True)
        tested.clock.advance(BLINK / 2)
    tested.clock.advance(0.01)
    assert levels(tested) == (False, True)
    assert tested.clock.is_quiet


def test_a_cue_cuts_the_blinking_off(tested: PanelUnderTest) -> None:
    tested.panel.blink_light()
    tested.clock.advance(1.5)
    tested.panel.play(Cue.TICK)
    tested.clock.advance(0.01)
    assert levels(tested) == (True, True)
    tested.clock.advance(1.0)
    assert levels(tested) == (False, False)
    assert tested.clock.is_quiet


def test_a_cue_that_is_played_aloud_sounds_while_it_is_quiet_and_the_next_does_not() -> None:
    tested = PanelUnderTest(quiet=True)
    tested.panel.play(Cue.SWITCH, aloud=True)
    tested.clock.advance(0.1)
    assert levels(tested) == (True, True)
    tested.panel.play(Cue.SWITCH)
    tested.clock.advance(0.1)
    assert levels(tested) == (False, True)
    tested.panel.close()
