"""Cues: what the member hears and sees with the eyes closed, as data.

A cue is played on buzzer, button light and screen at the same moment; a newer cue cuts off the
one before. No pattern flashes more than three times in any second (WCAG 2.3.1), and tones stay
between 500 and 1,100 Hz, which older ears hear best.
"""

from dataclasses import dataclass
from enum import Enum


class Cue(Enum):
    """What has just happened; the value is its name on the wire."""

    TICK = "tick"
    COUNTDOWN = "countdown"
    HALFWAY = "halfway"
    SWITCH = "switch"
    WEIGHT_OFF = "weight-off"
    STILL_THERE = "still-there"
    FINISHED = "finished"
    STUCK = "stuck"  # the button; the screen says to touch instead


@dataclass(frozen=True, slots=True)
class Pulse:
    """One stretch of sound and light, then a silence.

    Attributes:
        on: Seconds that buzzer and light are on, above 0.
        off: Seconds of silence after it, 0 or more.
        hertz: Tone for a passive buzzer or the browser; an active buzzer has its own.
    """

    on: float
    off: float
    hertz: int


PATTERNS: dict[Cue, tuple[Pulse, ...]] = {
    Cue.TICK: (Pulse(0.06, 0.0, 660),),
    # 3-2-1 is this cue three times, a second apart.
    Cue.COUNTDOWN: (Pulse(0.1, 0.0, 660),),
    Cue.HALFWAY: (Pulse(0.3, 0.0, 520),),
    Cue.SWITCH: (Pulse(0.6, 0.2, 880), Pulse(0.6, 0.0, 660)),
    Cue.WEIGHT_OFF: (Pulse(0.25, 0.15, 1040),) * 4 + (Pulse(0.25, 0.0, 1040),),
    Cue.STILL_THERE: (Pulse(0.08, 0.27, 780), Pulse(0.08, 0.0, 780)),
    # Three that rise; an active buzzer has one tone, so there they rise in length.
    Cue.FINISHED: (Pulse(0.1, 0.25, 520), Pulse(0.2, 0.25, 660), Pulse(0.4, 0.0, 880)),
    Cue.STUCK: (Pulse(0.5, 0.2, 520), Pulse(0.1, 0.2, 520), Pulse(0.1, 0.0, 520)),
}


def pattern_seconds(cue: Cue) -> float:
    """Seconds from the first sound of `cue` to the end of its last."""
    pulses = PATTERNS[cue]
    return sum(pulse.on + pulse.off for pulse in pulses) - pulses[-1].off
