"""The tone of a passive buzzer, made by a thread."""

import threading
import time

import pytest

from hardware.pins.pwm import SoftwarePWM
from tests.drivers.threads import until


class Pin:
    """Keeps what is written to it."""

    def __init__(self) -> None:
        self.written: list[bool] = []
        self.closed = False

    def write(self, level: bool) -> None:  # noqa: FBT001 - what a PWM writes with
        assert not self.closed
        self.written.append(level)


def test_it_switches_at_its_frequency() -> None:
    pin = Pin()
    pwm = SoftwarePWM(pin.write, 500)
    pwm.duty = 0.5
    assert until(lambda: pin.written)
    begun, first = time.monotonic(), len(pin.written)
    assert until(lambda: len(pin.written) >= first + 200)
    seconds = time.monotonic() - begun
    pwm.close()
    assert seconds >= 0.15  # a hundred periods of 2 ms; a busy machine takes longer, never shorter


@pytest.mark.parametrize("duty", [0.0, 1.0])
def test_fully_on_or_off_it_sleeps(duty: float) -> None:
    pin = Pin()
    pwm = SoftwarePWM(pin.write, 1000)
    pwm.duty = duty
    assert until(lambda: pin.written[-1:] == [duty == 1.0])
    time.sleep(0.05)  # fifty periods
    pwm.close()
    assert len(pin.written) <= 2  # once as it began, and once as it was told


def test_once_closed_it_never_writes_again() -> None:
    for _ in range(200):
        pin = Pin()
        pwm = SoftwarePWM(pin.write, 5_000)
        pwm.duty = 0.5
        time.sleep(0.001)
        pwm.close()
        pin.closed = True
    # A write after the close would have raised in the thread, which fails the test.
    assert until(lambda: "pwm" not in {thread.name for thread in threading.enumerate()})


def test_a_pin_that_has_gone_away_ends_the_tone(caplog: pytest.LogCaptureFixture) -> None:
    def gone(_level: bool) -> None:  # noqa: FBT001 - what a PWM writes with
        raise OSError("No such device")

    pwm = SoftwarePWM(gone, 440)
    assert until(lambda: "The tone has ended: No such device" in caplog.text)
    pwm.close()
