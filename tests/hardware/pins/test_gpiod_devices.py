"""gpiozero's own devices run unchanged on the pin factory on libgpiod."""

import time

import pytest
from gpiozero import LED, Button, Buzzer, DigitalInputDevice, PinPWMFixedValue, TonalBuzzer

from hardware.pins.gpiod_factory import GpiodFactory
from tests.drivers.fake_kernel import FakeDevice
from tests.drivers.threads import SOON, Told, until


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
