"""The pin factory on libgpiod, on a kernel of the test's."""

import importlib.util
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from hardware.pins.gpiod_factory import GpiodFactory
    from tests.drivers.fake_kernel import FakeDevice, FakeKernel

#: libgpiod's bindings are for Linux only; elsewhere the tests that need them are left out.
collect_ignore_glob = (
    ["test_gpiod_*.py", "test_chips.py"] if importlib.util.find_spec("gpiod") is None else []
)


@pytest.fixture
def chip(kernel: "FakeKernel") -> "FakeDevice":
    """The header's chip."""
    return kernel.chips["/dev/gpiochip0"]


@pytest.fixture
def factory(chip: "FakeDevice") -> "Iterator[GpiodFactory]":
    """The pin factory on `chip`."""
    from hardware.pins.gpiod_factory import GpiodFactory  # noqa: PLC0415 - it needs gpiod

    del chip
    factory = GpiodFactory()
    yield factory
    factory.close()
