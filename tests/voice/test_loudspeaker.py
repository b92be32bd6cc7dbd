"""The voice through ALSA, by a stand-in for aplay that takes samples as fast as a device plays."""

import array
import gc
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.session import Rules
from kiosk.library.words import load_languages
from kiosk.runner import Change
from kiosk.voice.feed import RATE, WAKING
from kiosk.voice.loudspeaker import Loudspeaker, device_problem
from kiosk.voice.script import Script
from kiosk.voice.speaker import Speaker
from tests.drivers.mat import Mat
from tests.drivers.sounds import write_tone
from tests.drivers.threads import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ALSA is Linux's")

#: Writes down what it was started with and what it was given, at the pace of a device. The device
#: called "missing" cannot be opened, "stuck" takes nothing, and "lost" goes away soon.
APLAY = """\
    #!{python}
    import os, pathlib, sys, time
    here = pathlib.Path(__file__).parent
    with (here / "calls").open("a") as calls:
        calls.write(" ".join(sys.argv[1:]) + "\\n")
    (here / "pid").write_text(str(os.getpid()))
    if "missing" in sys.argv:
        sys.exit("aplay: main:831: audio open error: No such file or directory")
    if "stuck" in sys.argv:
        time.sleep(60)
    with (here / "played").open("ab", buffering=0) as played:
        until = time.monotonic() - 0.08
        while data := sys.stdin.buffer.raw.read(882):
            played.write(data)
            until += len(data) / 44100
            time.sleep(max(0, until - time.monotonic()))
            if "lost" in sys.argv and played.tell() > 8820:
                sys.exit("aplay: pcm_write:2058: write error: No such device")
"""


