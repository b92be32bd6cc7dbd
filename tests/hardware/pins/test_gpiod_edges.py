"""Edges through the pin factory on libgpiod: which are told, when, and to whom."""

import pytest
from gpiod.line import Edge
from gpiozero import PinInvalidEdges

from hardware.pins.gpiod_factory import GpiodFactory
from tests.drivers.fake_kernel import FakeDevice
from tests.drivers.threads import Told, until


@pytest.mark.parametrize(
    ("edges", "states"), [("both", [1, 0]), ("rising", [1]), ("falling", [0]), ("none", [])]
)
def test_only_the_edges_that_are_wanted_are_told(
    factory: GpiodFactory, chip: FakeDevice, edges: str, states: list[int]
) -> None:
    pin = factory.pin(17)
    pin.input_with_pull("down")
    pin.edges = edges
    assert pin.edges == edges
    told = Told()
    pin.when_changed = told.tell
    assert chip.lines[17].settings.edge_detection is Edge[edges.upper()]
    chip.wire(17, level=True)
    chip.wire(17, level=False)
    assert told.has(len(states))
    assert [state for _ticks, state in told.items] == states
    with pytest.raises(PinInvalidEdges):
        pin.edges = "sharp"


def test_an_edge_comes_with_the_time_of_the_kernel(factory: GpiodFactory, chip: FakeDevice) -> None:
    pin = factory.pin(17)
    pin.input_with_pull("down")
    told = Told()
    pin.when_changed = told.tell
    chip.wire(17, level=True, timestamp_ns=1_234_567_890)
    assert told.has(1)
    assert told.items == [(1.23456789, True)]


def test_edges_from_before_they_were_asked_for_are_not_told(
    factory: GpiodFactory, chip: FakeDevice
) -> None:
    pin = factory.pin(17)
    pin.input_with_pull("down")
    first, second = Told(), Told()
    pin.when_changed = first.tell
    pin.when_changed = None
    chip.wire(17, level=True)
    chip.wire(17, level=False)
    pin.when_changed = second.tell
    chip.wire(17, level=True, timestamp_ns=5)
    assert second.has(1)
    assert second.items == [(5e-9, True)]
    assert first.items == []


def test_a_handler_that_fails_does_not_end_the_reading(
    factory: GpiodFactory, chip: FakeDevice, caplog: pytest.LogCaptureFixture
) -> None:
    pin = factory.pin(17)
    pin.input_with_pull("down")
    told = Told()

    def fail(ticks: float, state: bool) -> None:  # noqa: FBT001 - gpiozero's
        told.tell(ticks, state)
        raise SystemExit if state else ValueError

    pin.when_changed = fail
    for level in (True, False, True):
        chip.wire(17, level=level)
    assert told.has(3)
    assert until(lambda: caplog.text.count("The handler of GPIO17 failed.") == 3)


@pytest.mark.parametrize("what", ["pin", "factory"])
def test_a_handler_may_close_its_own_pin_or_the_factory(
    factory: GpiodFactory, chip: FakeDevice, what: str
) -> None:
    pin = factory.pin(17)
    pin.input_with_pull("down")
    told = Told()

    def close(ticks: float, state: bool) -> None:  # noqa: FBT001 - gpiozero's
        {"pin": pin, "factory": factory}[what].close()
        told.tell(ticks, state)

    pin.when_changed = close
    chip.wire(17, level=True)
    assert told.has(1)
    assert chip.lines[17].consumer == ""
    assert (chip.open_chips == []) is (what == "factory")


def test_thousands_of_edges_all_arrive_in_order(factory: GpiodFactory, chip: FakeDevice) -> None:
    pin = factory.pin(17)
    pin.input_with_pull("down")
    told = Told()
    pin.when_changed = told.tell
    for number in range(4_000):
        chip.wire(17, level=number % 2 == 0, timestamp_ns=number)
        if number % 200 == 0:
            assert told.has(number - 100)
    assert told.has(4_000)
    assert [ticks for ticks, _ in told.items] == [number / 1e9 for number in range(4_000)]
