"""The pin factory on libgpiod: gpiozero's own devices run on it unchanged."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from gpiozero import (
    LED,
    Button,
    Buzzer,
    DigitalInputDevice,
    PinFixedPull,
    PinInvalidBounce,
    PinInvalidEdges,
    PinInvalidFunction,
    PinInvalidPull,
    PinInvalidState,
    PinPWMFixedValue,
    PinSetInput,
    PinSPIUnsupported,
    TonalBuzzer,
)

gpiod = pytest.importorskip("gpiod")  # libgpiod's bindings are for Linux only

from gpiod.line import Bias, Direction, Edge  # noqa: E402 - not before it is known to be there

from hardware.pins import gpiod_reader  # noqa: E402
from hardware.pins.gpiod_factory import CONSUMER, GpiodFactory  # noqa: E402
from kiosk.core.errors import HardwareError  # noqa: E402
from tests.drivers.fake_kernel import FakeDevice, FakeKernel  # noqa: E402
from tests.drivers.panels import SOON, until  # noqa: E402


@pytest.fixture
def chip(kernel: FakeKernel) -> FakeDevice:
    return kernel.chips["/dev/gpiochip0"]


@pytest.fixture
def factory(chip: FakeDevice) -> Iterator[GpiodFactory]:
    del chip
    factory = GpiodFactory()
    yield factory
    factory.close()


class Told:
    """Waits for what another thread tells."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self._new = threading.Condition()

    def tell(self, *item: Any) -> None:
        with self._new:
            self.items.append(item)
            self._new.notify_all()

    def has(self, count: int) -> bool:
        with self._new:
            return self._new.wait_for(lambda: len(self.items) >= count, SOON)


def test_a_line_is_requested_only_when_it_is_used(factory: GpiodFactory, chip: FakeDevice) -> None:
    pin = factory.pin(17)
    assert chip.lines[17].consumer == ""
    pin.function = "output"
    assert chip.lines[17].consumer == CONSUMER


def test_a_name_of_the_header_means_the_same_pin(factory: GpiodFactory) -> None:
    assert factory.pin(17) is factory.pin("GPIO17") is factory.pin("J8:11")


def test_the_function_can_be_set_to_output_and_back(
    factory: GpiodFactory, chip: FakeDevice
) -> None:
    pin = factory.pin(22)
    assert pin.function == "input"
    pin.function = "output"
    assert pin.function == "output"
    assert chip.lines[22].settings.direction is Direction.OUTPUT
    pin.function = "input"
    assert chip.lines[22].settings.direction is Direction.INPUT
    with pytest.raises(PinInvalidFunction):
        pin.function = "analog"


def test_an_output_is_at_its_state_from_its_first_moment(
    factory: GpiodFactory, chip: FakeDevice
) -> None:
    factory.pin(22).output_with_state(1)
    assert chip.lines[22].written == [True]


def test_the_state_of_an_output_can_be_written_and_read(
    factory: GpiodFactory, chip: FakeDevice
) -> None:
    pin = factory.pin(22)
    pin.function = "output"
    assert pin.state == 0
    pin.state = 1
    assert pin.state == 1
    assert chip.lines[22].written == [False, True]
    with pytest.raises(PinInvalidState):
        pin.state = 1.5


def test_the_state_of_an_input_is_the_wire_and_cannot_be_written(
    factory: GpiodFactory, chip: FakeDevice
) -> None:
    pin = factory.pin(17)
    pin.function = "input"
    chip.wire(17, level=True)
    assert pin.state == 1
    chip.wire(17, level=False)
    assert pin.state == 0
    with pytest.raises(PinSetInput):
        pin.state = 1


