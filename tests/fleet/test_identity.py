"""Who a station is in the fleet, also on a copied memory card."""

import logging
from pathlib import Path

import pytest

from kiosk.core.errors import StoreError
from kiosk.fleet.identity import FILE, identity, trace_of
from kiosk.fleet.messages import NAME


def machine(root: Path, serial: str) -> Path:
    """The files of a Raspberry Pi with a serial number."""
    file = root / "sys/firmware/devicetree/base/serial-number"
    file.parent.mkdir(parents=True)
    file.write_text(f"{serial}\0")
    return root


def test_a_station_makes_its_id_once_and_keeps_it(tmp_path: Path) -> None:
    pi = machine(tmp_path / "pi", "10000000abcd")
    first = identity(tmp_path / "data", root=pi)
    assert NAME.fullmatch(first.station)
    assert identity(tmp_path / "data", root=pi) == first
    assert identity(tmp_path / "other", root=pi).station != first.station


def test_a_copied_memory_card_is_another_station_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    data = tmp_path / "data"
    first = identity(data, root=machine(tmp_path / "a", "1"))
    assert caplog.messages == []
    second_machine = machine(tmp_path / "b", "2")
    second = identity(data, root=second_machine)
    assert second.station != first.station
    assert f'fleet.station = "{first.station}"' in caplog.text
    assert identity(data, root=second_machine) == second


def test_the_settings_may_name_the_id(tmp_path: Path) -> None:
    assert identity(tmp_path, "mat-1", tmp_path).station == "mat-1"
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("content", [b"", b"\xff", b'{"station": "a/#", "machine": "x"}', b"[]"])
def test_a_file_with_something_else_in_it_gives_a_new_id(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert NAME.fullmatch(identity(tmp_path).station)
    assert identity(tmp_path) == identity(tmp_path)


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError, match=r"fleet\.station"):
        identity(tmp_path / "data")


def test_a_trace_tells_machines_apart_and_nothing_about_them(tmp_path: Path) -> None:
    pi = trace_of(machine(tmp_path / "pi", "10000000abcd"))
    assert "abcd" not in pi
    card = tmp_path / "pc/sys/class/net/eth0"
    (card / "device").mkdir(parents=True)
    (card / "address").write_text("02:00:00:00:00:01\n")
    assert len({pi, trace_of(tmp_path / "pc"), trace_of(tmp_path / "empty")}) == 3
    assert trace_of(tmp_path / "empty") == "unknown"
