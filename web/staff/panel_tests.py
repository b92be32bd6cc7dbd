"""The words of the panel test, and which of its tests can be run now, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.ports.panel import PanelHealth, PartName, PartStatus
from kiosk.staff.doorway import Doorway
from kiosk.staff.panel_test.results import PanelTest


@dataclass(frozen=True, slots=True)
class PanelTestWords:
    """The words of a test.

    Attributes:
        name: What is tested.
        does: What happens, in a sentence or two.
        run: What is on the key that begins it.
        asks: What whoever looks and listens is asked then; empty if the test tells by itself.
        mend: Where to look if it does not work.
    """

    name: str
    does: str
    run: str
    asks: str
    mend: str


WORDS: Mapping[PanelTest, PanelTestWords] = MappingProxyType(
    {
        PanelTest.LIGHT: PanelTestWords(
            "Light",
            "The button's light blinks four times: a second dark, a second lit.",
            "Blink the light",
            "Does it blink?",
            "Is the light the right way round, with its resistor, and its ground on a ground pin? "
            "If it is lit all the time, its wire is on a supply pin.",
        ),
        PanelTest.BUZZER: PanelTestWords(
            "Buzzer",
            "The buzzer sounds two long tones. It does so here even if it is set to be quiet.",
            "Sound the buzzer",
            "Do you hear it?",
            "Is its + on the supply and its - on the transistor's collector? If it only clicks, "
            "it is of the other kind: the setting buzzer says which.",
        ),
        PanelTest.LOUDNESS: PanelTestWords(
            "Loudness",
            "The sound of weight off, the one that matters most, every three seconds. Lie down on "
            "the mat, while the gym is as loud as it gets.",
            "Sound it again and again",
            "Can you hear it at the mat?",
            "Turn the buzzer to the mat, open its hole, or take a louder one. The station's "
            "voice has a volume of its own in the settings.",
        ),
        PanelTest.BUTTON: PanelTestWords(
            "Button",
            "Press the button at least three times, and hold it once until it counts as weight "
            "off. For a minute at the most, its presses begin no session.",
            "Begin",
            "",
            "Is the button between its pin and ground, on the contact that closes, and its plug "
            "in? Until it works, members can touch the screen in place of it.",
        ),
        PanelTest.SCREEN: PanelTestWords(
            "Screen",
            "Five colours fill the screen: red, green, blue, white, black. Each touch shows the "
            "next. Look for dots that have another colour.",
            "Show the colours",
            "Are all five even, without such dots?",
            "Press on the screen's cable at both ends. Single dots stay as they are; with many, "
            "or with lines, take another screen.",
        ),
        PanelTest.TOUCH: PanelTestWords(
            "Touch",
            "Fields fill the screen. Draw over all of them with a finger: each turns bright when "
            "it feels the touch.",
            "Show the fields",
            "",
            "Clean the screen, dry it, and take off what touches its edges. Is the cable of its "
            "touch in, and does its rotation fit that of the picture?",
        ),
    }
)

#: The part of the panel that a test needs.
_PARTS: Mapping[PanelTest, PartName] = MappingProxyType(
    {
        PanelTest.LIGHT: PartName.LIGHT,
        PanelTest.BUZZER: PartName.BUZZER,
        PanelTest.LOUDNESS: PartName.BUZZER,
        PanelTest.BUTTON: PartName.BUTTON,
    }
)

#: The tests that whoever does them must be at the station's own screen for. Screen and touch are
#: parts of it. The button is not, and could be tested from a phone; but then the station's screen
#: would invite members to a press that begins no session. As it is, that screen itself says that
#: the button is being tested, in place of the invitation.
_AT_THE_PANEL = frozenset({PanelTest.BUTTON, PanelTest.SCREEN, PanelTest.TOUCH})


def wanted(health: PanelHealth) -> list[PanelTest]:
    """The tests of all that the station has; a part may be switched off in the settings."""
    return [test for test in PanelTest if _status(test, health) is not PartStatus.ABSENT]


def obstacle(test: PanelTest, health: PanelHealth, doorway: Doorway) -> str | None:
    """Why a test cannot be run now, for people; None if it can."""
    status = _status(test, health)
    if status is PartStatus.ABSENT:
        return "Switched off in the settings."
    if status is PartStatus.FAILED:
        return health.problem or "It has no pin."
    if test in _AT_THE_PANEL and doorway is not Doorway.PANEL:
        return "Only at the station's own screen."
    return None


def _status(test: PanelTest, health: PanelHealth) -> PartStatus:
    part = _PARTS.get(test)
    return PartStatus.OK if part is None else health.status(part)