@pytest.mark.parametrize(
    ("pull", "bias", "level"),
    [("up", Bias.PULL_UP, 1), ("down", Bias.PULL_DOWN, 0), ("floating", Bias.DISABLED, 0)],
)
def test_a_pull_is_the_bias_of_the_line(
    factory: GpiodFactory, chip: FakeDevice, pull: str, bias: Bias, level: int
) -> None:
    pin = factory.pin(17)
    pin.input_with_pull(pull)
    assert (pin.pull, pin.state) == (pull, level)
    pin.pull = pull
    assert chip.lines[17].settings.bias is bias


def test_a_pull_that_cannot_be_is_refused(factory: GpiodFactory) -> None:
    with pytest.raises(PinInvalidPull):
        factory.pin(17).pull = "sideways"
    with pytest.raises(PinFixedPull):
        factory.pin(2).pull = "down"  # the header has resistors on GPIO 2 and 3
    output = factory.pin(22)
    output.function = "output"
    with pytest.raises(PinFixedPull):
        output.pull = "up"


def test_bounce_is_the_debouncing_of_the_kernel(factory: GpiodFactory, chip: FakeDevice) -> None:
    pin = factory.pin(17)
    assert pin.bounce is None
    pin.bounce = 0.025
    assert pin.bounce == 0.025
    assert chip.lines[17].settings.debounce_period == timedelta(milliseconds=25)
    pin.bounce = None
    assert chip.lines[17].settings.debounce_period == timedelta()
    with pytest.raises(PinInvalidBounce):
        pin.bounce = -1


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


def test_a_handler_may_close_its_own_pin(factory: GpiodFactory, chip: FakeDevice) -> None:
    pin = factory.pin(17)
    pin.input_with_pull("down")
    told = Told()

    def close(ticks: float, state: bool) -> None:  # noqa: FBT001 - gpiozero's
        pin.close()
        told.tell(ticks, state)

    pin.when_changed = close
    chip.wire(17, level=True)
    assert told.has(1)
    assert chip.lines[17].consumer == ""


def test_a_handler_may_close_the_factory(factory: GpiodFactory, chip: FakeDevice) -> None:
    pin = factory.pin(17)
    pin.input_with_pull("down")
    told = Told()

    def close(ticks: float, state: bool) -> None:  # noqa: FBT001 - gpiozero's
        factory.close()
        told.tell(ticks, state)

    pin.when_changed = close
    chip.wire(17, level=True)
    assert told.has(1)
    assert chip.open_chips == []


def test_a_closed_pin_is_free_and_can_be_used_anew(factory: GpiodFactory, chip: FakeDevice) -> None:
    pin = factory.pin(17)
    pin.output_with_state(1)
    pin.close()
    assert chip.lines[17].consumer == ""
    assert pin.function == "input"
    pin.input_with_pull("up")
    assert pin.state == 1


def test_a_closed_factory_has_freed_lines_and_chip(factory: GpiodFactory, chip: FakeDevice) -> None:
    button, buzzer = Button(17, pin_factory=factory), Buzzer(27, pin_factory=factory)
    factory.close()
    factory.close()
    assert {line.consumer for line in chip.lines} == {""}
    assert chip.open_chips == []
    button.close()
    buzzer.close()


def test_a_button_runs_unchanged(factory: GpiodFactory, chip: FakeDevice) -> None:
    pressed, released, held = Told(), Told(), Told()
    with Button(17, hold_time=0.01, pin_factory=factory) as button:
        button.when_pressed = pressed.tell
        button.when_released = released.tell
        button.when_held = held.tell
        assert not button.is_pressed
        chip.wire(17, level=False)
        assert button.wait_for_press(SOON)
        assert pressed.has(1)
        assert held.has(1)
        chip.wire(17, level=None)
        assert button.wait_for_release(SOON)
        assert released.has(1)
    assert chip.lines[17].consumer == ""
    with Button(17, pin_factory=factory) as again:
        assert not again.is_pressed


def test_a_button_that_is_held_at_the_start_is_pressed(
    factory: GpiodFactory, chip: FakeDevice
) -> None:
    chip.wire(17, level=False)
    with Button(17, pin_factory=factory) as button:
        assert button.is_pressed


