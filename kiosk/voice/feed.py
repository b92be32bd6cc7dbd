"""The samples that a loudspeaker is given, chunk by chunk: clips when they are due, else silence.

The device is never left without samples while a session runs, so that it stays awake.
"""

import array
import logging
import sys
import wave
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

_log = logging.getLogger(__name__)

#: Samples a second that the device is given, of one channel and 16 bit: those of espeak-ng.
RATE = 22_050

#: Bytes of a sample.
WIDTH = 2

#: Seconds of a chunk, and its samples.
CHUNK = 0.02
SAMPLES = round(RATE * CHUNK)

#: Seconds that a clip may begin later than it should; one that could begin only later is not said.
LATEST = 0.3

#: Seconds of the first sound that a screen loses when it wakes up.
WAKING = 0.5

_SILENCE = bytes(SAMPLES * WIDTH)


class Feed:
    """Makes the chunks. All times are clock seconds at which something is heard.

    Args:
        volume: How loud it is, 0 to 100.
    """

    def __init__(self, volume: int) -> None:
        # The ear takes a quarter of the power for half as loud.
        self._gain = (volume / 100) ** 2
        self._lead = 0  # chunks of silence that a device still needs to wake up
        self._awake_from = 0.0
        self._due = 0.0
        self._waiting: deque[Path] = deque()
        self._running: Iterator[array.array[int]] | None = None
        self._rest = array.array("h")

    def open(self) -> None:
        """Begin anew with a device that has just been opened, and so has to wake up.

        It is given silence for that. How long it takes until it plays at all is not known.
        """
        self.cut_off()
        self._lead = round(WAKING / CHUNK)

    def say(self, clips: Iterable[Path], due: float) -> None:
        """Have `clips` be heard one after the other from `due` on."""
        self._due = due
        self._waiting = deque(clips)

    def cut_off(self) -> None:
        """End what is being said."""
        self._waiting.clear()
        self._running = None
        self._rest = array.array("h")

    def chunk(self, heard: float) -> bytes:
        """The next `CHUNK` seconds, whose first sample is heard at `heard`."""
        if self._lead > 0:
            self._lead -= 1
            self._awake_from = heard + CHUNK
            return _SILENCE
        before = self._silent_before(heard)
        if before >= SAMPLES:
            return _SILENCE
        samples = array.array("h", bytes(before * WIDTH))
        while len(samples) < SAMPLES and self._has_more():
            missing = SAMPLES - len(samples)
            samples.extend(self._rest[:missing])
            del self._rest[:missing]
        if self._gain != 1:
            samples = array.array("h", [int(sample * self._gain) for sample in samples])
        if sys.byteorder == "big":  # WAV files and devices have the low byte first
            samples.byteswap()
        return samples.tobytes().ljust(len(_SILENCE), b"\0")

    def _silent_before(self, heard: float) -> int:
        """How many samples from `heard` on are silent because nothing is due yet."""
        if self._running is not None or not self._waiting:
            return 0
        late = heard - max(self._due, self._awake_from)
        if late > LATEST:
            _log.warning("the voice came %.0f ms late, so it is silent", 1000 * late)
            self._waiting.clear()
        return max(0, round(-late * RATE))

    def _has_more(self) -> bool:
        """Whether there are samples to be heard; reads on if the last ones are used up."""
        while not self._rest:
            if self._running is None:
                if not self._waiting:
                    return False
                self._running = _samples_of(self._waiting.popleft())
            following = next(self._running, None)
            if following is None:
                self._running = None
            else:
                self._rest = following
        return True


def _samples_of(path: Path) -> "Iterator[array.array[int]]":
    """The samples of the sound file `path`, at `RATE` and of one channel, some at a time."""
    try:
        with wave.open(str(path)) as sound:
            channels, rate = sound.getnchannels(), sound.getframerate()
            blocks = _mono(sound, channels)
            yield from blocks if rate == RATE else _resampled(blocks, rate)
    except (OSError, wave.Error, EOFError) as problem:
        # The station looked at the file when it started; somebody has changed it since.
        _log.error("%s cannot be played: %s. Restart the station once it is mended.", path, problem)


def _mono(sound: wave.Wave_read, channels: int) -> "Iterator[array.array[int]]":
    """The samples of `sound`; of two channels the mean of both."""
    while data := sound.readframes(SAMPLES):
        samples = array.array("h")
        samples.frombytes(data[: len(data) // (WIDTH * channels) * WIDTH * channels])
        if sys.byteorder == "big":
            samples.byteswap()
        if channels == 2:  # noqa: PLR2004 - left and right
            pairs = zip(samples[0::2], samples[1::2], strict=True)
            samples = array.array("h", [(left + right) // 2 for left, right in pairs])
        yield samples


def _resampled(blocks: "Iterable[array.array[int]]", rate: int) -> "Iterator[array.array[int]]":
    """`blocks` of samples at `rate` as samples at `RATE`, each on the line between its two."""
    step = rate / RATE
    at, last = 0.0, 0  # where the next sample lies, counted from `last`
    for block in blocks:
        known = [last, *block]
        made = array.array("h")
        while at < len(block):
            whole = int(at)
            made.append(round(known[whole] + (known[whole + 1] - known[whole]) * (at - whole)))
            at += step
        at -= len(block)
        last = known[-1]
        if made:
            yield made
