"""Stands in for ``aplay`` and a device of 80 ms, and notes when a sound after a silence is heard.

It is started with the options of the real one, and writes a line for each such sound to the file
that the environment names: what ``time.monotonic`` says when its first sample is played.
"""

import array
import os
import sys
import time
from pathlib import Path

RATE = 22_050
PERIOD, BUFFER = 0.02, 0.08
BYTES = round(PERIOD * RATE) * 2

#: Samples that are less high are silence, and so much silence lies between two sounds, in seconds.
SILENT, APART = 33, 0.03


def main() -> None:
    """Take a period whenever the device has room for one, as long as there are any."""
    ends = 0.0  # when all that the device has will have been played
    heard = 0.0  # when the last sound was
    with Path(os.environ["MATSIDE_HEARD"]).open("a", encoding="ascii", buffering=1) as notes:
        while data := _period():
            now = time.monotonic()
            if ends < now:  # it begins, or it had run dry, and first fills its buffer
                ends = now + BUFFER
            samples = array.array("h", data)
            for at, sample in enumerate(samples):
                if abs(sample) > SILENT:
                    moment = ends + at / RATE
                    if moment - heard > APART:
                        notes.write(f"{moment:.6f}\n")
                    heard = moment
            ends += len(samples) / RATE
            time.sleep(max(0.0, ends - BUFFER - time.monotonic()))


def _period() -> bytes:
    """A whole period of samples; less at the end of them."""
    data = b""
    while len(data) < BYTES and (more := os.read(sys.stdin.fileno(), BYTES - len(data))):
        data += more
    return data[: len(data) // 2 * 2]


main()
