"""The event streams: a snapshot, then one event a change; bounded, and ended cleanly."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from flask.testing import FlaskClient

from kiosk.core.session import ButtonDown, ButtonUp
from kiosk.main.station import Station
from kiosk.ports.panel import PartStatus
from web import streams
from web.streams import MOST_STREAMS, Heartbeat, Settled, Streams


def open_stream(client: FlaskClient) -> Any:
    """An open stream; the test reads its messages with `next_event`."""
    return iter(client.get("/events", buffered=False).response)


def next_event(messages: Any) -> dict[str, Any]:
    """The next message with data, as JSON with its id."""
    for message in messages:
        lines = dict(line.split(": ", 1) for line in message.decode().strip().split("\n"))
        if "id" in lines:
            event: dict[str, Any] = msgspec.json.decode(lines["data"])
            assert event["version"] == int(lines["id"])
            return event
    raise AssertionError("the stream has ended")


def test_a_stream_starts_with_a_full_snapshot(client: FlaskClient) -> None:
    event = next_event(open_stream(client))
    assert event["status"] == "attract"
    assert "Press the button to start" in event["html"]
    assert event["cue"] is None


def test_a_screen_brings_what_moves_in_its_figures_and_one_that_stands_still_nothing(
    client: FlaskClient, station: Station
) -> None:
    (sheet,) = next_event(open_stream(client))["movements"]
    assert "@keyframes" in sheet
    station.runner.post(ButtonDown())
    assert next_event(open_stream(client))["movements"] == []


def test_a_snapshot_tells_how_long_the_button_has_to_be_held(
    client: FlaskClient, station: Station
) -> None:
    event = next_event(open_stream(client))
    assert event["held"] == station.runner.rules.timing.held


def test_every_change_is_one_event_with_its_cue(
    client: FlaskClient, station: Station, clock: Any
) -> None:
    messages = open_stream(client)
    next_event(messages)
    clock.time += 1
    station.runner.post(ButtonDown())
    station.runner.post(ButtonUp())
    down, up = next_event(messages), next_event(messages)
    assert (down["version"], down["cue"]["name"], down["clock"]["pressed"]) == (1, "tick", 0)
    assert (up["version"], up["cue"], up["clock"]["pressed"]) == (2, None, None)
    assert down["html"] == up["html"]


def test_the_oldest_stream_is_evicted_for_a_new_one(client: FlaskClient, station: Station) -> None:
    opened = [open_stream(client) for _ in range(MOST_STREAMS + 1)]
    for messages in opened[1:]:
        next_event(messages)
    next_event(opened[0])
    with pytest.raises(StopIteration):
        next(opened[0])
    assert len(station.streams) == MOST_STREAMS


def test_a_quiet_stream_beats_so_that_a_dead_client_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "SETTLED", 0.001)
    monkeypatch.setattr(streams, "HEARTBEAT_EVERY", 0.001)
    items = iter(Streams().open())
    assert [next(items) for _ in range(3)] == [Settled(), Heartbeat(), Heartbeat()]


def test_closing_ends_every_stream_and_later_ones_at_once() -> None:
    hub = Streams()
    before = hub.open()
    hub.close()
    assert list(before) == []
    assert list(hub.open()) == []


def test_a_client_that_has_gone_gives_its_stream_back(
    client: FlaskClient, station: Station
) -> None:
    response = client.get("/events", buffered=False)
    assert len(station.streams) == 1
    response.close()
    assert len(station.streams) == 0


def test_a_slow_client_loses_the_oldest_changes_not_the_newest() -> None:
    hub = Streams()
    stream = hub.open()
    for _ in range(streams.LONGEST_QUEUE + 10):
        hub.refresh()
    assert len(stream._items) == streams.LONGEST_QUEUE


def test_a_failing_panel_puts_a_banner_on_every_screen(
    client: FlaskClient, station: Station, monkeypatch: pytest.MonkeyPatch, clock: Any
) -> None:
    ill = replace(station.panel.health(), button=PartStatus.FAILED)
    monkeypatch.setattr(station.panel, "health", lambda: ill)
    for _ in range(21):
        clock.time += 1
        client.post("/api/button", json={"action": "press"})
        assert "Button not working: touch anywhere" in next_event(open_stream(client))["html"]
    health = client.get("/healthz").json
    assert health is not None
    assert health["status"] == "degraded"
