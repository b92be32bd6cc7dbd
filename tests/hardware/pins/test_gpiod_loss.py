"""A chip that goes away under the pin factory on libgpiod."""

import pytest
from gpiozero import Button, Buzzer

from hardware.pins import gpiod_reader
from hardware.pins.gpiod_factory import GpiodFactory
from tests.drivers.fake_kernel import FakeDevice
from tests.drivers.threads import Told


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
