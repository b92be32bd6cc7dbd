"""The button on gpiozero's mock pins: counted, watched, and told."""

import pytest
from hypothesis import given, settings

from hardware.contact import MOST_BOUNCES
from kiosk.ports.panel import Edge, Fault, PartStatus
from tests.drivers.panels import MockPanel
from tests.drivers.trains import Train, button_trains


def test_a_press_and_its_release_are_told(station: MockPanel) -> None:
    station.bench.drive(Edge.DOWN)
    station.clock.advance(0.002)
    assert station.ear.edges == [Edge.DOWN]
    station.bench.drive(Edge.UP)
    station.clock.advance(0.03)
    assert station.ear.edges == [Edge.DOWN, Edge.UP]


def test_without_a_filter_the_press_is_told_within_the_edge() -> None:
    station = MockPanel(filter_seconds=0.0)
    station.bench.drive(Edge.DOWN)
    assert station.ear.edges == [Edge.DOWN]
    station.panel.close()


def test_a_chattering_contact_counts_once_and_is_counted_as_chattering(
    station: MockPanel,
) -> None:
    station.bench.play_fault(Fault.BOUNCE)
    station.press()
    assert station.ear.edges == [Edge.DOWN, Edge.UP]
    bounces = station.panel.health().stats.bounces
    assert sum(bounces) == 1
    assert bounces[0] == 0


def test_a_dead_button_says_nothing(station: MockPanel) -> None:
    station.bench.play_fault(Fault.DEAD)
    station.press()
    assert not station.bench.pins().button_down
    assert station.ear.edges == []


def test_a_glitch_is_counted_and_not_told(station: MockPanel) -> None:
    station.bench.drive(Edge.DOWN)
    station.clock.advance(0.001)
    station.bench.drive(Edge.UP)
    station.clock.advance(1.0)
    assert station.ear.edges == []
    stats = station.panel.health().stats
    assert (stats.glitches, stats.presses) == (1, 0)


def test_the_statistics_tell_what_the_button_has_been_through(station: MockPanel) -> None:
    assert station.panel.health().stats.since_last is None
    for seconds in (0.1, 2.0, 0.2):
        station.press(seconds)
    station.clock.advance(5.0)
    stats = station.panel.health().stats
    assert stats.presses == 3
    assert stats.longest == pytest.approx(2.0)
    assert stats.since_last == pytest.approx(0.2 + 0.05 + 5.0)
    assert stats.bounces == (3, *[0] * MOST_BOUNCES)
    assert not stats.down


def test_a_button_held_at_the_start_counts_when_it_is_pressed_anew(station: MockPanel) -> None:
    station.panel._contact.detach()
    factory = station.panel._parts.factory
    pin = factory.pin(17)
    pin._get_pull = lambda: "floating"  # somebody's hand is stronger than the pull-up
    pin._set_pull = lambda _value: None
    pin.drive_low()
    station.panel._contact.attach(17, factory)
    assert station.panel.health().stats.down
    station.clock.advance(1.0)
    station.bench.drive(Edge.UP)
    station.clock.advance(1.0)
    assert station.ear.edges == []
    station.press()
    assert station.ear.edges == [Edge.DOWN, Edge.UP]


def test_a_button_that_is_down_for_half_a_minute_is_stuck_until_it_comes_free(
    station: MockPanel,
) -> None:
    station.bench.play_fault(Fault.STUCK)
    station.clock.advance(29.9)
    assert station.ear.healths == []
    station.clock.advance(0.2)
    (health,) = station.ear.healths
    assert health.button is PartStatus.STUCK
    assert health.problem is not None
    assert "touch works" in health.problem
    station.bench.play_fault(Fault.NONE)
    station.clock.advance(0.05)
    assert station.ear.healths[-1].button is PartStatus.OK
    assert station.ear.healths[-1].problem is None
    assert station.panel.health().stats.presses == 1


def test_a_long_hold_is_told_as_stuck_once(station: MockPanel) -> None:
    station.press(seconds=300)
    assert [health.button for health in station.ear.healths] == [PartStatus.STUCK, PartStatus.OK]
    assert station.ear.edges == [Edge.DOWN, Edge.UP]


def test_the_press_that_a_loss_cuts_off_ends(station: MockPanel) -> None:
    station.bench.drive(Edge.DOWN)
    station.clock.advance(0.01)
    station.panel._contact.detach()
    assert station.ear.edges == [Edge.DOWN, Edge.UP]


def test_a_listener_that_fails_does_not_end_the_button(
    station: MockPanel, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_edge: Edge) -> None:
        raise ValueError("broken")

    station.panel._contact._listener = fail
    station.press()
    station.press()
    assert station.panel.health().stats.presses == 2
    assert caplog.text.count("The listener of the button failed") == 4


def test_the_listener_may_drive_the_button_itself(station: MockPanel) -> None:
    edges = []

    def let_go(edge: Edge) -> None:
        edges.append(edge)
        if edge is Edge.DOWN:
            station.bench.drive(Edge.UP)

    station.panel._contact._listener = let_go
    station.bench.drive(Edge.DOWN)
    station.clock.advance(1.0)
    assert edges == [Edge.DOWN, Edge.UP]


def test_at_rest_nothing_will_ring(station: MockPanel) -> None:
    station.clock.advance(1.0)
    assert station.clock.is_quiet
    station.press()
    station.clock.advance(1.0)
    assert station.clock.is_quiet


@settings(deadline=None)
@given(button_trains())
def test_presses_told_are_presses_made(train: Train) -> None:
    station = MockPanel()
    pin = station.panel._parts.factory.pin(17)
    start = station.clock.now()
    for at, down in train.edges:
        station.clock.advance(start + at - station.clock.now())
        if down:
            pin.drive_low()
        else:
            pin.drive_high()
    station.clock.advance(1.0)
    assert station.ear.edges == [Edge.DOWN, Edge.UP] * train.presses
    stats = station.panel.health().stats
    assert (stats.presses, stats.glitches) == (train.presses, train.glitches)
    station.panel.close()


def test_of_ten_thousand_chattering_presses_none_is_lost_and_none_counts_twice(
    station: MockPanel,
) -> None:
    station.bench.play_fault(Fault.BOUNCE)
    for _ in range(10_000):
        station.press(0.05)
    assert station.ear.edges == [Edge.DOWN, Edge.UP] * 10_000
    assert station.panel.health().stats.glitches == 0
