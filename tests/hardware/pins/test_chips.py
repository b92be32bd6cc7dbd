"""The header's chip is found by its label, on every board and kernel."""

import pytest

from hardware.pins.chips import chip_devices, find_chip
from kiosk.core.errors import HardwareError
from tests.drivers.fake_kernel import FakeChip, FakeDevice, FakeKernel


def chips(kernel: FakeKernel, **labels: str) -> None:
    kernel.chips = {f"/dev/{name}": FakeDevice(label) for name, label in labels.items()}


@pytest.mark.parametrize("label", ["pinctrl-bcm2835", "pinctrl-bcm2711", "pinctrl-rp1"])
@pytest.mark.parametrize("number", [0, 4, 11])
def test_the_headers_chip_is_found_whatever_its_number(
    kernel: FakeKernel, label: str, number: int
) -> None:
    chips(
        kernel,
        gpiochip10="gpio-brcmstb@107d508500",
        **{f"gpiochip{number}": label},
        gpiochip2="raspberrypi-exp-gpio",
    )
    assert find_chip(None) == f"/dev/gpiochip{number}"


def test_a_chip_can_be_named_by_label_name_or_path(kernel: FakeKernel) -> None:
    chips(kernel, gpiochip0="pinctrl-bcm2711", gpiochip1="gpio-sim")
    assert find_chip("gpio-sim") == "/dev/gpiochip1"
    assert find_chip("gpiochip1") == "/dev/gpiochip1"
    assert find_chip("/dev/gpiochip1") == "/dev/gpiochip1"


def test_without_the_headers_chip_the_error_says_what_there_is(kernel: FakeKernel) -> None:
    chips(kernel, gpiochip0="gpio-sim")
    with pytest.raises(HardwareError, match=r"There is: gpio-sim \(/dev/gpiochip0\)"):
        find_chip(None)
    with pytest.raises(HardwareError, match=r"labelled 'pinctrl-rp1'.*Correct the setting chip"):
        find_chip("pinctrl-rp1")
    kernel.chips = {}
    with pytest.raises(HardwareError, match=r'none at all.*use hardware = "mock"'):
        find_chip(None)


def test_without_permission_the_error_names_the_group(kernel: FakeKernel) -> None:
    chips(kernel, gpiochip0="pinctrl-bcm2711")
    kernel.chips["/dev/gpiochip0"].forbidden = True
    for wanted in (None, "/dev/gpiochip0"):
        with pytest.raises(HardwareError, match="Add this user to the group gpio"):
            find_chip(wanted)


def test_a_chip_that_may_not_be_read_does_not_hide_the_headers(kernel: FakeKernel) -> None:
    chips(kernel, gpiochip0="gpio-secret", gpiochip1="pinctrl-bcm2711")
    kernel.chips["/dev/gpiochip0"].forbidden = True
    assert find_chip(None) == "/dev/gpiochip1"


def test_a_chip_that_goes_away_while_it_is_looked_at_is_passed_over(
    kernel: FakeKernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    chips(kernel, gpiochip0="gpio-usb", gpiochip1="pinctrl-bcm2711")

    def going(path: str) -> FakeChip:
        chip = kernel.open(path)
        kernel.chips["/dev/gpiochip0"].gone = True
        return chip

    monkeypatch.setattr("gpiod.Chip", going)
    assert find_chip(None) == "/dev/gpiochip1"


def test_a_path_that_is_no_chip_is_named(kernel: FakeKernel) -> None:
    chips(kernel)
    with pytest.raises(HardwareError, match="No GPIO chip at /dev/gpiochip9"):
        find_chip("/dev/gpiochip9")


def test_real_devices_are_listed_by_number() -> None:
    assert chip_devices() == sorted(
        chip_devices(), key=lambda path: int(path[len("/dev/gpiochip") :])
    )
