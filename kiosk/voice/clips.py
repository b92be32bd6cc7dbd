"""The clips: for each line its sound file, recorded by the gym or rendered beforehand.

Nothing is synthesised while a session runs: a line without a clip is not said.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.errors import VoiceError
from kiosk.voice.engines import Engine
from kiosk.voice.script import Line, Script
from kiosk.voice.sound import ACCEPTED, check_sound
from kiosk.whole_file import write_whole

#: What the names of sound files end with; any other file in the folder is nothing of ours.
_SOUNDS = {".wav", ".wave", ".mp3", ".ogg", ".opus", ".flac", ".m4a", ".aac", ".aiff", ".wma"}

#: Bytes that must stay free on the disk, which the sessions are kept on too.
LEAST_FREE = 200 * 2**20


@dataclass(frozen=True, slots=True)
class Recordings:
    """What the gym has recorded itself.

    Attributes:
        clips: The files that can be played, by the line that each says.
        problems: A text for each other file: what is wrong with it, and what to do.
    """

    clips: dict[Line, Path]
    problems: tuple[str, ...] = ()


def find_recordings(folder: Path | None, script: Script) -> Recordings:
    """The recordings in `folder`, which has a folder for each language.

    A link that leads out of the folder is left out: it could make any file of the machine heard.
    Recordings for routines and languages that are not offered are passed over.

    Args:
        folder: The folder, None if there is none.
        script: The lines that may be said.
    """
    if folder is None:
        return Recordings({})
    clips: dict[Line, Path] = {}
    problems: list[str] = []
    wanted = {(line.language, line.name): line for line in script.lines()}
    try:
        for path in _files_in(folder):
            place = path.parent.name, path.stem
            try:
                if path.parent.parent != folder or place not in wanted:
                    if not script.knows_unoffered(*place):
                        problems.append(_no_such_sentence(path))
                    continue
                _check_recording(path, folder)
            except VoiceError as problem:
                problems.append(f"{problem} It is left out until that is mended.")
            else:
                clips[wanted[place]] = path
    except OSError as cause:
        why = cause.strerror or cause
        problems.append(f"voice.recordings: {folder} cannot be read: {why}. Correct the name.")
    return Recordings(clips, tuple(problems))


def _files_in(folder: Path) -> Iterator[Path]:
    """What lies in `folder` and in the folders for languages, as far as it looks like a sound."""
    for path in sorted(folder.iterdir()):
        inside = sorted(path.iterdir()) if path.is_dir() and path.suffix == "" else [path]
        yield from (each for each in inside if each.suffix.lower() in _SOUNDS)


def _no_such_sentence(path: Path) -> str:
    return f"{path}: no sentence has this name, so it is left out. See: matside voice list"


def _check_recording(path: Path, folder: Path) -> None:
    """Raise VoiceError if `path` in `folder` cannot be played."""
    if path.suffix != ".wav":
        raise VoiceError(f"{path}: is no .wav file. {ACCEPTED}")
    try:
        is_inside = path.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError) as cause:  # RuntimeError: links that lead to each other
        raise VoiceError(f"{path}: cannot be read: {cause}.") from cause
    if not is_inside:
        raise VoiceError(f"{path}: leads out of the folder. Put the file itself there.")
    check_sound(path)


class Cache:
    """The folder of the rendered clips.

    The name of a file has a digest of the text, the engine and its voice in it, so that a clip of
    other words or of another voice is never taken for this one.

    Args:
        folder: The folder; it need not be there yet.
        engine: Makes the clips.
    """

    def __init__(self, folder: Path, engine: Engine) -> None:
        self._folder = folder
        self._engine = engine

    def path(self, line: Line) -> Path:
        """Where the clip of `line` is, or will be once it is rendered.

        Raises:
            VoiceError: The engine or its voice is missing.
        """
        made_of = f"{line.text}\0{self._engine.voice(line.language)}".encode()
        digest = hashlib.blake2s(made_of, digest_size=8).hexdigest()
        return self._folder / line.language / f"{line.name}.{digest}.wav"

    def render(self, line: Line, stop: Callable[[], bool] = lambda: False) -> Path:
        """Have the engine speak `line`; its clip is written whole or not at all.

        Args:
            line: What to speak.
            stop: Asked meanwhile whether to give up.

        Returns:
            The clip.

        Raises:
            StoppedError: `stop` said so.
            VoiceError: The engine, its voice or the folder cannot be used.
        """
        path = self.path(line)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(path.parent).free < LEAST_FREE:
                raise VoiceError(
                    f"{self._folder}: less than {LEAST_FREE // 2**20} MiB are free there. They are "
                    f"left to the sessions. Make room."
                )
            with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as folder:
                spoken = Path(folder) / "spoken.wav"
                self._engine.speak(line.text, line.language, spoken, stop)
                check_sound(spoken)
                write_whole(path, spoken.read_bytes())
        except OSError as cause:
            why = cause.strerror or cause
            raise VoiceError(f"{self._folder}: cannot be written: {why}.") from cause
        return path

    def tidy(self, lines: Iterable[Line]) -> None:
        """Remove the clips of no line of `lines`, for example those of words that have changed.

        A clip whose engine is missing for the moment is kept.
        """
        kept = {self.path(line) for line in lines}
        try:
            for old in self._folder.glob("*/*.wav"):
                if old not in kept:
                    old.unlink()
        except OSError as cause:
            why = cause.strerror or cause
            raise VoiceError(f"{self._folder}: cannot be written: {why}.") from cause
