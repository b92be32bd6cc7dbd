"""The table of all stations, from whatever the broker has kept."""

import msgspec

from kiosk.fleet.messages import HealthMessage, StateMessage, VersionsMessage
from kiosk.fleet.table import table


def kept(station: str, *, in_use: bool, problem: str | None = None) -> dict[str, bytes]:
    state = StateMessage(
        status="running" if in_use else "attract",
        in_use=in_use,
        routine="psoas-release" if in_use else None,
        step=None,
        side=None,
        remaining=None,
        sessions_today=None,
        quiet=False,
    )
    health = HealthMessage(
        ok=problem is None,
        problem=problem,
        button="ok",
        buzzer="ok",
        light="ok",
        saving=True,
        disk_free=None,
        temperature=None,
        low_voltage=None,
        waiting=0,
    )
    versions = VersionsMessage(
        matside="1.2.3", station=station, name="Mat", machine="m", routines=("a", "b")
    )
    return {
        f"matside/{station}/availability": b"online",
        f"matside/{station}/state": msgspec.json.encode(state),
        f"matside/{station}/health": msgspec.json.encode(health),
        f"matside/{station}/versions": msgspec.json.encode(versions),
    }


def test_each_station_has_a_line_in_the_order_of_their_ids() -> None:
    messages = kept("mat-2", in_use=False, problem="button: stuck") | kept("mat-1", in_use=True)
    lines = list(table(messages))
    assert [line.split()[0] for line in lines] == ["station", "mat-1", "mat-2"]
    assert "in use: psoas-release" in lines[1]
    assert "free" in lines[2]
    assert "button: stuck" in lines[2]


def test_a_station_that_is_gone_is_said_to_be() -> None:
    messages = kept("mat-1", in_use=True) | {"matside/mat-1/availability": b"offline"}
    assert " gone " in list(table(messages))[1]


def test_garbage_is_shown_as_such_and_obeyed_by_no_terminal() -> None:
    messages = {f"matside/mat-1/{part}": b"\xff{" for part in ("state", "health", "versions")}
    assert list(table(messages))[1].split() == ["mat-1", "?", "gone", "?", "?", "?", "?"]
    evil = kept("mat-1", in_use=False, problem="\x1b[2Jgone\n")
    assert "?[2Jgone?" in list(table(evil))[1]
    assert len(list(table(evil | {"matside/\x1b/state": b""}))) == 2