@pytest.fixture
def aplay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the stand-in, which is the aplay of this machine."""
    program = tmp_path / "bin" / "aplay"
    program.parent.mkdir()
    program.write_text(textwrap.dedent(APLAY).format(python=sys.executable))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return program.parent


class DeviceClock:
    """A clock that goes by what the device has played, so that a busy machine makes nothing late.

    Args:
        played: The file that the stand-in for aplay writes.
    """

    def __init__(self, played: Path) -> None:
        self._played = played

    def now(self) -> float:
        """Seconds of sound that have been played."""
        return self._played.stat().st_size / (2 * RATE) if self._played.exists() else 0.0


class Room:
    """A mat beside a loudspeaker that has a clip of 0.2 s of each sentence."""

    def __init__(self, rules: Rules, folder: Path, device: str) -> None:
        self.mat = Mat(rules)
        script = Script(rules, load_languages())
        speaker = Speaker(script, rules, volume=100, is_quiet=lambda: False)
        clip = write_tone(folder / "clip.wav", 0.2)
        speaker.take(dict.fromkeys(script.lines(), clip))
        self.clock = DeviceClock(folder / "bin" / "played")
        self.loudspeaker = Loudspeaker(speaker, device, self.clock)
        self.loudspeaker.start(in_session=False)

    def press(self) -> None:
        """Press the button; the loudspeaker is told what follows, as happening now."""
        before = self.mat.state
        self.mat.now += 1
        self.mat.down()
        self.loudspeaker(
            Change(before, self.mat.state, self.clock.now(), self.mat.heard()[-1], None)
        )
        self.mat.up()

    def leave(self) -> None:
        """Leave the session for attract."""
        before = self.mat.state
        while self.mat.step_id is not None:
            self.mat.back()
        self.loudspeaker(Change(before, self.mat.state, self.clock.now(), None, None))


@pytest.fixture
def room(rules: Rules, tmp_path: Path, aplay: Path) -> Iterator[Room]:
    assert aplay.is_dir()
    opened = Room(rules, tmp_path, "speaker")
    yield opened
    opened.loudspeaker.close()


def played(aplay: Path) -> "array.array[int]":
    """The samples that the device was given."""
    samples = array.array("h")
    file = aplay / "played"
    data = file.read_bytes() if file.exists() else b""
    samples.frombytes(data[: len(data) // 2 * 2])
    return samples


def loud(samples: "array.array[int]") -> int:
    """How many of the samples are no silence."""
    return sum(1 for sample in samples if sample != 0)


def test_at_rest_the_device_is_tried_once_and_left_alone(room: Room, aplay: Path) -> None:
    assert until(lambda: loud(played(aplay)) == 0 and len(played(aplay)) == RATE // 10)
    assert room.loudspeaker.problem is None
    assert (aplay / "calls").read_text() == (
        "-q -D speaker -t raw -f S16_LE -r 22050 -c 1 --buffer-time=80000 --period-time=20000\n"
    )


def test_a_session_leads_with_silence_and_then_says_its_first_step(room: Room, aplay: Path) -> None:
    room.press()
    both = round(2 * 0.2 * RATE)  # headline and detail
    assert until(lambda: loud(played(aplay)) >= both)
    samples = played(aplay)[RATE // 10 :]  # without what tried the device
    first = next(at for at, sample in enumerate(samples) if sample != 0)
    assert WAKING <= first / RATE < WAKING + 0.2
    assert loud(samples[first : first + both]) == both


def test_a_press_cuts_off_what_is_being_said(room: Room, aplay: Path) -> None:
    room.press()
    assert until(lambda: loud(played(aplay)) > 0)
    said = loud(played(aplay))
    room.press()
    assert until(lambda: loud(played(aplay)) >= round(0.4 * RATE) + said)
    assert loud(played(aplay)) < round(0.75 * RATE)


def test_after_the_session_the_device_is_closed_and_the_next_one_opens_it_again(
    room: Room, aplay: Path
) -> None:
    room.press()
    assert until(lambda: loud(played(aplay)) > 0)
    room.leave()
    process = Path("/proc", (aplay / "pid").read_text())
    assert until(lambda: not process.exists())
    room.press()
    assert until(lambda: (aplay / "calls").read_text().count("-D speaker") == 3)


def test_a_session_that_begins_while_the_device_is_being_closed_is_heard_too(
    room: Room, aplay: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill = subprocess.Popen.kill
    killed: list[int] = []

    def kill_and_begin(self: "subprocess.Popen[bytes]") -> None:
        killed.append(self.pid)
        if len(killed) == 1:
            room.press()
        kill(self)

    monkeypatch.setattr(subprocess.Popen, "kill", kill_and_begin)
    room.press()
    assert until(lambda: loud(played(aplay)) > 0)
    said = loud(played(aplay))
    room.leave()
    assert until(lambda: loud(played(aplay)) >= round(0.4 * RATE) + said)


def test_a_device_that_is_missing_leaves_the_station_silent_and_says_why(
    rules: Rules, tmp_path: Path, aplay: Path
) -> None:
    assert aplay.is_dir()
    room = Room(rules, tmp_path, "missing")
    try:
        assert until(lambda: room.loudspeaker.problem)
        problem = str(room.loudspeaker.problem)
        assert "'missing' cannot be played on (aplay: main:831: audio open error" in problem
        room.press()
        assert until(lambda: (aplay / "calls").read_text().count("missing") == 2)
    finally:
        room.loudspeaker.close()


def test_a_device_that_goes_away_within_a_session_is_told(
    rules: Rules, tmp_path: Path, aplay: Path
) -> None:
    assert aplay.is_dir()
    room = Room(rules, tmp_path, "lost")
    try:
        room.press()
        assert until(lambda: "No such device" in (room.loudspeaker.problem or ""))
    finally:
        room.loudspeaker.close()


def test_closing_does_not_wait_for_a_device_that_takes_nothing(
    rules: Rules,
    tmp_path: Path,
    aplay: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("kiosk.voice.loudspeaker.PATIENCE", 50)
    room = Room(rules, tmp_path, "stuck")
    assert until((aplay / "pid").exists)
    before = time.monotonic()
    room.loudspeaker.close()
    assert time.monotonic() - before < 25
    assert caplog.messages == []


def test_a_device_that_takes_nothing_is_told(aplay: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.voice.loudspeaker.PATIENCE", 0.2)
    assert aplay.is_dir()
    assert "takes no sound" in (device_problem("stuck") or "")


def test_without_aplay_it_says_how_to_get_it(
    rules: Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "sudo apt install alsa-utils" in (device_problem("default") or "")
    room = Room(rules, tmp_path, "default")
    assert until(lambda: room.loudspeaker.problem)
    room.loudspeaker.close()


def test_without_aplay_nothing_of_a_session_is_kept(
    rules: Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    room = Room(rules, tmp_path, "default")
    assert until(lambda: room.loudspeaker.problem)
    before = changes_in_memory()
    for _ in range(20):
        room.press()
        room.leave()
    room.press()
    assert until(lambda: changes_in_memory() == before)
    room.loudspeaker.close()


def changes_in_memory() -> int:
    return sum(isinstance(each, Change) for each in gc.get_objects())
