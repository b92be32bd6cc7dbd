"""The voice on the web side: what an event says, and the sound files."""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk.core.session import Rules
from kiosk.main.setup import Setup
from kiosk.main.station import Station, build
from kiosk.settings.shapes import PanelSection, Settings, StationSection, VoiceSection
from tests.drivers.clocks import FakeClock
from tests.drivers.sounds import write_wav
from tests.drivers.threads import until

CHECK = "en/psoas-release.check.headline"


@pytest.fixture
def speaking(tmp_path: Path, rules: Rules, clock: FakeClock) -> Iterator[Station]:
    """A station with two recordings, one of which no sentence has the name of."""
    write_wav(tmp_path / "own" / f"{CHECK}.wav", 0.2)
    write_wav(tmp_path / "own" / "en" / "what.wav")
    settings = Settings(
        station=StationSection(data=str(tmp_path)),
        panel=PanelSection(hardware="mock", filter_ms=0),
        voice=VoiceSection(recordings=str(tmp_path / "own"), volume=40),
    )
    with contextlib.ExitStack() as stack:
        station = build(Setup(settings, rules), stack, clock)
        assert until(lambda: voice_of(station)["problems"] != [])
        yield station


def voice_of(station: Station) -> dict[str, Any]:
    """What ``/healthz`` says of the voice."""
    health = station.app.test_client().get("/healthz").json
    assert health is not None
    return dict(health["voice"])


def events(
    station: Station, count: int, meanwhile: Callable[[], object] = lambda: None
) -> list[dict[str, Any]]:
    """The first `count` snapshots of a stream, with a press after the first.

    `meanwhile` is called when the press has been made, and nobody has read the event of it yet.
    """
    client = station.app.test_client()
    client.environ_base["HTTP_ORIGIN"] = "http://localhost"
    found: list[dict[str, Any]] = []
    with client.get("/events", buffered=False) as stream:
        for message in stream.iter_encoded():
            if not message.startswith(b"id: "):
                continue
            found.append(json.loads(message.partition(b"data: ")[2]))
            if len(found) == count:
                break
            client.post("/api/button", json={"action": "down"})
            meanwhile()
    return found


def test_an_event_names_the_clips_and_when_its_cue_is_over(speaking: Station) -> None:
    first, second = events(speaking, 2)
    assert first["voice"] == {"clips": [], "after": 0.0, "stop": False, "volume": 40}
    assert second["voice"] == {"clips": [CHECK], "after": 0.06, "stop": True, "volume": 40}


def test_an_event_that_has_waited_says_how_late_it_is(speaking: Station, clock: FakeClock) -> None:
    _, second = events(speaking, 2, lambda: clock.advance(0.5))
    assert second["voice"]["clips"] == [CHECK]
    assert second["voice"]["after"] == pytest.approx(0.06 - 0.5)


def test_a_clip_is_served_by_its_name_and_nothing_else_is(speaking: Station) -> None:
    client = speaking.app.test_client()
    with client.get(f"/voice/{CHECK}") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "audio/wav")
        assert answer.data.startswith(b"RIFF")
    for path in ("en/what", "en/station.halfway", "en/..%2f..%2fmatside.db", "../healthz"):
        assert client.get(f"/voice/{path}").status_code in (404, 308), path


def test_a_wrong_recording_is_told_on_healthz(speaking: Station) -> None:
    health = speaking.app.test_client().get("/healthz").json
    assert health is not None
    assert health["status"] == "degraded"
    assert "no sentence has this name" in health["voice"]["problems"][0]
    assert health["voice"]["ready"] == 1


def test_a_voice_that_the_station_plays_itself_is_none_of_the_page(
    tmp_path: Path, rules: Rules, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    settings = Settings(
        station=StationSection(data=str(tmp_path)),
        panel=PanelSection(hardware="mock", filter_ms=0),
        voice=VoiceSection(recordings=str(tmp_path), output="alsa"),
    )
    with contextlib.ExitStack() as stack:
        station = build(Setup(settings, rules), stack, clock)
        assert "voice" not in events(station, 1)[0]
        assert "AudioBufferSourceNode" not in station.app.test_client().get("/page.js").text
        assert until(lambda: "apt install alsa-utils" in str(voice_of(station)["problems"]))


def test_without_a_voice_no_event_and_no_page_has_anything_of_it(
    station: Station, client: FlaskClient
) -> None:
    assert "voice" not in events(station, 1)[0]
    assert "AudioBufferSourceNode" not in client.get("/page.js").text
    assert client.get(f"/voice/{CHECK}").status_code == 404
