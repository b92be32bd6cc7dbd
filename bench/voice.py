"""The voice: how soon after a press it is heard, what it costs, and how long rendering takes."""

import random
import tempfile
import time
from pathlib import Path

import msgspec
from playwright.sync_api import Browser

from bench.browser import chromium
from bench.memory import APART
from bench.presses import Bench, opened
from bench.proc import megabytes, status
from bench.stations import running
from bench.table import BenchError, Row, percentile
from bench.wire import Client, Stream
from kiosk.core.cues import Cue, pattern_seconds
from kiosk.core.errors import VoiceError
from kiosk.main.rules import library_of, rules_of
from kiosk.settings.shapes import Settings
from kiosk.voice.engines import EspeakNg
from kiosk.voice.script import Line, Script
from tests.drivers.sessions import go_through

#: How often the pin is pressed within sessions.
PRESSES = 150

#: Milliseconds that the tick takes, the cue of most steps. The voice waits for its end; the cue of
#: the switch takes 1.4 s, and the voice waits for that too.
TICK = 1000 * pattern_seconds(Cue.TICK)


class _Sound(msgspec.Struct, frozen=True):
    """When the page asked for a sound, and when its first sample is heard, in milliseconds.

    `after` is how long the cue takes that the voice waits for.
    """

    asked: float
    after: float
    heard: float


def measure() -> list[Row]:
    """The times from the press to the voice, its memory, and the time to render one language."""
    with tempfile.TemporaryDirectory(prefix="matside-voice-") as folder:
        sentences, seconds = _render(Path(folder))
        settings = f'[voice]\nrecordings = "{folder}"\n'
        with chromium() as browser:
            said = _said(browser, settings)
        ticks = [whole for whole, cue in said if cue <= TICK]
        rest = [whole - cue for whole, cue in said]
        clips = [f"/voice/en/{line.name}" for line in english_lines()[:30]]
        more = memory_after_session(settings, *clips) - memory_after_session("")
    return [
        Row("pin → first sample of the voice, after a tick, p50", percentile(ticks, 0.5), "ms"),
        Row("the same, p99", percentile(ticks, 0.99), "ms", most=150),
        Row("the same without the time of the cue, any cue, p99", percentile(rest, 0.99), "ms"),
        Row("memory that the voice takes after a session", more, "MB", most=3),
        Row(f"rendering English, {sentences} sentences", seconds, "s"),
    ]


def english_lines() -> list[Line]:
    """Every line of a station as it comes."""
    library = library_of(Settings())
    return Script(rules_of(Settings(), library), library.languages).lines()


def _render(folder: Path) -> tuple[int, float]:
    """Have espeak-ng speak all English sentences into `folder`; how many, and in what time."""
    lines = english_lines()
    (folder / "en").mkdir()
    began = time.monotonic()
    try:
        for line in lines:
            EspeakNg().speak(line.text, "en", folder / "en" / f"{line.name}.wav", lambda: False)
    except VoiceError as cause:
        raise BenchError(str(cause)) from cause
    return len(lines), time.monotonic() - began


def _said(browser: Browser, settings: str) -> list[tuple[float, float]]:
    """From each press to the first sample of what is said, and its cue's length, in milliseconds.

    The press that begins a session is left out: the device is given half a second to wake up.
    """
    with opened(browser, 1, "voice.js", settings=settings) as bench:
        bench.page.keyboard.press("a")  # a browser makes no sound before somebody has touched it
        presses = _press(bench)
        sounds = msgspec.convert(bench.page.evaluate("sounds"), list[_Sound])
    times = []
    for at, until in zip(presses, [*presses[1:], float("inf")], strict=True):
        said = [(one.heard - at, one.after) for one in sounds if at < one.asked < until]
        times += said[:1]
    if len(times) < PRESSES / 2:
        raise BenchError(f"{PRESSES} presses, but the voice was heard after {len(times)} only")
    return times


def _press(bench: Bench) -> list[float]:
    """Press the pin so often; return when it moved within a session, by the page's clock."""
    apart = random.Random(PRESSES)
    presses = []
    with Client(bench.station) as client:
        for _ in range(PRESSES):
            in_session = client.session()["status"] != "attract"
            at = client.move_button("down") * 1000 - bench.origin
            if in_session:
                presses.append(at)
            time.sleep(0.05)
            client.move_button("up")
            # The sentence of the press that begins a session waits until the device is awake.
            time.sleep(apart.uniform(0.35, 0.6) if in_session else 1.2)
    return presses


def memory_after_session(settings: str, *paths: str) -> float:
    """Resident memory in MB after a whole session with a page open, which asked for `paths` too."""
    with (
        running("--speed", "60", settings=settings) as station,
        Client(station) as client,
        Stream(station),
    ):
        client.get("/")
        go_through(client, lambda: time.sleep(APART))
        for path in paths:
            client.get(path)
        return megabytes(status(Path(f"/proc/{station.pid}/status"))["VmRSS"])
