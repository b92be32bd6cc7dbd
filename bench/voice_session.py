"""A whole session's voice in several languages: a WAV file and its time line each, checked."""

import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

from bench.table import RESULTS, BenchError, Row
from kiosk.voice.engines import EspeakNg
from kiosk.voice.feed import RATE, WIDTH
from tests.drivers.recorded_voice import Recording, check, record

LANGUAGES = ("en", "de", "ar")


def measure() -> list[Row]:
    """Record a session in each of `LANGUAGES`, check it, and tell how it sounds in figures."""
    return [row for language in LANGUAGES for row in _measured(language)]


def _measured(language: str) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="matside-voice-") as folder:
        try:
            recording = record(language, EspeakNg(), Path(folder))
            check(recording)
        except AssertionError as wrong:
            raise BenchError(str(wrong)) from wrong
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"voice-{language}.wav"
        _write(recording, path)
    print(f"written to {path}, with its time line beside it")
    said = recording.said
    cut = [one for one in said if one.ends < one.begins + one.lasts]
    yield Row(f"a session in {language}: sentences said", len(said), "")
    yield Row(f"a session in {language}: cut off by the next", len(cut), "")
    yield Row(f"a session in {language}: longest sentence", max(one.lasts for one in said), "s")
    yield Row(f"a session in {language}: all of it", recording.now, "s")


def _write(recording: Recording, path: Path) -> None:
    """Write the recording, and its time line beside it."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(WIDTH)
        file.setframerate(RATE)
        file.writeframes(recording.samples.tobytes())
    text = "".join(f"{one}\n" for one in recording.said)
    path.with_suffix(".txt").write_text(text, encoding="utf-8")
