"""Panels that are closed when their test ends, and a kernel with GPIO chips."""

from collections.abc import Iterator

import pytest

from tests.hardware.fake_kernel import FakeDevice, FakeKernel
from tests.hardware.panels import Ear, MockPanel


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def station() -> Iterator[MockPanel]:
    """A mock panel on a fake clock."""
    station = MockPanel()
    yield station
    station.panel.close()


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> FakeKernel:
    """A machine with the header's chip of a Pi 4 at /dev/gpiochip0."""
    kernel = FakeKernel()
    kernel.chips["/dev/gpiochip0"] = FakeDevice("pinctrl-bcm2711")
    monkeypatch.setattr("gpiod.Chip", kernel.open)
    monkeypatch.setattr("hardware.chips.chip_devices", kernel.devices)
    return kernel
