"""What is seen of the button in its test, and whether it is as it should be.

No clock, no thread and no file: times come in with each call, in seconds of one monotonic clock.
"""

from dataclasses import dataclass, replace
from itertools import zip_longest

from kiosk.ports.panel import ButtonHealth

#: Presses that are asked for: one may be chance, and a loose joint fails now and then.
PRESSES = 3

#: The most extra edges of one press that a sound contact has, press and release together: each lets
#: the contact open and close up to five times too often. The makers of microswitches promise a
#: contact at rest after 5 ms or so and no count, so this is a bound of our own. More of them is no
#: lost press, since the debouncing waits for the end of all, but a contact that is wearing out.
MOST_BOUNCES = 10

#: The most glitches: a finger that only brushes the button can make one. With more, a joint is
#: loose, or the cable lies beside mains.
MOST_GLITCHES = 1

#: Seconds between a release and the next press below which no finger has made both. Release and
#: press are told after the debouncing, so the contact was open for about 0.03 s longer. Who taps as
#: fast as they can makes 5 to 7 presses a second, 0.14 to 0.2 s each.
SOONEST = 0.04


@dataclass(frozen=True, slots=True)
class Presses:
    """The presses of a test so far.

    Attributes:
        count: How many.
        too_soon: How many of them came sooner after the release before than a finger could.
        longest: The longest that has ended, in seconds.
        down_since: When the one that goes on began, None without one.
        released: When the last one ended, None before that.
    """

    count: int = 0
    too_soon: int = 0
    longest: float = 0.0
    down_since: float | None = None
    released: float | None = None

    def down(self, at: float) -> "Presses":
        """With a press that began at `at`."""
        is_too_soon = self.released is not None and at - self.released < SOONEST
        return replace(
            self, count=self.count + 1, too_soon=self.too_soon + is_too_soon, down_since=at
        )

    def up(self, at: float) -> "Presses":
        """With the release at `at`; that of a press from before the test counts for nothing."""
        if self.down_since is None:
            return self
        longest = max(self.longest, at - self.down_since)
        return replace(self, longest=longest, down_since=None, released=at)


@dataclass(frozen=True, slots=True)
class ButtonReport:
    """What a test has seen of the button.

    Attributes:
        presses: How many presses.
        too_soon: How many of them no finger can have made.
        longest: The longest press in seconds, one that goes on included.
        is_down: Whether the button is down, also since before the test.
        bounces: The most extra edges of one press. They are known when it has ended.
        glitches: Pulses that were too short for a press.
    """

    presses: int
    too_soon: int
    longest: float
    is_down: bool
    bounces: int
    glitches: int


def report(presses: Presses, before: ButtonHealth, after: ButtonHealth, now: float) -> ButtonReport:
    """What the test has seen until `now`.

    Args:
        presses: The presses that it was told of.
        before: The counts of the button when it began.
        after: The counts of the button now.
        now: The time.
    """
    going_on = 0.0 if presses.down_since is None else now - presses.down_since
    more = [
        number > earlier
        for number, earlier in zip_longest(after.bounces, before.bounces, fillvalue=0)
    ]
    return ButtonReport(
        presses=presses.count,
        too_soon=presses.too_soon,
        longest=max(presses.longest, going_on),
        is_down=presses.down_since is not None or after.down,
        bounces=max((extra for extra, has_more in enumerate(more) if has_more), default=0),
        glitches=max(0, after.glitches - before.glitches),
    )


def faults(seen: ButtonReport) -> list[str]:
    """What is wrong with the button, whatever else is seen of it: a sentence each."""
    wrong = []
    if seen.too_soon:
        wrong.append(
            "One press counted twice: the contact chatters for longer than quiet_ms in the "
            "settings. Change the switch, or set more."
        )
    if seen.bounces > MOST_BOUNCES:
        wrong.append(
            f"A press bounced {seen.bounces} times, and {MOST_BOUNCES} is the most that a sound "
            "contact does: it wears out, or its plug is loose."
        )
    if seen.glitches > MOST_GLITCHES:
        wrong.append(
            f"{seen.glitches} pulses were too short for a press: a plug or a joint is loose, or "
            "the cable lies beside mains."
        )
    return wrong


def missing(seen: ButtonReport, held: float) -> list[str]:
    """What has not been seen yet and is needed to pass: a sentence each.

    Args:
        seen: What has been seen so far.
        held: Seconds of a press that means weight off.
    """
    still = []
    if seen.presses == 0:
        still.append("No press was seen.")
    elif seen.presses < PRESSES:
        still.append(f"{seen.presses} of {PRESSES} presses were seen.")
    if seen.longest < held:
        still.append(f"None was held for {held:g} s, which is weight off.")
    if seen.is_down:
        still.append("The button is down.")
    return still


def passes(seen: ButtonReport, held: float) -> bool:
    """Whether the button does all that a session needs; `held` is in seconds."""
    return not faults(seen) and not missing(seen, held)


def in_words(seen: ButtonReport, held: float) -> str:
    """The outcome of a test for people: what is wrong or was not seen, then the numbers."""
    told = faults(seen) + missing(seen, held)
    told.append(
        f"{seen.presses} presses, the longest {seen.longest:.1f} s, up to {seen.bounces} bounces "
        f"a press, {seen.glitches} glitches."
    )
    return " ".join(told)
