"""The voice that the station plays through ALSA: how soon after a press, and what it costs."""

import os
import random
import sys
import tempfile
import time
import wave
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.stations import Station, running
from bench.table import BenchError, Row, percentile
from bench.voice import PRESSES, english_lines, memory_after_session
from bench.wire import Client, Stream, event_of
from kiosk.core.cues import Cue, pattern_seconds
from kiosk.voice.feed import RATE

#: Milliseconds that the tick takes, the cue of most steps. The voice waits for its end.
TICK = 60

#: Seconds of a hold in which processor time is measured.
HOLDING = 10.0


def measure() -> list[Row]:
    """The times from a press to the voice, with a stand-in for aplay and its device of 80 ms."""
    with tempfile.TemporaryDirectory(prefix="matside-voice-") as folder:
        _write_tones(Path(folder, "own", "en"))
        heard = Path(folder, "heard")
        heard.touch()
        with _stand_in(Path(folder, "bin"), heard):
            settings = f'[voice]\nrecordings = "{folder}/own"\noutput = "alsa"\n'
            with running(settings=settings) as station:
                time.sleep(2)  # it looks at its files meanwhile
                presses = _press(station)
                processor = _processor_time(station)
            more = memory_after_session(settings) - memory_after_session("")
        sounds = [1000 * float(line) for line in heard.read_text().splitlines()]
    said = list(_answers(presses, sounds))
    ticks = [whole for whole, cue in said if cue <= TICK]
    if len(ticks) < PRESSES / 4:
        raise BenchError(
            f"{PRESSES} presses, but the voice was heard after {len(ticks)} ticks only"
        )
    rest = [whole - cue for whole, cue in said]
    return [
        Row("pin → first sample through ALSA, after a tick, p50", percentile(ticks, 0.5), "ms"),
        Row("the same, p99", percentile(ticks, 0.99), "ms", most=150),
        Row("the same without the time of the cue, any cue, least", min(rest), "ms"),
        Row("the same without the time of the cue, any cue, p99", percentile(rest, 0.99), "ms"),
        Row("memory that the voice through ALSA takes", more, "MB", most=3),
        Row("processor while it plays silence", 100 * processor, "%"),
    ]


def _write_tones(folder: Path) -> None:
    """Write a recording of a loud tenth of a second for every line.

    With them it is plain which sound answers which press. What speech engines write begins with
    some silence of its own, which is measured with the page's voice.
    """
    folder.mkdir(parents=True)
    for line in english_lines():
        with wave.open(str(folder / f"{line.name}.wav"), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(b"\x00\x20" * (RATE // 10))


@contextmanager
def _stand_in(folder: Path, heard: Path) -> Iterator[None]:
    """Have stations of this process find the stand-in for aplay, which notes sounds in `heard`."""
    folder.mkdir()
    program = folder / "aplay"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).parent}/aplay.py"\n')
    program.chmod(0o755)
    path = os.environ["PATH"]
    os.environ["PATH"], os.environ["MATSIDE_HEARD"] = f"{folder}:{path}", str(heard)
    try:
        yield
    finally:
        os.environ["PATH"] = path


def _press(station: Station) -> list[tuple[float, float]]:
    """Press the pin so often; when it moved and how long the cue took, in milliseconds.

    A press that began or ended a session is left out: the device is given half a second to wake up.
    """
    apart = random.Random(PRESSES)
    presses = []
    with Client(station) as client, Stream(station) as stream:
        stream.message()
        for _ in range(PRESSES):
            began = client.session()["status"] == "attract"
            at = client.move_button("down") * 1000
            cue = _cue_of_press(stream)
            client.move_button("up")
            if began:
                time.sleep(1.2)
            elif cue is not None:
                presses.append((at, cue))
            time.sleep((cue or 0) / 1000 + apart.uniform(0.3, 0.5))
    return presses


def _cue_of_press(stream: Stream) -> float | None:
    """How many milliseconds the cue of the press takes that has just been made."""
    while True:
        event = event_of(stream.message()[0])
        if event["clock"]["pressed"] is not None:
            break
    if event["cue"] is None or event["status"] != "running":
        return None
    return 1000 * pattern_seconds(Cue(event["cue"]["name"]))


def _answers(
    presses: list[tuple[float, float]], sounds: list[float]
) -> Iterator[tuple[float, float]]:
    """For each press the time to the next sound that its cue did not outlast, and the cue's."""
    for at, cue in presses:
        next_one = bisect_right(sounds, at + cue)
        if next_one < len(sounds) and sounds[next_one] - at - cue < 300:
            yield sounds[next_one] - at, cue


def _processor_time(station: Station) -> float:
    """The share of one processor that the station takes while a step waits for a press."""
    before = _used(station.pid)
    time.sleep(HOLDING)
    return (_used(station.pid) - before) / HOLDING


def _used(pid: int) -> float:
    """Processor seconds that the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
