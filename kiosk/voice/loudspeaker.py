"""Plays the voice through ALSA, the sound system of Linux, by the distribution's ``aplay``.

One ``aplay`` runs for as long as a session does, and is given samples all the time. Each time that
a device is opened, a screen needs half a second to wake up, so it is opened once.
"""

import array
import contextlib
import logging
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Callable
from typing import IO

from kiosk.core.errors import VoiceError
from kiosk.core.session import State, Status
from kiosk.ports.clock import MonotonicClock
from kiosk.ports.voice import Voice
from kiosk.runner import Change
from kiosk.voice.feed import CHUNK, RATE, SAMPLES, WIDTH, Feed

_log = logging.getLogger(__name__)

#: Seconds of sound that the device keeps, and that it takes at a time. The longer, the later the
#: voice is; the shorter, the sooner it has gaps when the machine is busy.
BUFFER, PERIOD = 0.08, 0.02

#: Seconds from the pipe to the ear at the least: the device takes a period when one is free.
LEAST_DELAY = BUFFER - PERIOD

#: Chunks that are kept ready in the pipe to the device.
READY = 2

#: The most seconds that the device may be given ahead of the clock. A device that takes everything
#: at once, which is no real one, would otherwise be given samples without an end.
AHEAD = 0.5

#: Seconds within which a device that cannot be opened has said so.
OPENS_WITHIN = 0.5

#: Seconds that a test of the device may take.
PATIENCE = 10


class Loudspeaker:
    """A listener of the runner that has the voice heard through the device.

    Args:
        voice: Says which clips are heard at a change.
        device: The device's name, as ``aplay -L`` shows it.
        clock: The clock that sessions run by.
    """

    def __init__(self, voice: Voice, device: str, clock: MonotonicClock) -> None:
        self._voice = voice
        self._device = device
        self._clock = clock
        self._feed = Feed(voice.volume)
        self._changes: deque[Change] = deque()
        self._new = threading.Condition(threading.Lock())
        self._in_session = False
        # Sessions that have begun, and how many of them are done with: over, or without a device.
        self._begun = self._done = 0
        self._closed = False
        self._aplay: subprocess.Popen[bytes] | None = None
        self.problem: str | None = None
        self._thread = threading.Thread(target=self._run, name="loudspeaker", daemon=True)

    def __call__(self, change: Change) -> None:
        """Take `change`; returns at once."""
        with self._new:
            was_in_session, self._in_session = self._in_session, _is_session(change.state)
            self._begun += self._in_session and not was_in_session
            if self._begun != self._done:
                self._changes.append(change)
            self._new.notify()

    def start(self, *, in_session: bool) -> None:
        """Start the thread, within a session or at rest."""
        self._in_session = in_session
        self._begun = int(in_session)
        self._thread.start()

    def close(self) -> None:
        """Fall silent and end the thread, whatever the device does."""
        with self._new:
            self._closed = True
            self._new.notify()
            if self._aplay is not None:
                self._aplay.kill()
        self._thread.join()

    def _run(self) -> None:
        self._note(device_problem(self._device, self._keep))
        while (session := self._next_session()) is not None:
            self._note(self._play())
            with self._new:
                # If the device failed, the rest of this session is silent.
                self._done = session
                if self._begun == session:
                    self._changes.clear()

    def _next_session(self) -> int | None:
        """Wait for a session that is not done with; its number, None at the station's end."""
        with self._new:
            self._new.wait_for(
                lambda: self._closed or (self._in_session and self._begun != self._done)
            )
            return None if self._closed else self._begun

    def _keep(self, aplay: "subprocess.Popen[bytes]") -> None:
        """Keep `aplay`, so that `close` can end it."""
        with self._new:
            self._aplay = aplay
            if self._closed:
                aplay.kill()

    def _note(self, problem: str | None) -> None:
        if self._closed:
            return  # it was ended from here
        if problem is not None and problem != self.problem:
            _log.error("voice: %s", problem)
        self.problem = problem

    def _play(self) -> str | None:
        """Feed the device until the session is over; what is wrong with it, None if nothing is."""
        try:
            with tempfile.TemporaryFile() as said, _started(self._device, said) as aplay:
                self._keep(aplay)
                try:
                    self._feed_until_over(aplay)
                except BrokenPipeError:
                    aplay.wait()
                    return _failure(self._device, said)
                finally:
                    _end(aplay)
        except (OSError, VoiceError) as problem:
            return str(problem)
        return None

    def _feed_until_over(self, aplay: "subprocess.Popen[bytes]") -> None:
        """Give `aplay` a chunk whenever it has room for one.

        Raises:
            BrokenPipeError: It has ended.
        """
        pipe = aplay.stdin
        assert pipe is not None  # noqa: S101 - it was started with a pipe
        began, given = self._clock.now(), 0
        self._feed.open()
        while self._take_changes():
            now = self._clock.now()
            ready = _bytes_in(pipe)
            if ready < READY * SAMPLES * WIDTH and given * CHUNK < now - began + AHEAD:
                heard = now + ready / (RATE * WIDTH) + LEAST_DELAY
                pipe.write(self._feed.chunk(heard))
                given += 1
            elif aplay.poll() is not None:
                raise BrokenPipeError
            else:
                if now - began > OPENS_WITHIN:
                    self._note(None)
                with self._new:
                    self._new.wait_for(lambda: self._closed or self._changes, CHUNK / 2)

    def _take_changes(self) -> bool:
        """Do what the changes so far say; whether the session is still going on."""
        while True:
            with self._new:
                if self._closed or not self._in_session:
                    self._changes.clear()
                    return False
                if not self._changes:
                    return True
                change = self._changes.popleft()
            spoken = self._voice.spoken(change.before, change.state, change.cue)
            if spoken.cuts_off:
                self._feed.cut_off()
            files = [file for clip in spoken.clips if (file := self._voice.file(clip)) is not None]
            if files:
                self._feed.say(files, change.at + spoken.after)


