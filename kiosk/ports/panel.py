"""The types between the station and its panel.

`hardware` implements `Panel`. The rest of the station, and so also `web`, knows the panel only by
these types.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from kiosk.core.cues import Cue
from kiosk.core.errors import SettingsError


class Edge(Enum):
    """What the big button did, after debouncing."""

    DOWN = "down"
    UP = "up"


class PartName(Enum):
    """A part of the panel; the value is its name for people."""

    BUTTON = "button"
    BUZZER = "buzzer"
    LIGHT = "light"


class PartStatus(Enum):
    """How one part of the panel is doing."""

    OK = "ok"
    ABSENT = "absent"  # switched off in the settings
    STUCK = "stuck"  # the button has been down for longer than a person holds it
    FAILED = "failed"  # its pin could not be opened, or was lost


class Fault(Enum):
    """A fault that the mock can play, so that staff and tests can see what the station does."""

    NONE = "none"
    BOUNCE = "bounce"  # the contact bounces on every press and release
    STUCK = "stuck"  # the button stays down, whatever the hand does
    DEAD = "dead"  # the button stays up, whatever the hand does


@dataclass(frozen=True, slots=True)
class PanelSettings:
    """Where the panel's parts are, and how they behave.

    Attributes:
        hardware: ``auto``, ``gpio``, ``lgpio`` or ``mock``. ``auto`` is gpio on a Raspberry Pi and
            mock elsewhere. If gpio fails on a Raspberry Pi, the mock does not take its place.
        chip: Label, name or path of the GPIO chip; None finds the header's chip by its label.
        button_pin: BCM number of the button (to ground, pulled up), or None without one.
        buzzer_pin: BCM number of the buzzer, or None without one.
        light_pin: BCM number of the button's light, or None without one.
        filter_seconds: A press shorter than this is a glitch, 0 to 0.003 seconds.
        quiet_seconds: After a press, the line must be released and quiet for this long before
            the next press counts, 0.005 to 0.2 seconds.
        buzzer: ``active`` (has its own tone) or ``passive`` (the pin makes the tone).
        quiet: Whether only the light plays cues, and the buzzer stays silent.
    """

    hardware: str = "auto"
    chip: str | None = None
    button_pin: int | None = 17
    buzzer_pin: int | None = 27
    light_pin: int | None = 22
    filter_seconds: float = 0.002
    quiet_seconds: float = 0.03
    buzzer: str = "active"
    quiet: bool = False

    def pin(self, part: PartName) -> int | None:
        """BCM number of `part`, None if there is no such part."""
        match part:
            case PartName.BUTTON:
                return self.button_pin
            case PartName.BUZZER:
                return self.buzzer_pin
            case PartName.LIGHT:
                return self.light_pin


def check_panel_settings(settings: PanelSettings) -> None:
    """Refuse settings that no hardware could make work.

    Raises:
        SettingsError: Two parts are on the same pin, or there is no such kind of buzzer.
    """
    if settings.buzzer not in {"active", "passive"}:
        raise SettingsError(f"buzzer: found {settings.buzzer!r}; it is active or passive.")
    pins = [pin for part in PartName if (pin := settings.pin(part)) is not None]
    if len(set(pins)) < len(pins):
        raise SettingsError(
            "button_pin, buzzer_pin and light_pin must be different pins; "
            f"found {', '.join(map(str, pins))}."
        )


@dataclass(frozen=True, slots=True)
class ButtonHealth:
    """What the button has been through since the station started; times are in seconds.

    Attributes:
        presses: Presses that counted.
        glitches: Pulses that were shorter than the filter.
        bounces: Histogram of the presses by their extra edges, which is how often the contact
            bounced: ``(8, 0, 4)`` is 8 presses with no extra edge and 4 with two. The last index
            stands for that many or more.
        down: Whether the button is down now.
        longest: The longest press, None before the first.
        since_last: How long ago the last press was, None before the first.
    """

    presses: int = 0
    glitches: int = 0
    bounces: tuple[int, ...] = ()
    down: bool = False
    longest: float | None = None
    since_last: float | None = None


@dataclass(frozen=True, slots=True)
class PanelHealth:
    """How the panel is doing, part by part.

    Attributes:
        factory: The pin factory in use: ``mock``, ``gpiod`` or ``lgpio``.
        button: Status of the button.
        buzzer: Status of the buzzer.
        light: Status of the button's light.
        problem: What is wrong and what to do about it, None if nothing is.
        held_by_another_matside: Whether a part is without its pin because another Matside on this
            machine has it.
        stats: Counts of the button.
    """

    factory: str
    button: PartStatus
    buzzer: PartStatus
    light: PartStatus
    problem: str | None = None
    held_by_another_matside: bool = False
    stats: ButtonHealth = field(default_factory=ButtonHealth)

    def status(self, part: PartName) -> PartStatus:
        """Status of `part`."""
        match part:
            case PartName.BUTTON:
                return self.button
            case PartName.BUZZER:
                return self.buzzer
            case PartName.LIGHT:
                return self.light


@dataclass(frozen=True, slots=True)
class MockPins:
    """The pins of a mock panel, and the levels that a person at it would see.

    Attributes:
        button_down: Whether the button's contact is closed.
        buzzer_on: Whether the buzzer's pin is driven high.
        light_on: Whether the light's pin is driven high.
        fault: The fault that is being played.
        button_pin: BCM number of the button, None without one.
        buzzer_pin: BCM number of the buzzer, None without one.
        light_pin: BCM number of the button's light, None without one.
        moved_at: Seconds of the panel's clock when the hand last went down on the button or came
            off it, None if it never has. The contact moves at that moment.
    """

    button_down: bool
    buzzer_on: bool
    light_on: bool
    fault: Fault
    button_pin: int | None
    buzzer_pin: int | None
    light_pin: int | None
    moved_at: float | None


class MockPanel(Protocol):
    """Does what a person's hands do at a real panel, and sees what the eyes would see there.

    It drives the pins of the mock's pin factory, so that the station cannot tell the difference.
    """

    def drive(self, edge: Edge) -> None:
        """Close or open the button's contact; the fault that is being played has its effect."""

    def play_fault(self, fault: Fault) -> None:
        """Play `fault` from now on, beginning with the hand off the button."""

    def pins(self) -> MockPins:
        """The pins as they are now."""


