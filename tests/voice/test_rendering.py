"""What a station does about its clips by itself: at rest it renders what is missing."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from kiosk.core.errors import VoiceError
from kiosk.core.session import Rules, State, Status
from kiosk.library.words import load_languages
from kiosk.runner import Change
from kiosk.voice.clips import Cache
from kiosk.voice.engines import Engine, StoppedError
from kiosk.voice.rendering import Preparation
from kiosk.voice.script import Script
from kiosk.voice.speaker import Speaker
from tests.drivers.mat import Mat
from tests.drivers.sounds import SilentEngine, write_wav
from tests.drivers.threads import until

#: Longer than any of these tests takes, in seconds.
LONG = 30.0


@pytest.fixture
def few(rules: Rules) -> Rules:
    """Rules by which only the default routine and its alternative can be chosen."""
    return replace(rules, offered=())


class Room:
    """A voice with its preparation, which is started by the test and ended with it."""

    def __init__(self, rules: Rules, data: Path, engine: Engine | None, own: Path | None) -> None:
        self.script = Script(rules, load_languages())
        self.speaker = Speaker(self.script, rules, volume=50, is_quiet=lambda: False)
        cache = None if engine is None else Cache(data, engine)
        self.preparation = Preparation(self.speaker, self.script, own, cache, at_rest=True)

    def change(self, before: State, after: State) -> None:
        """Tell the preparation a change."""
        self.preparation(Change(before, after, 0, None, None))


OpenRoom = Callable[..., Room]


@pytest.fixture
def open_room(few: Rules, tmp_path: Path) -> Iterator[OpenRoom]:
    rooms: list[Room] = []

    def open_one(engine: Engine | None, own: Path | None = None) -> Room:
        rooms.append(Room(few, tmp_path / "voice", engine, own))
        return rooms[-1]

    yield open_one
    for room in rooms:
        room.preparation.close()


def test_what_is_missing_is_rendered_at_rest_and_then_said(open_room: OpenRoom) -> None:
    engine = SilentEngine()
    room = open_room(engine)
    room.preparation.start()
    assert room.preparation.wait(LONG)
    health = room.preparation.health()
    assert health.sentences == health.ready == len(engine.spoken) > 50
    assert health.problems == ()
    assert room.speaker.file("en/station.halfway") is not None


def test_the_next_start_renders_nothing_again(open_room: OpenRoom) -> None:
    first = open_room(SilentEngine())
    first.preparation.start()
    assert first.preparation.wait(LONG)
    engine = SilentEngine()
    again = open_room(engine)
    again.preparation.start()
    assert again.preparation.wait(LONG)
    assert engine.spoken == []
    assert again.preparation.health().ready == again.preparation.health().sentences


def test_a_recording_wins_over_the_engine(open_room: OpenRoom, tmp_path: Path) -> None:
    own = write_wav(tmp_path / "own" / "en" / "station.halfway.wav")
    engine = SilentEngine()
    room = open_room(engine, tmp_path / "own")
    room.preparation.start()
    assert room.preparation.wait(LONG)
    assert room.speaker.file("en/station.halfway") == own
    assert "Halfway" not in engine.spoken


def test_recordings_alone_need_no_engine(open_room: OpenRoom, tmp_path: Path) -> None:
    write_wav(tmp_path / "own" / "en" / "station.halfway.wav")
    room = open_room(None, tmp_path / "own")
    room.preparation.start()
    assert room.preparation.wait(LONG)
    assert (room.preparation.health().ready, room.preparation.health().problems) == (1, ())


class Missing(SilentEngine):
    """An engine that is not on this machine."""

    def voice(self, language: str) -> str:
        """Say so."""
        raise VoiceError(f"no engine for {language}: install it")


def test_a_missing_engine_leaves_the_station_silent_and_says_why(open_room: OpenRoom) -> None:
    room = open_room(Missing())
    room.preparation.start()
    assert room.preparation.wait(LONG)
    health = room.preparation.health()
    assert health.ready == 0
    assert health.problems == ("no engine for en: install it",)


class Patient(SilentEngine):
    """An engine that takes as long as it may: until the test lets it go, or it has to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.at_work = threading.Event()
        self.let_go = threading.Event()
        self.stopped = threading.Event()

    def speak(self, text: str, language: str, into: Path, stop: Callable[[], bool]) -> None:
        """Wait, and then write silence."""
        self.at_work.set()
        while not self.let_go.wait(0.01):
            if stop():
                self.at_work.clear()
                self.stopped.set()
                raise StoppedError("stopped")
        super().speak(text, language, into, stop)


class Slow(Patient):
    """An engine that hears soon that it has to stop, and stops only once it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.has_to_stop = threading.Event()

    def speak(self, text: str, language: str, into: Path, stop: Callable[[], bool]) -> None:
        """Wait, and then stop."""
        self.at_work.set()
        while not self.let_go.wait(0.01):
            if stop():
                self.has_to_stop.set()
        raise StoppedError(f"{text!r} ({language}) is not written into {into}")


def test_a_session_stops_the_engine_at_its_work_and_rest_lets_it_go_on(
    open_room: OpenRoom, mat: Mat
) -> None:
    engine = Patient()
    room = open_room(engine)
    attract = mat.state
    mat.press()
    room.preparation.start()
    assert engine.at_work.wait(LONG)
    room.change(attract, mat.state)
    assert engine.stopped.wait(LONG)
    assert not engine.at_work.wait(0.1)
    engine.let_go.set()
    assert engine.spoken == []
    room.change(mat.state, attract)
    assert room.preparation.wait(LONG)
    assert len(engine.spoken) == room.preparation.health().ready


def test_closing_ends_an_engine_at_its_work(open_room: OpenRoom) -> None:
    engine = Patient()
    room = open_room(engine)
    room.preparation.start()
    assert engine.at_work.wait(LONG)
    room.preparation.close()
    assert engine.spoken == []


def test_a_session_that_begins_while_it_closes_does_not_keep_it_from_ending(
    open_room: OpenRoom, mat: Mat
) -> None:
    engine = Slow()
    room = open_room(engine)
    closing = threading.Thread(target=room.preparation.close, daemon=True)

    class Begun:
        """A session: while it is asked whether it has begun, the station begins to close."""

        @property
        def status(self) -> Status:
            closing.start()
            assert engine.has_to_stop.wait(LONG)
            return Status.RUNNING

    room.preparation.start()
    assert engine.at_work.wait(LONG)
    room.change(mat.state, cast("State", Begun()))
    engine.let_go.set()
    assert until(lambda: not closing.is_alive())


def test_what_nobody_foresaw_is_told_and_not_raised_into_the_thread(
    open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = open_room(SilentEngine())
    monkeypatch.setattr(room.script, "lines", lambda: 1 / 0)
    room.preparation.start()
    assert until(lambda: room.preparation.health().problems != ())
    assert "ZeroDivisionError" in room.preparation.health().problems[0]
