"""Brokers that are silent, slow, old or hostile: the station says so, and goes on."""

import resource
import socket
from collections.abc import Callable

import pytest

from kiosk.core.session import Back, Status
from kiosk.fleet import link
from kiosk.fleet.messages import LARGEST
from tests.drivers import bad_broker as bad
from tests.drivers.broker import free_port, until
from tests.drivers.linked import Linked

Switch = Callable[..., Linked]
Treat = Callable[[socket.socket, int], None]

#: Kilobytes that a hostile broker may make a station grow by, in each of these tests.
GROWTH = 20 * 1024


def grown() -> int:
    """The most kilobytes of memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def has_a_session(station: Linked) -> None:
    """A session at the station, from the first press to the end."""
    station.press()
    assert station.runner.state.status is Status.RUNNING
    station.runner.post(Back())
    assert station.runner.state.status is Status.ATTRACT


HOSTILE = {
    "garbage": b"\xff\x00garbage",
    "a packet of 200 MB": b"\x30\xff\xff\xff\x5f" + bytes(65536),
    "a packet without an end": b"\x30\xff\xff\xff\xff\xff",
    "a topic that is longer than its packet": b"\x30\x03\xff\xffx",
    "an acknowledgement of nothing": b"\x40\x01\x00",
    "a second welcome that makes no sense": b"\x20\x00",
    "properties without an end": b"\x31\x06\x00\x01x\xff\xff\xff",
}


def has_ended(station: Linked) -> bool:
    problem = station.link.health().problem or ""
    return "the connection has ended" in problem or "what is no MQTT" in problem


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_broker_is_left_and_said(switch_on: Switch, name: str) -> None:
    before = grown()
    with bad.bad_broker(bad.sends(HOSTILE[name])) as broker:
        station = switch_on(broker.port)
        until(lambda: has_ended(station))
        has_a_session(station)
        until(lambda: len(broker.levels) > 1, "it tries again")
    assert grown() - before < GROWTH


def test_a_flood_of_large_retained_messages_leaves_the_station_to_its_members(
    switch_on: Switch,
) -> None:
    flood = bad.publish(b"matside/mat-1/versions", bytes(LARGEST // 2))
    flood += bad.publish(b"matside/mat-1/do/restart_browser", b"PRESS")
    flood += bad.publish(b"\xff\xfe", b"no topic")
    before = grown()
    with bad.bad_broker(bad.sends(flood)) as broker:
        station = switch_on(broker.port, station="mat-1")
        until(lambda: station.link.health().connected)
        for _ in range(20):
            has_a_session(station)
    assert station.done == []
    assert grown() - before < GROWTH


@pytest.mark.parametrize("treat", [bad.old, bad.hangs_up_on_the_new])
def test_an_old_broker_is_spoken_to_in_its_own_version(switch_on: Switch, treat: Treat) -> None:
    with bad.bad_broker(treat) as broker:
        station = switch_on(broker.port)
        until(lambda: station.link.health().connected)
        assert broker.levels == [5, 4]
        assert station.link.health().protocol == "3.1.1"


def test_a_broker_that_never_answers_is_given_up(
    switch_on: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "TAKEN_WITHIN", 0.2)
    with bad.bad_broker(bad.silent) as broker:
        station = switch_on(broker.port)
        has_a_session(station)
        until(lambda: "does not answer" in (station.link.health().problem or ""))
        until(lambda: len(broker.levels) > 1, "it tries again")


@pytest.mark.parametrize("treat", [bad.deaf, bad.never_acknowledges])
def test_a_broker_that_takes_nothing_keeps_nobody_waiting(switch_on: Switch, treat: Treat) -> None:
    before = grown()
    with bad.bad_broker(treat) as broker:
        station = switch_on(broker.port)
        until(lambda: station.link.health().connected)
        for _ in range(200):
            has_a_session(station)
    assert grown() - before < GROWTH


def test_without_a_broker_the_station_says_where_it_looked(switch_on: Switch) -> None:
    port = free_port()
    station = switch_on(port)
    until(lambda: f"127.0.0.1:{port}" in (station.link.health().problem or ""))
    has_a_session(station)


def test_waits_grow_differ_and_begin_anew_after_a_good_connection() -> None:
    most, least = link.Waits(lambda: 1.0), link.Waits(lambda: 0.0)
    assert [most.after(0) for _ in range(9)] == [2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert [least.after(0) for _ in range(3)] == [1, 2, 4]
    assert most.after(link.GOOD_AFTER) == 2