class Panel(Protocol):
    """The button, the buzzer and the light, whichever pin factory they are on."""

    @property
    def mock(self) -> MockPanel | None:
        """The hands at the mock panel, None on real hardware."""

    def play(self, cue: Cue, *, aloud: bool = False) -> None:
        """Start the pattern of `cue` and return at once; it cuts off the cue before it.

        Args:
            cue: What is played.
            aloud: Whether the buzzer sounds even while it is to be silent, since somebody who is
                there wants to hear it.
        """

    def blink_light(self) -> None:
        """Blink the light for some seconds, without a sound, and return at once.

        A cue cuts it off. After it, the light is as it is to be at rest.
        """

    def rest_light(self, *, lit: bool) -> None:
        """Set the button's light for when no cue is playing; it is lit to ask for a press."""

    def silence(self, quiet: bool) -> None:  # noqa: FBT001 - it is all that it is told
        """Keep the buzzer silent, or not, from the next cue on; the light plays all the same."""

    def health(self) -> PanelHealth:
        """How the panel is doing now; never raises, never blocks."""

    def unresponsive(self, within: float) -> list[str]:
        """Names of the panel's threads that did not respond within `within` seconds.

        Empty if all is well.
        """

    def close(self) -> None:
        """Drive the outputs low and give the pins back. Closing twice is fine."""


#: Called in a thread of the pin library or of the panel; must return at once and never raise.
ButtonListener = Callable[[Edge], None]

#: Called when the panel's health has changed, so that a banner can come or go. The call comes in a
#: thread of the pin library or of the panel; it must return at once and never raise.
HealthListener = Callable[[PanelHealth], None]
