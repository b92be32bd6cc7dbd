"""The screen that the button leads to next is sent ahead, once all is quiet."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from flask.testing import FlaskClient

from kiosk.core.session import Back, ButtonDown, ButtonUp, Choose
from kiosk.main.station import Station
from tests.drivers.clocks import FakeClock
from web import streams


@pytest.fixture(autouse=True)
def soon_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SETTLED", 0.001)


#: Names and contents of a stream's messages.
Messages = Iterator[tuple[str, dict[str, Any]]]


def messages_of(client: FlaskClient) -> Messages:
    """The messages of a new stream after its first, each with its name, else ``message``."""
    response: Any = client.get("/events", buffered=False).response
    assert b"event: page" in next(response)
    for message in response:
        lines = dict(line.split(": ", 1) for line in message.decode().strip().split("\n"))
        if "data" in lines:
            yield lines.get("event", "message"), msgspec.json.decode(lines["data"])


@pytest.fixture
def messages(client: FlaskClient) -> Messages:
    return messages_of(client)


def press(station: Station, clock: FakeClock) -> None:
    clock.time += 1
    station.runner.post(ButtonDown())


def test_the_screen_sent_ahead_is_the_one_that_a_press_then_shows(
    messages: Messages, station: Station, clock: FakeClock
) -> None:
    assert next(messages)[0] == "message"
    for _ in range(20):
        name, ahead = next(messages)
        assert name == "foreseen"
        press(station, clock)
        name, event = next(messages)
        assert (name, event["screen"], event["html"]) == (
            "message",
            ahead["screen"],
            ahead["html"],
        )
        assert event["clock"]["remaining"] == ahead["clock"]["remaining"]
        assert next(messages)[0] == "foreseen"  # weight off, as the button is down
        station.runner.post(ButtonUp())
        assert next(messages)[0] == "message"


def test_weight_off_is_sent_ahead_while_the_button_is_down(
    messages: Messages, station: Station, clock: FakeClock
) -> None:
    while station.runner.state.step is None or station.runner.state.step.id != "straighten":
        press(station, clock)
        station.runner.post(ButtonUp())
    press(station, clock)
    assert next(messages)[0] == "message"
    name, ahead = next(messages)
    assert name == "foreseen"
    assert "Weight off" in ahead["html"]
    clock.time += 1.2
    station.runner.tick()
    assert next(messages)[1]["screen"] == ahead["screen"]


def test_a_choice_changes_what_is_foreseen(
    messages: Messages, station: Station, clock: FakeClock
) -> None:
    press(station, clock)
    station.runner.post(ButtonUp())
    assert next(messages)[0] == "message"
    before = next(messages)[1]
    station.runner.post(Choose(routine="no-pressure-psoas"))
    assert next(messages)[0] == "message"
    name, after = next(messages)
    assert name == "foreseen"
    assert after["screen"] != before["screen"]


def test_what_a_page_has_is_not_sent_ahead_again(messages: Messages, station: Station) -> None:
    assert [next(messages)[0] for _ in range(2)] == ["message", "foreseen"]
    station.streams.refresh()
    station.runner.post(Back())  # changes nothing on the attract screen
    assert [next(messages)[0] for _ in range(2)] == ["message", "beat"]


def test_a_page_that_connects_again_is_sent_everything(client: FlaskClient) -> None:
    for _ in range(2):
        messages = messages_of(client)
        name, event = next(messages)
        assert (name, event["html"][:8]) == ("message", "<section")
        assert next(messages)[0] == "foreseen"


def test_the_same_screen_has_the_same_key_and_another_one_another(
    messages: Messages, station: Station, clock: FakeClock
) -> None:
    found: dict[str, str] = {}
    for _ in range(12):
        event = next(messages)[1]
        assert found.setdefault(event["screen"], event["html"]) == event["html"]
        press(station, clock)
    assert len(set(found.values())) == len(found)
