"""Presses as worn contacts make them: chatter on the way down and on the way up."""

import os
import random
import time
from itertools import pairwise
from typing import NamedTuple

from tests.hil.guest.chip import Wire

#: How long a contact chatters at most, and the gaps between its edges, in seconds.
LONGEST_CHATTER = 0.020
GAPS = (0.00005, 0.004)
#: A finger stays on the button for this long, in seconds: hardly any tap is shorter, and if it were
#: much longer it would be weight off.
HELD = (0.06, 0.2)
#: Seconds from press to press at least. The station ignores a press less than 0.25 s after the last
#: one, and no person means a press that comes so soon.
APART = 0.3
#: The contact rests at least this long between two presses.
REST = 0.06


class Press(NamedTuple):
    """One press as it was made.

    Attributes:
        at: When its first edge was written.
        edges: How many edges it had.
        torn: Whether an edge of its chatter came too late to be chatter, as the machine was busy.
    """

    at: float
    edges: int
    torn: bool


def press_often(wire: Wire, count: int, seed: int) -> list[Press]:
    """Press `count` times, with a priority over all other processes, so that edges are in time."""
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
    written: list[float] = []
    for at, closed in edges:
        _sleep_until(at)
        written.append(time.monotonic())
        wire.set(closed=closed)
    _sleep_until(max(start + APART, edges[-1][0] + REST) + dice.uniform(0, 0.05))
    ups = len(down) + 1
    gaps = [
        later - earlier
        for train in (written[:ups], written[ups:])
        for earlier, later in pairwise(train)
    ]
    return Press(written[0], len(edges), max(gaps, default=0.0) > LONGEST_CHATTER)


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
