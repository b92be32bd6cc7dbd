"""Pin factories by name."""

import sys
from pathlib import Path

import pytest

from hardware import factories
from kiosk.core.errors import HardwareError


def test_auto_is_mock_off_the_pi_and_gpio_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "model"
    monkeypatch.setattr(factories, "_MODEL", model)
    assert factories.factory_name("auto") == "mock"
    model.write_bytes(b"Raspberry Pi 5 Model B Rev 1.0\0")
    assert factories.factory_name("auto") == "gpio"
    assert factories.factory_name("mock") == "mock"


def test_a_missing_lgpio_names_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lgpio", None)
    monkeypatch.delitem(sys.modules, "gpiozero.pins.lgpio", raising=False)
    with pytest.raises(HardwareError, match="Install python3-lgpio with apt"):
        factories.open_factory("lgpio")
