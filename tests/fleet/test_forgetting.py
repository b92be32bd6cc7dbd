"""A station that is gone for good is taken out of the broker, and so out of Home Assistant."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.main.cli import main
from tests.drivers.broker import Broker, Ear, running, until
from tests.drivers.linked import Linked

Switch = Callable[..., Linked]

#: What the broker keeps of a station.
KEPT = {
    "homeassistant/device/mat-1/config",
    *(f"matside/mat-1/{part}" for part in ("availability", "state", "health", "versions")),
}


def command(tmp_path: Path, port: int, *more: str) -> list[str]:
    """What somebody types on a laptop."""
    config = tmp_path / "gym.toml"
    config.write_text(f'[fleet]\nbroker = "127.0.0.1"\nport = {port}\ntls = false\n')
    return ["fleet", "forget", *more, "--config", str(config)]


def kept(port: int) -> set[str]:
    """The topics on which the broker has kept something."""
    ear = Ear(port, "#")
    ear.say("fence", b"")
    until(lambda: ear.on("fence"))
    ear.close()
    return {topic for topic, _ in ear.retained}


def lived(broker: Broker, ear: Ear, switch_on: Switch, station: str) -> Linked:
    """A station that has said all that it says."""
    linked = switch_on(broker.port, folder=station, station=station)
    until(lambda: ear.on(f"homeassistant/device/{station}/config"))
    until(lambda: ear.on(f"{station}/versions"))
    return linked


def test_all_that_was_kept_of_a_station_that_is_gone_is_emptied_and_nothing_else(
    tmp_path: Path,
    broker: Broker,
    ear: Ear,
    switch_on: Switch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lived(broker, ear, switch_on, "mat-1").close()
    lived(broker, ear, switch_on, "mat-10").close()
    ear.say("matside/group/all/routine/ours.toml", b"x", retain=True)
    until(lambda: ear.on("mat-1/availability")[-1] == b"offline")
    before = kept(broker.port)
    assert before > KEPT
    until(lambda: ear.on("fence"))
    del ear.heard[:]
    assert main(command(tmp_path, broker.port, "mat-1")) == 0
    until(lambda: len(ear.heard) >= len(KEPT))
    assert ear.heard[0] == ("homeassistant/device/mat-1/config", b"")
    assert kept(broker.port) == before - KEPT
    assert "mat-1 is gone" in capsys.readouterr().out


def test_a_station_that_is_on_is_not_forgotten(
    tmp_path: Path,
    broker: Broker,
    ear: Ear,
    switch_on: Switch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    lived(broker, ear, switch_on, "mat-1")
    until(lambda: kept(broker.port) == KEPT)
    assert main(command(tmp_path, broker.port, "mat-1")) == 1
    assert "mat-1 is online" in caplog.text
    assert kept(broker.port) == KEPT


def test_a_station_that_only_seems_to_be_on_is_forgotten_if_somebody_insists(
    tmp_path: Path, broker: Broker, ear: Ear
) -> None:
    ear.say("matside/mat-1/availability", b"online", retain=True)
    assert main(command(tmp_path, broker.port, "mat-1")) == 1
    assert main(command(tmp_path, broker.port, "mat-1", "--force")) == 0
    assert kept(broker.port) == set()


@pytest.mark.parametrize("station", ["mat-2", "group", "+", "#", "mat-1/state", ""])
def test_nothing_else_than_one_station_can_be_forgotten(
    tmp_path: Path,
    broker: Broker,
    ear: Ear,
    station: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ear.say("matside/mat-1/state", b"{}", retain=True)
    ear.say("matside/group/all/routine/ours.toml", b"x", retain=True)
    before = kept(broker.port)
    assert main(command(tmp_path, broker.port, station)) == 1
    assert "matside fleet status" in caplog.text
    assert kept(broker.port) == before


def test_a_broker_that_does_not_let_it_happen_is_found_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rights = tmp_path / "acl"
    rights.write_text("topic read #\ntopic write fence\ntopic write matside/mat-1/state\n")
    with running(tmp_path / "strict", f"acl_file {rights}") as broker:
        teller = Ear(broker.port, "#")
        teller.say("matside/mat-1/state", b"{}", retain=True)
        rights.write_text("topic read #\ntopic write fence\n")
        broker.reload()
        until(lambda: kept(broker.port) == {"matside/mat-1/state"})
        assert main(command(tmp_path, broker.port, "mat-1")) == 1
        teller.close()
    assert "access list" in caplog.text
