"""Lines of a chip through the pin factory on libgpiod: what they are set to, and who has them."""

from datetime import timedelta

import pytest
from gpiod.line import Bias, Direction
from gpiozero import (
    Button,
    Buzzer,
    PinFixedPull,
    PinInvalidBounce,
    PinInvalidFunction,
    PinInvalidPull,
    PinInvalidState,
    PinSetInput,
    PinSPIUnsupported,
)

from hardware.pins.contract import LineInUseError
from hardware.pins.gpiod_factory import CONSUMER, GpiodFactory
from kiosk.core.errors import HardwareError
from tests.drivers.fake_kernel import FakeDevice, FakeKernel


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


def test_spi_is_refused(factory: GpiodFactory) -> None:
    with pytest.raises(PinSPIUnsupported):
        factory.spi(port=0, device=0)


def test_a_busy_line_names_its_user(factory: GpiodFactory, chip: FakeDevice) -> None:
    chip.lines[17].consumer = "lirc"
    with pytest.raises(LineInUseError, match=r"used by 'lirc'\. Stop that") as refusal:
        Button(17, pin_factory=factory)
    assert not refusal.value.by_matside
    chip.lines[17].consumer = CONSUMER
    with pytest.raises(LineInUseError, match="used by another Matside") as refusal:
        Button(17, pin_factory=factory)
    assert refusal.value.by_matside


def test_a_line_that_the_chip_does_not_have_is_named(kernel: FakeKernel) -> None:
    kernel.chips["/dev/gpiochip0"] = FakeDevice("pinctrl-bcm2711", num_lines=8)
    with (
        GpiodFactory() as factory,
        pytest.raises(HardwareError, match=r"has no line 17\. Is the setting chip right"),
    ):
        Buzzer(17, pin_factory=factory)
