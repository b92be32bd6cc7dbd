"""What `matside check` says of the staff PIN."""

from pathlib import Path

import pytest

from kiosk.check.software import staff_pin
from kiosk.core.errors import MatsideError
from kiosk.settings.shapes import ServerSection
from kiosk.staff.pin_file import PIN_FILE
from tests.drivers.staff import PIN, keep_pin


def test_a_pin_that_has_been_chosen_is_said_without_its_digits(tmp_path: Path) -> None:
    keep_pin(tmp_path)
    assert staff_pin(ServerSection(), tmp_path) == "chosen"
    assert "take it out" in staff_pin(ServerSection(staff_pin=PIN), tmp_path)


def test_without_a_pin_a_station_for_the_network_has_something_to_mend(tmp_path: Path) -> None:
    assert "none has been chosen. At the panel" in staff_pin(ServerSection(), tmp_path)
    with pytest.raises(MatsideError, match="the network has no access"):
        staff_pin(ServerSection(host="0.0.0.0"), tmp_path)


def test_a_pin_that_cannot_be_read_is_something_to_mend(tmp_path: Path) -> None:
    (tmp_path / PIN_FILE).write_text("{")
    with pytest.raises(MatsideError, match="is damaged"):
        staff_pin(ServerSection(), tmp_path)
