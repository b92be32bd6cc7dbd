"""What needs no pin library does not load one: it takes longer to load than the rest to run."""

import subprocess
import sys

import pytest

#: What is of use without gpiozero: is this a Pi, which factory is meant, where is a pin.
LIGHT = (
    "hardware.header",
    "hardware.pins.board",
    "hardware.pins.contract",
    "hardware.pins.factories",
    "hardware.silence",
    "hardware.wiring",
)


def loaded(module: str) -> set[str]:
    """Names of everything that importing `module` loads."""
    program = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("module", LIGHT)
def test_what_needs_no_pins_loads_no_pin_library(module: str) -> None:
    assert not loaded(module) & {"gpiozero", "gpiod", "lgpio", "flask", "msgspec"}


def test_driving_the_outputs_low_on_the_kernels_chip_needs_gpiod_alone() -> None:
    pytest.importorskip("gpiod")
    modules = loaded("hardware.pins.chips")
    assert "gpiod" in modules
    assert "gpiozero" not in modules
