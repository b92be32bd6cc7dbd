"""Sound files for the tests: right ones, and a speech engine that needs no program."""

import wave
from collections.abc import Callable
from pathlib import Path


def write_wav(
    path: Path, seconds: float = 0.1, rate: int = 16_000, channels: int = 1, width: int = 2
) -> Path:
    """Write a WAV file of silence, and the folders that it needs; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        sound.writeframes(bytes(round(seconds * rate) * channels * width))
    return path


def write_tone(
    path: Path, seconds: float, rate: int = 22_050, channels: int = 1, height: int = 1000
) -> Path:
    """Write a WAV file whose samples are all `height`; return its path."""
    count = round(seconds * rate) * channels
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(height.to_bytes(2, "little") * count)
    return path


class SilentEngine:
    """A speech engine whose speech is silence.

    Attributes:
        spoken: Every text that it was given.
        name: What it says that its voice is.
    """

    def __init__(self, name: str = "silent") -> None:
        self.spoken: list[str] = []
        self.name = name

    def voice(self, language: str) -> str:
        """What it speaks `language` with."""
        return f"{self.name} {language}"

    def speak(self, text: str, language: str, into: Path, stop: Callable[[], bool]) -> None:
        """Write a tenth of a second of silence."""
        assert language
        assert not stop()
        self.spoken.append(text)
        write_wav(into)
