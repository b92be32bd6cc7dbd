"""Fixtures: the rules of the shipped routines, a mat to lie on, and a kernel with pins."""

from typing import TYPE_CHECKING

import pytest

from kiosk.core.routine import Side
from kiosk.core.session import Choices, Rules
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from tests.drivers.mat import Mat
from web.figures import POSES

if TYPE_CHECKING:
    from tests.drivers.fake_kernel import FakeKernel


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The shipped routines with the station's defaults: right side first, 120 s a side."""
    choices = Choices("psoas-release", Side.RIGHT, 120, "en")
    routines = RoutineReader(POSES).read_folder(SHIPPED_ROUTINES)
    return Rules(routines, choices, offered=tuple(routines))


@pytest.fixture
def mat(rules: Rules) -> Mat:
    """A mat with a station beside it, on a fake clock."""
    return Mat(rules)


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> "FakeKernel":
    """A machine with the header's chip of a Pi 4 at /dev/gpiochip0."""
    pytest.importorskip("gpiod")  # libgpiod's bindings are for Linux only
    from tests.drivers.fake_kernel import FakeDevice, FakeKernel  # noqa: PLC0415 - it needs them

    kernel = FakeKernel()
    kernel.chips["/dev/gpiochip0"] = FakeDevice("pinctrl-bcm2711")
    monkeypatch.setattr("gpiod.Chip", kernel.open)
    monkeypatch.setattr("hardware.pins.chips.chip_devices", kernel.devices)
    return kernel
