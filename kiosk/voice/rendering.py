"""Makes the clips that are missing: at once for a command, at rest for a station that runs."""

import logging
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk.core.errors import VoiceError
from kiosk.core.session import Status
from kiosk.ports.health import VoiceHealth
from kiosk.runner import Change
from kiosk.voice.clips import Cache, find_recordings
from kiosk.voice.engines import StoppedError
from kiosk.voice.script import Line, Script
from kiosk.voice.speaker import Speaker

_log = logging.getLogger(__name__)


def split(lines: Iterable[Line], cache: Cache) -> tuple[dict[Line, Path], list[Line], list[str]]:
    """Which of `lines` have a clip in `cache`, and which lack one.

    Returns:
        The clips that are there, the lines that can be rendered, and for each language that cannot
        be rendered a text that says why.
    """
    there: dict[Line, Path] = {}
    missing: list[Line] = []
    problems: dict[str, str] = {}
    for line in lines:
        try:
            path = cache.path(line)
        except VoiceError as problem:
            problems[line.language] = str(problem)
            continue
        # One that only root may read, since root rendered it, is rendered again.
        if os.access(path, os.R_OK):
            there[line] = path
        else:
            missing.append(line)
    return there, missing, list(dict.fromkeys(problems.values()))


def render_all(
    lines: Iterable[Line],
    cache: Cache,
    made: Callable[[Line, Path], None],
    may_go_on: Callable[[], bool] = lambda: True,
    stop: Callable[[], bool] = lambda: False,
) -> list[str]:
    """Render `lines`. A language in which one cannot be rendered is given up.

    Args:
        lines: What to render.
        cache: Where to.
        made: Called with each line that has been rendered, and its clip.
        may_go_on: Called before each line; it may wait. If it says no, all ends.
        stop: Asked while an engine is at work whether it has to stop; its line is then done again.

    Returns:
        For each language that was given up a text that says why.
    """
    problems: dict[str, str] = {}
    waiting = list(reversed(list(lines)))
    while waiting and may_go_on():
        line = waiting[-1]
        if line.language not in problems:
            try:
                made(line, cache.render(line, stop))
            except StoppedError:
                continue
            except VoiceError as problem:
                problems[line.language] = str(problem)
        waiting.pop()
    return list(dict.fromkeys(problems.values()))


class Preparation:
    """Gives a speaker its clips, in a thread of its own, so that no start waits for it.

    What is missing it renders while nobody uses the station. It is a listener of the runner: when a
    session begins, the engine is stopped at its work, and goes on when the session is over.

    Args:
        speaker: Is given the clips.
        script: The lines that may be said.
        recordings: Folder with the gym's own recordings, None without one.
        cache: The rendered clips, None without an engine.
        at_rest: Whether nobody uses the station now.
    """

    def __init__(
        self,
        speaker: Speaker,
        script: Script,
        recordings: Path | None,
        cache: Cache | None,
        *,
        at_rest: bool,
    ) -> None:
        self._speaker = speaker
        self._script = script
        self._recordings = recordings
        self._cache = cache
        self._new = threading.Condition(threading.Lock())
        self._at_rest = at_rest
        self._closed = False
        self._lines = 0
        self._ready = 0
        self._problems: list[str] = []
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)

    def __call__(self, change: Change) -> None:
        """Note whether the station is at rest; returns at once."""
        at_rest = change.state.status is Status.ATTRACT
        with self._new:
            self._at_rest = at_rest
            self._new.notify()

    def start(self) -> None:
        """Start the thread; it ends when all is prepared."""
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait for its end, at most so long; whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def close(self) -> None:
        """End it at once; what it has made so far is kept."""
        with self._new:
            self._closed = True
            self._new.notify()
        self._thread.join()

    def health(self) -> VoiceHealth:
        """How far it is, and what is wrong."""
        return VoiceHealth(self._lines, self._ready, tuple(self._problems))

    def _run(self) -> None:
        try:
            self._prepare()
        except Exception as problem:  # noqa: BLE001 - the station goes on without a voice, and says so
            _log.exception("the voice cannot be prepared")
            self._tell([f"it cannot be prepared ({type(problem).__name__}: {problem})."])

    def _prepare(self) -> None:
        lines = self._script.lines()
        self._lines = len(lines)
        recordings = find_recordings(self._recordings, self._script)
        self._take(recordings.clips)
        self._tell(recordings.problems)
        if self._cache is None:
            return
        rest = [line for line in lines if line not in recordings.clips]
        there, missing, problems = split(rest, self._cache)
        self._take(there)
        self._tell(problems)
        if missing:
            _log.info("voice: %d sentences are rendered while nobody is here", len(missing))
            self._tell(
                render_all(missing, self._cache, self._made, self._wait_for_rest, self._must_stop)
            )
        if not self._problems and not self._closed:
            self._cache.tidy(rest)
            _log.info("voice: all of %d sentences are ready", self._lines)

    def _take(self, clips: dict[Line, Path]) -> None:
        self._speaker.take(clips)
        self._ready += len(clips)

    def _made(self, line: Line, clip: Path) -> None:
        self._take({line: clip})

    def _tell(self, problems: Iterable[str]) -> None:
        for problem in problems:
            self._problems.append(problem)
            _log.error("voice: %s", problem)

    def _wait_for_rest(self) -> bool:
        with self._new:
            self._new.wait_for(lambda: self._closed or self._at_rest)
            return not self._closed

    def _must_stop(self) -> bool:
        with self._new:
            return self._closed or not self._at_rest
