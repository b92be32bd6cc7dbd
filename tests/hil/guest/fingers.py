"""Presses as worn contacts make them: chatter on the way down and on the way up."""

import os
import random
import time
from typing import NamedTuple

from tests.hil.guest.chip import Wire

#: How long a contact chatters at most, and the gaps between its edges, in seconds.
LONGEST_CHATTER = 0.020
GAPS = (0.00005, 0.004)
#: A finger stays on the button for this long: a tap is hardly shorter, a hold is no press.
HELD = (0.06, 0.2)
#: The station takes a press this soon after the last for a mistake (0.25 s); a person is slower.
APART = 0.3
#: The contact rests at least this long between two presses.
REST = 0.06


class Press(NamedTuple):
    """One press as it was made: when its first edge was written, and how many edges it had."""

    at: float
    edges: int


def press_often(wire: Wire, count: int, seed: int) -> list[Press]:
    """Press `count` times, ahead of all other processes, so that the trains come out in time."""
    dice = random.Random(seed)
    normal = os.sched_getscheduler(0), os.sched_getparam(0)
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(20))
    try:
        return [_press(wire, dice) for _ in range(count)]
    finally:
        os.sched_setscheduler(0, *normal)


def _press(wire: Wire, dice: random.Random) -> Press:
    start = time.monotonic()
    down = _chatter(dice)
    held = dice.uniform(*HELD)
    # After an even number of extra edges the contact is where the first edge put it.
    edges = [(start + at, number % 2 == 0) for number, at in enumerate([0.0, *down])]
    released = max(start + held, edges[-1][0] + 0.01)
    edges += [(released + at, number % 2 == 1) for number, at in enumerate([0.0, *_chatter(dice)])]
    first = 0.0
    for at, closed in edges:
        _sleep_until(at)
        first = first or time.monotonic()
        wire.set(closed=closed)
    _sleep_until(max(start + APART, edges[-1][0] + REST) + dice.uniform(0, 0.05))
    return Press(first, len(edges))


def _chatter(dice: random.Random) -> list[float]:
    """Times of the extra edges after the first: an even number of them."""
    span = dice.uniform(0, LONGEST_CHATTER)
    times: list[float] = []
    at = dice.uniform(*GAPS)
    while at < span:
        times.append(at)
        at += dice.uniform(*GAPS)
    return times[: len(times) // 2 * 2]


def _sleep_until(moment: float) -> None:
    left = moment - time.monotonic()
    if left > 0:
        time.sleep(left)
