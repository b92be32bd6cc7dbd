"""The speech engines: programs of this machine that make a sound file of a text."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kiosk.core.errors import VoiceError
from kiosk.settings.shapes import VoiceSection

#: Words a minute that espeak-ng speaks; its own value, 175, is hard to follow on a gym floor.
WORDS_A_MINUTE = 150

#: Seconds that an engine may take for one sentence.
PATIENCE = 60

#: Seconds after which an engine at work is asked to stop, if it has to.
ASKED_EVERY = 0.1

#: The lowest priority that Linux has for a process.
LEAST_PRIORITY = 19


class StoppedError(VoiceError):
    """The engine was stopped at its work, because something else came first."""


class Engine(Protocol):
    """Makes speech of text."""

    def voice(self, language: str) -> str:
        """What it speaks `language` with: another one after each change that can be heard.

        Raises:
            VoiceError: The engine or its voice is missing; the text says what to do.
        """

    def speak(self, text: str, language: str, into: Path, stop: Callable[[], bool]) -> None:
        """Write `text`, spoken in `language`, into the WAV file `into`.

        Args:
            text: What to speak.
            language: Code of its language.
            into: The file.
            stop: Asked several times a second whether to give up.

        Raises:
            StoppedError: `stop` said so.
            VoiceError: It cannot be done.
        """


class EspeakNg:
    """The engine ``espeak-ng`` of the distribution, which has a voice for every language."""

    def voice(self, language: str) -> str:
        """Its name, its speed and the language."""
        _found("espeak-ng", "sudo apt install espeak-ng")
        return f"espeak-ng {WORDS_A_MINUTE} {language}"

    def speak(self, text: str, language: str, into: Path, stop: Callable[[], bool]) -> None:
        """Have ``espeak-ng`` write the file."""
        program = _found("espeak-ng", "sudo apt install espeak-ng")
        speed = str(WORDS_A_MINUTE)
        options = ["-b", "1", "-v", language, "-s", speed, "-w", str(into), "--stdin"]
        _run([program, *options], text, stop)


class Piper:
    """The engine ``piper``, with voices that somebody has put into a folder.

    Args:
        folder: The folder with the voices, None if the settings name none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def voice(self, language: str) -> str:
        """The file of the voice, and its size."""
        file = self._file(language)
        return f"piper {file.name} {file.stat().st_size}"

    def speak(self, text: str, language: str, into: Path, stop: Callable[[], bool]) -> None:
        """Have ``piper`` write the file."""
        _run([_piper(), "-m", str(self._file(language)), "-f", str(into)], text, stop)

    def _file(self, language: str) -> Path:
        """The first voice of `language` in the folder, for example ``de_DE-thorsten-low.onnx``."""
        if self._folder is None:
            raise VoiceError("voice.piper_voices is missing. Name the folder with piper's voices.")
        _piper()
        # Piper writes pt_BR where a language's code is pt-BR, and has a region in every name.
        base, _, region = language.partition("-")
        files = sorted(self._folder.glob(f"{base}_{region}-*.onnx" if region else f"{base}_*.onnx"))
        if not files:
            raise VoiceError(
                f"{self._folder}: piper has no voice for {language!r} there. Put one into it: "
                f"{base}_{region or 'REGION'}-NAME-QUALITY.onnx and the file .onnx.json beside it."
            )
        return files[0]


def engine_of(voice: VoiceSection) -> Engine | None:
    """The engine that the settings name, None if they name none."""
    match voice.engine:
        case "espeak-ng":
            return EspeakNg()
        case "piper":
            folder = voice.piper_voices
            return Piper(None if folder is None else Path(folder).expanduser())
        case "none":
            return None


def _piper() -> str:
    """The program ``piper`` beside this Python, else that of the machine."""
    beside = Path(sys.executable).with_name("piper")
    return str(beside) if beside.exists() else _found("piper", "pip install piper-tts")


def _found(name: str, how_to_get_it: str) -> str:
    program = shutil.which(name)
    if program is None:
        raise VoiceError(f"{name} is not on this machine: {how_to_get_it}")
    return program


def _run(command: list[str], text: str, stop: Callable[[], bool]) -> None:
    """Run `command` with `text` on its standard input, after everything else on this machine."""
    try:
        with subprocess.Popen(  # noqa: S603 - a program of this machine, and no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            # Whatever the machine's locale is, an engine in Python reads its input as UTF-8.
            env={**os.environ, "PYTHONUTF8": "1"},
        ) as program:
            _give_way(program.pid)
            try:
                said = _finish(program, text.encode(), stop)
            except BaseException:
                program.kill()
                raise
    except OSError as cause:
        raise VoiceError(f"{command[0]}: {cause}") from cause
    if program.returncode != 0:
        last = said.decode(errors="replace").strip().rpartition("\n")[2]
        raise VoiceError(f"{command[0]} failed: {last or f'status {program.returncode}'}")


def _give_way(process: int) -> None:
    """Have the process with that id run only when nothing else wants to, where that is allowed."""
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process, LEAST_PRIORITY)


def _finish(program: "subprocess.Popen[bytes]", text: bytes, stop: Callable[[], bool]) -> bytes:
    """Give `text` to `program` and wait for its end; what it wrote on its standard error."""
    given: bytes | None = text
    for _ in range(round(PATIENCE / ASKED_EVERY)):
        try:
            return program.communicate(given, timeout=ASKED_EVERY)[1]
        except subprocess.TimeoutExpired:
            given = None
        if stop():
            raise StoppedError("a session has begun")
    raise VoiceError(f"{program.args!r} took longer than {PATIENCE} s for one sentence.")
