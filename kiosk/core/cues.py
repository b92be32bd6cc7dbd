"""Cues: what the member hears and sees with the eyes closed, as data.

A cue is played on buzzer, button light and screen at the same moment; a newer cue cuts off the
one before. No pattern flashes more than three times in any second (WCAG 2.3.1), and tones stay
between 500 and 1,100 Hz, which older ears hear best.
"""

from dataclasses import dataclass
from enum import Enum


class Cue(Enum):
    """What has just happened; the value is its name in what the station sends to its pages."""

    TICK = "tick"
    COUNTDOWN = "countdown"
    HALFWAY = "halfway"
    SWITCH = "switch"
    WEIGHT_OFF = "weight-off"
    STILL_THERE = "still-there"
    FINISHED = "finished"
    STUCK = "stuck"  # the button stays down by itself; the screen asks for touches instead


@dataclass(frozen=True, slots=True)
class Pulse:
    """One stretch of sound and light, with a pause after it.

    Attributes:
        on: Seconds that buzzer and light are on, above 0.
        off: Seconds after that in which both are off, 0 or more.
        hertz: Pitch of the sound, where it can be chosen: a passive buzzer and the browser. An
            active buzzer has one pitch only, and ignores this.
    """

    on: float
    off: float
    hertz: int


PATTERNS: dict[Cue, tuple[Pulse, ...]] = {
    Cue.TICK: (Pulse(0.06, 0.0, 660),),
    # Before the end of a side this cue comes three times, a second apart: 3, 2, 1.
    Cue.COUNTDOWN: (Pulse(0.1, 0.0, 660),),
    Cue.HALFWAY: (Pulse(0.3, 0.0, 520),),
    Cue.SWITCH: (Pulse(0.6, 0.2, 880), Pulse(0.6, 0.0, 660)),
    Cue.WEIGHT_OFF: (Pulse(0.25, 0.15, 1040),) * 4 + (Pulse(0.25, 0.0, 1040),),
    Cue.STILL_THERE: (Pulse(0.08, 0.27, 780), Pulse(0.08, 0.0, 780)),
    # Three tones that rise. An active buzzer has one pitch only, so they also grow longer.
    Cue.FINISHED: (Pulse(0.1, 0.25, 520), Pulse(0.2, 0.25, 660), Pulse(0.4, 0.0, 880)),
    Cue.STUCK: (Pulse(0.5, 0.2, 520), Pulse(0.1, 0.2, 520), Pulse(0.1, 0.0, 520)),
}


def pattern_seconds(cue: Cue) -> float:
    """Seconds from the first sound of `cue` to the end of its last sound."""
    pulses = PATTERNS[cue]
    return sum(pulse.on + pulse.off for pulse in pulses) - pulses[-1].off