def test_an_input_can_wait_for_the_other_level(factory: GpiodFactory, chip: FakeDevice) -> None:
    with DigitalInputDevice(5, pull_up=False, pin_factory=factory) as device:
        chip.wire(5, level=True)
        assert device.wait_for_active(SOON)
        assert device.active_time >= 0


def test_a_buzzer_and_a_light_run_unchanged(factory: GpiodFactory, chip: FakeDevice) -> None:
    with Buzzer(27, pin_factory=factory) as buzzer, LED(22, pin_factory=factory) as light:
        assert chip.lines[27].written == [False]
        buzzer.on()
        light.toggle()
        assert (buzzer.is_active, light.is_lit) == (True, True)
        buzzer.off()
        light.blink(0.001, 0.001, n=2, background=False)
        assert chip.lines[27].written == [False, True, False]
        assert chip.lines[22].written[-4:] == [True, False, True, False]


def test_a_tonal_buzzer_switches_its_pin_at_the_tone_and_ends_low(
    factory: GpiodFactory, chip: FakeDevice
) -> None:
    with TonalBuzzer(27, pin_factory=factory) as buzzer:
        assert chip.lines[27].written[-1] is False
        buzzer.play(440.0)
        assert factory.pin(27).frequency == 440
        assert buzzer.pwm_device.value == 0.5
        written = chip.lines[27].written
        assert until(lambda: len(written) > 20)
        buzzer.play(220.0)
        assert factory.pin(27).frequency == 220
        buzzer.stop()
        at_the_end = len(written)
        assert written[-1] is False
        time.sleep(0.01)  # several periods: nothing may be written any more
        assert len(written) == at_the_end


def test_an_input_has_no_tone(factory: GpiodFactory) -> None:
    with pytest.raises(PinPWMFixedValue):
        factory.pin(27).frequency = 440


def test_spi_is_refused(factory: GpiodFactory) -> None:
    with pytest.raises(PinSPIUnsupported):
        factory.spi(port=0, device=0)


def test_a_busy_line_names_its_user(factory: GpiodFactory, chip: FakeDevice) -> None:
    chip.lines[17].consumer = "lirc"
    with pytest.raises(HardwareError, match=r"Line 17 is busy: used by 'lirc'\. Stop that"):
        Button(17, pin_factory=factory)
    chip.lines[17].consumer = CONSUMER
    with pytest.raises(HardwareError, match="used by another Matside"):
        Button(17, pin_factory=factory)


def test_a_line_that_the_chip_does_not_have_is_named(kernel: FakeKernel) -> None:
    kernel.chips["/dev/gpiochip0"] = FakeDevice("pinctrl-bcm2711", num_lines=8)
    with (
        GpiodFactory() as factory,
        pytest.raises(HardwareError, match=r"has no line 17\. Is the setting chip right"),
    ):
        Buzzer(17, pin_factory=factory)


@pytest.mark.parametrize("tells", [True, False])
def test_a_chip_that_goes_away_is_told_once(
    chip: FakeDevice, monkeypatch: pytest.MonkeyPatch, *, tells: bool
) -> None:
    monkeypatch.setattr(gpiod_reader, "LOOK_EVERY", 0.005)
    lost = Told()
    factory = GpiodFactory(on_loss=lost.tell)
    button = Button(17, pin_factory=factory)
    buzzer = Buzzer(27, pin_factory=factory)
    chip.vanish(tells=tells)
    assert lost.has(1)
    ((problem,),) = lost.items
    assert "No such device" in str(problem)
    with pytest.raises(OSError, match="No such device"):
        buzzer.on()
    button.close()
    buzzer.close()
    factory.close()
    assert len(lost.items) == 1


def test_a_chip_without_a_button_is_missed_too(chip: FakeDevice) -> None:
    lost = Told()
    factory = GpiodFactory(on_loss=lost.tell)
    chip.vanish()
    assert lost.has(1)
    factory.close()


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
