"""A station that is linked to a real broker, through all that may happen to the two."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.core.session import Back
from kiosk.fleet.messages import SessionMessage
from kiosk.ports.panel import PartStatus
from kiosk.records.outbox import Outbox
from kiosk.records.store import FILE, Keeping, Store
from tests.drivers.broker import Broker, Ear, running, until
from tests.drivers.linked import WELL, Linked
from tests.drivers.past import ended_session

Switch = Callable[..., Linked]


def last(ear: Ear, topic: str) -> Any:
    """The last message on a topic; None before the first."""
    said = ear.on(topic)
    return json.loads(said[-1]) if said else None


def ids(ear: Ear) -> list[str]:
    return [msgspec.json.decode(each, type=SessionMessage).id for each in ear.on("/session")]


def heard(ear: Ear, text: str) -> bool:
    """Whether the newest health has `text` in it."""
    return text.encode() in (ear.on("/health") or [b""])[-1]


def has_a_problem(station: Linked) -> bool:
    return station.link.health().problem is not None


def test_a_station_says_that_it_is_there_and_what_it_does(
    broker: Broker, ear: Ear, switch_on: Switch
) -> None:
    station = switch_on(broker.port)
    until(lambda: ear.on("/availability") == [b"online"])
    until(lambda: last(ear, "/state") and last(ear, "/versions"))
    assert last(ear, "/state")["status"] == "attract"
    assert last(ear, "/health")["ok"] is True
    station.press()
    until(lambda: last(ear, "/state")["status"] == "running")
    assert last(ear, "/state")["in_use"] is True
    health = station.link.health()
    assert (health.connected, health.protocol, health.problem) == (True, "5", None)
    station.close()
    until(lambda: ear.on("/availability") == [b"online", b"offline"])


def test_a_station_that_dies_is_said_to_be_gone_by_the_broker(
    broker: Broker, ear: Ear, switch_on: Switch
) -> None:
    station = switch_on(broker.port)
    until(lambda: ear.on("/availability") == [b"online"])
    connection = station.link._connection
    assert connection is not None
    station.link._closing.set()  # nobody says goodbye
    sock = connection._client.socket()
    assert sock is not None
    sock.close()
    until(lambda: ear.on("/availability")[-1] == b"offline")


def test_seconds_alone_are_no_news(broker: Broker, ear: Ear, switch_on: Switch) -> None:
    station = switch_on(broker.port)
    until(lambda: ear.on("/config"))  # after it, all that was said is said once more
    while (step := station.runner.state.step) is None or step.seconds is None:
        station.press()
    until(lambda: ear.on("/state") and last(ear, "/state")["remaining"])
    said = len(ear.on("/state"))
    station.link._bell.ring()
    ear.say("matside/fence", b"")
    until(lambda: ear.on("/fence"))
    assert len(ear.on("/state")) == said


def test_a_session_is_sent_once_and_struck_out(
    broker: Broker, ear: Ear, switch_on: Switch, tmp_path: Path
) -> None:
    station = switch_on(broker.port)
    until(lambda: station.link.health().connected)
    station.session()
    until(lambda: ids(ear))
    (message,) = (msgspec.json.decode(each, type=SessionMessage) for each in ear.on("/session"))
    assert (message.number, message.ended, message.name) == (1, "stopped", "Mat 2")
    assert message.station == station.link.health().station
    until(lambda: Outbox(tmp_path / "data" / FILE).count() == 0)
    until(lambda: last(ear, "/state")["sessions_today"] == 1)
    assert [each["event_type"] for each in map(json.loads, ear.on("/event"))] == ["stopped"]
    assert len(ids(ear)) == 1


def test_sessions_of_a_month_without_a_network_are_sent_after_the_state(
    broker: Broker, ear: Ear, switch_on: Switch, tmp_path: Path
) -> None:
    store = Store(tmp_path / "data", Keeping(outbox=True))
    for number in range(1, 61):
        store.finish(ended_session(number))
    store.close()
    switch_on(broker.port)
    until(lambda: len(ids(ear)) == 60)
    numbers = [json.loads(each)["number"] for each in ear.on("/session")]
    assert numbers == [*range(1, 61)]
    topics = [topic.rpartition("/")[2] for topic, _ in ear.heard]
    assert topics.index("state") < topics.index("session")
    until(lambda: Outbox(tmp_path / "data" / FILE).count() == 0)


def test_while_a_member_uses_the_station_nothing_of_the_outbox_is_sent(
    broker: Broker, ear: Ear, switch_on: Switch, tmp_path: Path
) -> None:
    store = Store(tmp_path / "data", Keeping(outbox=True))
    store.finish(ended_session(1))
    store.close()
    station = switch_on(broker.port + 0)
    station.press()
    until(lambda: ear.on("/state") and last(ear, "/state")["status"] == "running")
    assert ids(ear) == []


def test_a_broker_that_restarts_is_found_again_and_loses_nothing(
    broker: Broker, switch_on: Switch, tmp_path: Path
) -> None:
    station = switch_on(broker.port)
    until(lambda: station.link.health().connected)
    broker.kill()
    until(lambda: not station.link.health().connected)
    problem = station.link.health().problem
    assert problem is not None
    assert str(broker.port) in problem
    station.session()
    until(lambda: Outbox(tmp_path / "data" / FILE).count() == 1)
    broker.start()
    ear = Ear(broker.port, "#")
    until(lambda: len(ids(ear)) == 1)
    ear.close()


def test_what_a_broker_that_was_killed_had_only_just_taken_is_sent_again_with_the_same_id(
    broker: Broker, switch_on: Switch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.fleet.sender.HELD", 600.0)
    station = switch_on(broker.port)
    first = Ear(broker.port, "#")
    until(lambda: station.link.health().connected)
    station.session()
    until(lambda: ids(first))
    broker.kill()
    until(lambda: not station.link.health().connected)
    broker.start()
    second = Ear(broker.port, "#")
    station.session()
    until(lambda: len({*ids(second)}) == 2)
    assert ids(first)[0] in ids(second)
    assert Outbox(tmp_path / "data" / FILE).count() == 2
    first.close()
    second.close()


def test_what_happened_while_there_was_no_link_is_no_news(
    broker: Broker, switch_on: Switch
) -> None:
    station = switch_on(broker.port)
    until(lambda: station.link.health().connected)
    broker.kill()
    until(lambda: not station.link.health().connected)
    station.session()
    broker.start()
    ear = Ear(broker.port, "#")
    until(lambda: len(ids(ear)) == 1)
    station.session()
    until(lambda: len(ids(ear)) == 2)
    assert len(ear.on("/event")) == 1
    ear.close()


def test_events_and_health_are_told_at_once(broker: Broker, ear: Ear, switch_on: Switch) -> None:
    station = switch_on(broker.port)
    until(lambda: last(ear, "/health"))
    station.panel = replace(WELL, button=PartStatus.STUCK, problem="It is stuck.")
    station.press()
    until(lambda: last(ear, "/health")["ok"] is False)
    assert last(ear, "/health")["problem"] == "It is stuck."
    assert last(ear, "/health")["button"] == "stuck"


def test_a_newer_version_that_lies_ready_is_told_at_rest_until_it_is_gone(
    broker: Broker, ear: Ear, switch_on: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.fleet.conversation.LOOK_EVERY", 0.05)
    station = switch_on(broker.port)
    until(lambda: last(ear, "/versions"))
    assert last(ear, "/versions")["latest"] is None
    station.latest = "9.9.9"
    until(lambda: last(ear, "/versions")["latest"] == "9.9.9")
    station.latest = None
    until(lambda: last(ear, "/versions")["latest"] is None)


def test_no_update_is_looked_for_while_a_member_uses_the_station(
    broker: Broker, ear: Ear, switch_on: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.fleet.conversation.LOOK_EVERY", 0.05)
    station = switch_on(broker.port)
    station.press()
    until(lambda: ear.on("/state") and last(ear, "/state")["status"] == "running")
    station.latest = "9.9.9"
    # Many looks later, since each of them tells the numbers of the machine that have moved.
    monkeypatch.setattr("kiosk.fleet.conversation.NUMBERS_EVERY", 0)
    for free in range(3):
        station.numbers = replace(station.numbers, disk_free=free)
        until(partial(heard, ear, f'"disk_free":{free},'))
    assert last(ear, "/versions")["latest"] is None
    station.runner.post(Back())
    until(lambda: last(ear, "/versions")["latest"] == "9.9.9")


@pytest.mark.parametrize(
    ("name", "payload", "done"),
    [
        ("identify", b"PRESS", ["identify"]),
        ("restart_browser", b"PRESS", ["restart"]),
        ("quiet", b"ON", ["quiet True"]),
        ("quiet", b"on", []),
        ("identify", b"", []),
        ("reboot", b"PRESS", []),
        ("identify", b"x" * 100_000, []),
    ],
)
def test_what_is_told_from_afar_is_done_if_it_is_known(  # noqa: PLR0917
    broker: Broker, ear: Ear, switch_on: Switch, name: str, payload: bytes, done: list[str]
) -> None:
    station = switch_on(broker.port)
    until(lambda: station.link.health().connected)
    own = f"matside/{station.link.health().station}"
    ear.say(f"{own}/do/{name}", payload)
    ear.say(f"{own}/do/quiet", b"OFF")
    until(lambda: station.done)
    until(lambda: station.done != done[:-1])
    assert [each for each in station.done if each != "quiet False"] == done


def test_a_command_that_the_broker_had_kept_is_not_obeyed(
    broker: Broker, ear: Ear, switch_on: Switch
) -> None:
    ear.say("matside/mat-1/do/restart_browser", b"PRESS", retain=True)
    station = switch_on(broker.port, station="mat-1")
    until(lambda: station.link.health().connected)
    ear.say("matside/mat-1/do/identify", b"PRESS")
    until(lambda: station.done)
    assert station.done == ["identify"]


def test_a_command_never_disturbs_a_session(broker: Broker, ear: Ear, switch_on: Switch) -> None:
    station = switch_on(broker.port, station="mat-1")
    until(lambda: station.link.health().connected)
    station.press()
    for name in ("identify", "restart_browser"):
        ear.say(f"matside/mat-1/do/{name}", b"PRESS")
    ear.say("matside/mat-1/versions", b"{}")
    until(lambda: len(ear.on("/versions")) > 2)
    assert station.done == []


def test_home_assistant_is_told_when_it_has_started(
    broker: Broker, ear: Ear, switch_on: Switch
) -> None:
    switch_on(broker.port, station="mat-1")
    until(lambda: len(ear.on("homeassistant/device/mat-1/config")) == 1)
    ear.say("homeassistant/status", b"online")
    until(lambda: len(ear.on("homeassistant/device/mat-1/config")) == 2)
    first, second = ear.on("homeassistant/device/mat-1/config")
    assert first == second


def test_without_a_prefix_home_assistant_is_told_nothing(
    broker: Broker, ear: Ear, switch_on: Switch
) -> None:
    station = switch_on(broker.port, discovery_prefix=None)
    until(lambda: station.link.health().connected)
    station.session()
    until(lambda: ids(ear))
    assert {topic.partition("/")[0] for topic, _ in ear.heard} == {"matside"}


def test_two_stations_with_the_same_id_are_told_apart_and_say_so(
    broker: Broker, switch_on: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    traces = iter(["machine-a", "machine-b"])
    monkeypatch.setattr("kiosk.fleet.identity.trace_of", lambda _root: next(traces))
    first = switch_on(broker.port, folder="a", station="mat-1")
    until(lambda: first.link.health().connected)
    second = switch_on(broker.port, folder="b", station="mat-1")
    for station, other in ((first, "machine-b"), (second, "machine-a")):
        until(partial(has_a_problem, station))
        problem = station.link.health().problem
        assert problem is not None
        assert other in problem
        assert "fleet.station" in problem
        assert station.link.health().connected


def test_garbage_under_the_stations_topics_is_written_over(
    broker: Broker, ear: Ear, switch_on: Switch
) -> None:
    for topic in ("state", "health", "versions", "availability"):
        ear.say(f"matside/mat-1/{topic}", b"\xff{" * 50_000, retain=True)
    station = switch_on(broker.port, station="mat-1")
    until(lambda: station.link.health().connected)
    until(lambda: b"mat-1" in ear.on("/versions")[-1])
    until(lambda: ear.on("/availability")[-1] == b"online")
    kept = Ear(broker.port, "matside/mat-1/#")
    until(lambda: len(kept.retained) == 4)
    for _, payload in kept.retained:
        assert payload == b"online" or json.loads(payload)
    kept.close()


def test_a_broker_that_wants_a_password_is_told_it(tmp_path: Path, switch_on: Switch) -> None:
    users = tmp_path / "users"
    subprocess.check_call(["mosquitto_passwd", "-c", "-b", users, "matside", "secret"])
    secret = tmp_path / "password"
    with running(tmp_path / "locked", "allow_anonymous false", f"password_file {users}") as broker:
        secret.write_text("wrong\n")
        station = switch_on(broker.port, user="matside", password_file=str(secret))
        until(lambda: "let the station in" in (station.link.health().problem or ""))
        assert "wrong" not in str(station.link.health())
        secret.write_text("secret\n")
        until(lambda: station.link.health().connected)


def test_a_broker_that_refuses_sessions_loses_none(tmp_path: Path, switch_on: Switch) -> None:
    rights = tmp_path / "acl"
    rights.write_text("topic readwrite matside/+/state\n")
    with running(tmp_path / "strict", f"acl_file {rights}") as broker:
        station = switch_on(broker.port)
        until(lambda: station.link.health().connected)
        station.session()
        until(lambda: "refuses sessions" in (station.link.health().problem or ""))
    assert Outbox(tmp_path / "data" / FILE).count() == 1