def _is_session(state: State) -> bool:
    return state.status is not Status.ATTRACT


def device_problem(
    device: str, started: "Callable[[subprocess.Popen[bytes]], None]" = lambda _aplay: None
) -> str | None:
    """Play a tenth of a second of silence; what is wrong with the device, None if nothing is.

    Args:
        device: The device's name.
        started: Is given ``aplay`` when it has been started.
    """
    try:
        with tempfile.TemporaryFile() as said, _started(device, said) as aplay:
            started(aplay)
            try:
                aplay.communicate(bytes(RATE // 10 * WIDTH), timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                aplay.kill()
                return f"voice.alsa_device: {device!r} takes no sound within {PATIENCE} s."
            return None if aplay.returncode == 0 else _failure(device, said)
    except (OSError, VoiceError) as problem:
        return str(problem)


def _started(device: str, said: IO[bytes]) -> "subprocess.Popen[bytes]":
    """``aplay`` for the device, which plays its standard input and writes its errors to `said`.

    Raises:
        VoiceError: There is no such program.
    """
    form = ["-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", "1"]
    times = [f"--buffer-time={round(BUFFER * 1e6)}", f"--period-time={round(PERIOD * 1e6)}"]
    try:
        return subprocess.Popen(  # noqa: S603 - a program of this machine, and no shell
            ["aplay", "-q", "-D", device, *form, *times],  # noqa: S607 - wherever it is installed
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            bufsize=0,
        )
    except FileNotFoundError as cause:
        raise VoiceError("aplay is not on this machine: sudo apt install alsa-utils") from cause


def _end(aplay: "subprocess.Popen[bytes]") -> None:
    """End `aplay` at once: what it still has is silence, or no longer wanted."""
    aplay.kill()
    with contextlib.suppress(OSError):
        if aplay.stdin is not None:
            aplay.stdin.close()


def _failure(device: str, said: IO[bytes]) -> str:
    """What ``aplay`` has said before it ended."""
    said.seek(0)
    last = said.read().decode(errors="replace").strip().rpartition("\n")[2]
    return (
        f"voice.alsa_device: {device!r} cannot be played on ({last or 'aplay has ended'}). "
        f"`aplay -L` shows the names. Until that is mended, the station is silent."
    )


def _bytes_in(pipe: IO[bytes]) -> int:
    """How many bytes wait in `pipe`."""
    import fcntl  # noqa: PLC0415 - Windows has neither of them, and no ALSA
    import termios  # noqa: PLC0415

    waiting = array.array("i", [0])
    fcntl.ioctl(pipe.fileno(), termios.FIONREAD, waiting)
    return waiting[0]
