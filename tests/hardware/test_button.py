"""The button on gpiozero's mock pins: counted, watched, and told."""

import pytest
from hypothesis import given, settings

from hardware.contact import MOST_BOUNCES
from kiosk.ports.panel import Edge, Fault, PartStatus
from tests.drivers.panels import PanelUnderTest, factory_of
from tests.drivers.trains import Train, button_trains


def test_a_press_and_its_release_are_told(tested: PanelUnderTest) -> None:
    tested.mock.drive(Edge.DOWN)
    tested.clock.advance(0.002)
    assert tested.ear.edges == [Edge.DOWN]
    tested.mock.drive(Edge.UP)
    tested.clock.advance(0.03)
    assert tested.ear.edges == [Edge.DOWN, Edge.UP]


def test_without_a_filter_the_press_is_told_within_the_edge() -> None:
    tested = PanelUnderTest(filter_seconds=0.0)
    tested.mock.drive(Edge.DOWN)
    assert tested.ear.edges == [Edge.DOWN]
    tested.panel.close()


def test_a_chattering_contact_counts_once_and_is_counted_as_chattering(
    tested: PanelUnderTest,
) -> None:
    tested.mock.play_fault(Fault.BOUNCE)
    tested.press()
    assert tested.ear.edges == [Edge.DOWN, Edge.UP]
    bounces = tested.panel.health().stats.bounces
    assert sum(bounces) == 1
    assert bounces[0] == 0


def test_a_dead_button_says_nothing(tested: PanelUnderTest) -> None:
    tested.mock.play_fault(Fault.DEAD)
    tested.press()
    assert not tested.mock.pins().button_down
    assert tested.ear.edges == []


def test_a_glitch_is_counted_and_not_told(tested: PanelUnderTest) -> None:
    tested.mock.drive(Edge.DOWN)
    tested.clock.advance(0.001)
    tested.mock.drive(Edge.UP)
    tested.clock.advance(1.0)
    assert tested.ear.edges == []
    stats = tested.panel.health().stats
    assert (stats.glitches, stats.presses) == (1, 0)


def test_the_statistics_tell_what_the_button_has_been_through(tested: PanelUnderTest) -> None:
    assert tested.panel.health().stats.since_last is None
    for seconds in (0.1, 2.0, 0.2):
        tested.press(seconds)
    tested.clock.advance(5.0)
    stats = tested.panel.health().stats
    assert stats.presses == 3
    assert stats.longest == pytest.approx(2.0)
    assert stats.since_last == pytest.approx(0.2 + 0.05 + 5.0)
    assert stats.bounces == (3, *[0] * MOST_BOUNCES)
    assert not stats.down


def test_a_button_held_at_the_start_counts_when_it_is_pressed_anew(tested: PanelUnderTest) -> None:
    tested.panel._contact.detach()
    factory = factory_of(tested.panel)
    pin = factory.pin(17)
    pin._get_pull = lambda: "floating"  # somebody's hand is stronger than the pull-up
    pin._set_pull = lambda _value: None
    pin.drive_low()
    tested.panel._contact.attach(17, factory)
    assert tested.panel.health().stats.down
    tested.clock.advance(1.0)
    tested.mock.drive(Edge.UP)
    tested.clock.advance(1.0)
    assert tested.ear.edges == []
    tested.press()
    assert tested.ear.edges == [Edge.DOWN, Edge.UP]


def test_a_button_that_is_down_for_half_a_minute_is_stuck_until_it_comes_free(
    tested: PanelUnderTest,
) -> None:
    tested.mock.play_fault(Fault.STUCK)
    tested.clock.advance(29.9)
    assert tested.ear.healths == []
    tested.clock.advance(0.2)
    (health,) = tested.ear.healths
    assert health.button is PartStatus.STUCK
    assert health.problem is not None
    assert "touch works" in health.problem
    tested.mock.play_fault(Fault.NONE)
    tested.clock.advance(0.05)
    assert tested.ear.healths[-1].button is PartStatus.OK
    assert tested.ear.healths[-1].problem is None
    assert tested.panel.health().stats.presses == 1


def test_a_long_hold_is_told_as_stuck_once(tested: PanelUnderTest) -> None:
    tested.press(seconds=300)
    assert [health.button for health in tested.ear.healths] == [PartStatus.STUCK, PartStatus.OK]
    assert tested.ear.edges == [Edge.DOWN, Edge.UP]


def test_the_press_that_a_loss_cuts_off_ends(tested: PanelUnderTest) -> None:
    tested.mock.drive(Edge.DOWN)
    tested.clock.advance(0.01)
    tested.panel._contact.detach()
    assert tested.ear.edges == [Edge.DOWN, Edge.UP]


def test_a_listener_that_fails_does_not_end_the_button(
    tested: PanelUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_edge: Edge) -> None:
        raise ValueError("broken")

    tested.panel._contact._listener = fail
    tested.press()
    tested.press()
    assert tested.panel.health().stats.presses == 2
    assert caplog.text.count("The listener of the button failed") == 4


def test_the_listener_may_drive_the_button_itself(tested: PanelUnderTest) -> None:
    edges = []

    def let_go(edge: Edge) -> None:
        edges.append(edge)
        if edge is Edge.DOWN:
            tested.mock.drive(Edge.UP)

    tested.panel._contact._listener = let_go
    tested.mock.drive(Edge.DOWN)
    tested.clock.advance(1.0)
    assert edges == [Edge.DOWN, Edge.UP]


def test_at_rest_nothing_will_ring(tested: PanelUnderTest) -> None:
    tested.clock.advance(1.0)
    assert tested.clock.is_quiet
    tested.press()
    tested.clock.advance(1.0)
    assert tested.clock.is_quiet


@settings(deadline=None)
@given(button_trains())
def test_presses_told_are_presses_made(train: Train) -> None:
    tested = PanelUnderTest()
    pin = factory_of(tested.panel).pin(17)
    start = tested.clock.now()
    for at, down in train.edges:
        tested.clock.advance(start + at - tested.clock.now())
        if down:
            pin.drive_low()
        else:
            pin.drive_high()
    tested.clock.advance(1.0)
    assert tested.ear.edges == [Edge.DOWN, Edge.UP] * train.presses
    stats = tested.panel.health().stats
    assert (stats.presses, stats.glitches) == (train.presses, train.glitches)
    tested.panel.close()


def test_of_ten_thousand_chattering_presses_none_is_lost_and_none_counts_twice(
    tested: PanelUnderTest,
) -> None:
    tested.mock.play_fault(Fault.BOUNCE)
    for _ in range(10_000):
        tested.press(0.05)
    assert tested.ear.edges == [Edge.DOWN, Edge.UP] * 10_000
    assert tested.panel.health().stats.glitches == 0
