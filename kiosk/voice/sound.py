"""Sound files: which of them the station plays, and what is wrong with the others."""

import os
import stat
import wave
from pathlib import Path

from kiosk.core.errors import VoiceError

#: Samples a second that a file may have.
SLOWEST, FASTEST = 8_000, 48_000

#: A file larger than this, in bytes, is no sentence: it is more than 20 s in the best quality.
LARGEST = 4 * 1024 * 1024

ACCEPTED = "Save it as WAV: 16 bit, mono or stereo, 8 to 48 kHz, 4 MiB at the most."

#: The flag to open a file without waiting for another process; Windows has no such flag.
_DO_NOT_WAIT = getattr(os, "O_NONBLOCK", 0)

_SIXTEEN_BIT = 2  # bytes


def check_sound(path: Path) -> float:
    """How many seconds the sound file `path` lasts, if the station can play it.

    Raises:
        VoiceError: It cannot; the text names the file, and says what was found and what is right.
    """
    try:
        # Without the flag, opening a named pipe waits for ever for somebody who writes into it.
        with os.fdopen(os.open(path, os.O_RDONLY | _DO_NOT_WAIT), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise VoiceError(f"{path}: is no ordinary file. {ACCEPTED}")
            if status.st_size > LARGEST:
                raise VoiceError(f"{path}: has {status.st_size // 2**20} MiB. {ACCEPTED}")
            with wave.open(file) as sound:
                return _seconds(sound, path)
    except OSError as cause:
        raise VoiceError(f"{path}: cannot be read: {cause.strerror or cause}.") from cause
    except (wave.Error, EOFError, ValueError) as cause:
        raise VoiceError(
            f"{path}: is no WAV file ({str(cause) or 'it ends early'}). {ACCEPTED}"
        ) from cause


def _seconds(sound: wave.Wave_read, path: Path) -> float:
    channels, width, rate = sound.getnchannels(), sound.getsampwidth(), sound.getframerate()
    if channels not in (1, 2) or width != _SIXTEEN_BIT or not SLOWEST <= rate <= FASTEST:
        found = f"{8 * width} bit, {channels} channels, {rate} Hz"
        raise VoiceError(f"{path}: has {found}. {ACCEPTED}")
    # The header may promise more than there is, so what is there counts.
    frames = len(sound.readframes(LARGEST)) // (channels * width)
    if frames == 0:
        raise VoiceError(f"{path}: has no sound in it. {ACCEPTED}")
    return frames / rate
