"""The night, when the screen is off: between two times of day, if the clock can be trusted."""

from dataclasses import dataclass
from datetime import datetime, time

from kiosk.settings.shapes import ScreenSection, VoiceSection
from kiosk.wall_clock import is_trusted


@dataclass(frozen=True, slots=True)
class Night:
    """From one time of day until another.

    It goes past midnight if it ends earlier than it starts, for example from 22:00 until 06:00.
    """

    off_from: time
    off_until: time

    def covers(self, moment: time) -> bool:
        """Whether `moment` is in the night; the moment at which it ends no longer is."""
        if self.off_from <= self.off_until:
            return self.off_from <= moment < self.off_until
        return moment >= self.off_from or moment < self.off_until


def night_of(screen: ScreenSection) -> Night | None:
    """The night that the settings describe, None if the screen is never to be off."""
    if screen.off_from is None or screen.off_until is None:
        return None
    return Night(time.fromisoformat(screen.off_from), time.fromisoformat(screen.off_until))


def quiet_hours_of(voice: VoiceSection) -> Night | None:
    """The hours in which nothing is said, None if there are none."""
    if voice.quiet_from is None or voice.quiet_until is None:
        return None
    return Night(time.fromisoformat(voice.quiet_from), time.fromisoformat(voice.quiet_until))


def local_time() -> time | None:
    """The time of day in this machine's time zone, None if its clock cannot be trusted."""
    return datetime.now().astimezone().time() if is_trusted() else None
