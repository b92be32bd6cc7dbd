"""What the settings page shows: which settings, in which groups, in words for staff.

Kinds and ranges come from the settings' own shapes (`kiosk/settings/fields.py`). Not shown is what
belongs to whoever wires the station or knows its file system: that stays in the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from kiosk.core.errors import SettingsError
from kiosk.core.session import Rules
from kiosk.library.words import Words
from kiosk.settings.address import is_loopback
from kiosk.settings.fields import Field, FieldKind, Place, Value, fields
from kiosk.settings.shapes import Settings

#: A value and the words for it.
Option = tuple[Value, str]

#: Minutes between the times of day that can be chosen.
_HALF_HOUR = 30
_DAY = 24 * 60

#: So many options at most stand side by side; more of them are in a list that folds out.
SIDE_BY_SIDE = 4


@dataclass(frozen=True, slots=True)
class SettingWords:
    """A setting in words for staff.

    Attributes:
        place: Its section and name.
        title: What it is called.
        help: A sentence for whoever wonders; may be empty.
        unit: What stands behind a number.
        step: By how much a number goes up and down.
        words: The words for the options of a choice, in the order of the page.
    """

    place: Place
    title: str
    help: str = ""
    unit: str = ""
    step: float = 1
    words: Mapping[Value, str] = field(default_factory=dict)


_ON_OFF_HELP = "Set both times, or neither."

#: The groups of the page, each with its settings.
GROUPS: dict[str, tuple[SettingWords, ...]] = {
    "Sessions": (
        SettingWords(("station", "routine"), "Routine", "A session starts with it."),
        SettingWords(("station", "offered"), "Members choose from", "In this order."),
        SettingWords(
            ("station", "choose_by_button"),
            "Choose by the button too",
            "A session begins with the list, one routine after the other.",
        ),
        SettingWords(("station", "side"), "First side", words={"left": "Left", "right": "Right"}),
        SettingWords(("station", "seconds"), "Seconds a side"),
        SettingWords(
            ("station", "breath_seconds"),
            "One breath",
            "For routines that count breaths.",
            unit="seconds",
        ),
    ),
    "Languages": (
        SettingWords(("station", "language"), "Language"),
        SettingWords(
            ("station", "offered_languages"),
            "Members choose from",
            "No native speaker has reviewed the translations: have one read the safety texts "
            "before you offer a language.",
        ),
    ),
    "Screen": (
        SettingWords(
            ("screen", "viewing_distance_m"),
            "From the mat to the screen",
            unit="m",
            step=0.1,
        ),
        SettingWords(("screen", "screen_inches"), "The screen's diagonal", unit="inches", step=0.5),
        SettingWords(
            ("screen", "rotation"),
            "Turn the picture",
            "Clockwise, with its touch.",
            words={0: "Not", 90: "90°", 180: "180°", 270: "270°"},
        ),
        SettingWords(
            ("screen", "off_from"),
            "Dark at night from",
            f"{_ON_OFF_HELP} A press wakes the screen.",
        ),
        SettingWords(("screen", "off_until"), "until"),
    ),
    "Sound": (
        SettingWords(
            ("panel", "quiet"),
            "Silent buzzer",
            "Only the button's light gives the cues.",
        ),
        SettingWords(
            ("voice", "engine"),
            "Voice",
            words={"none": "Off", "espeak-ng": "espeak", "piper": "piper"},
        ),
        SettingWords(("voice", "volume"), "The voice's volume", unit="%", step=5),
        SettingWords(("voice", "quiet_from"), "No voice from", _ON_OFF_HELP),
        SettingWords(("voice", "quiet_until"), "until"),
    ),
    "Station": (
        SettingWords(("station", "name"), "Name", "For example: Mat 2, by the window."),
        SettingWords(
            ("server", "host"),
            "Staff area reached from",
            "From the network, whoever comes is asked for the PIN.",
        ),
        SettingWords(
            ("records", "keep_sessions_days"),
            "Keep each session for",
            "After that, only the sums of its day.",
            unit="days",
            step=10,
        ),
    ),
}

#: What the page does not show, and why.
NOT_SHOWN: dict[str, tuple[Place, ...]] = {
    "A PIN is never in a form; the page of the keypad changes it.": (("server", "staff_pin"),),
    "It names folders or devices of the machine.": (
        ("station", "routines"),
        ("station", "languages"),
        ("station", "data"),
        ("voice", "recordings"),
        ("voice", "piper_voices"),
        ("voice", "alsa_device"),
        ("voice", "output"),
    ),
    "It belongs to the wiring, which a person with a screwdriver knows.": (
        ("panel", "hardware"),
        ("panel", "chip"),
        ("panel", "button_pin"),
        ("panel", "buzzer_pin"),
        ("panel", "light_pin"),
        ("panel", "filter_ms"),
        ("panel", "quiet_ms"),
        ("panel", "buzzer"),
    ),
    "A wrong one locks out whoever has changed it, or it is for a whole gym.": (
        ("server", "port"),
        ("server", "allowed_hosts"),
        ("station", "time_zone"),
        ("records", "keep_sums_days"),
    ),
    "It belongs to the gym's broker, which the person knows who runs it.": (
        ("fleet", "broker"),
        ("fleet", "port"),
        ("fleet", "tls"),
        ("fleet", "ca_file"),
        ("fleet", "user"),
        ("fleet", "password_file"),
        ("fleet", "allow_plain_password"),
        ("fleet", "prefix"),
        ("fleet", "discovery_prefix"),
        ("fleet", "station"),
        ("fleet", "groups"),
        ("fleet", "push_key"),
    ),
    "It belongs to whoever collects the numbers of the gym's machines.": (
        ("metrics", "enabled"),
        ("metrics", "token_file"),
    ),
}


class Control(Enum):
    """How a setting is shown."""

    SWITCH = "switch"
    BUTTONS = "buttons"
    FOLDED = "folded"
    STEPPER = "stepper"
    LIST = "list"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """A setting as the page shows it.

    Attributes:
        told: Its words.
        field: Its kind and range.
        control: How it is shown.
        value: What is in force; of a list, all that is chosen.
        options: What can be chosen; of a list, first what is chosen, in its order.
    """

    told: SettingWords
    field: Field
    control: Control
    value: Any
    options: tuple[Option, ...] = ()

    @property
    def name(self) -> str:
        """Its section and name, as the page sends them back."""
        return ".".join(self.told.place)

    @property
    def now(self) -> str:
        """What is chosen, in words, where the options are folded up."""
        if self.control is Control.LIST:
            return f"{len(self.value)} of {len(self.options)}"
        return dict(self.options).get(self.value, str(self.value))


def groups(
    settings: Settings, rules: Rules, languages: Mapping[str, Words]
) -> dict[str, tuple[Row, ...]]:
    """All groups of the page with their rows, for a station with `settings`."""
    shapes = fields()
    return {
        title: tuple(_row(told, shapes[told.place], settings, rules, languages) for told in group)
        for title, group in GROUPS.items()
    }


def changes_of(sent: Mapping[str, Any], rules: Rules) -> dict[Place, Value]:
    """What the page has sent, as changes of the file.

    Args:
        sent: Values by section and name, for example ``{"station.side": "left"}``.
        rules: What sessions run by: a list of all routines is none, so that new ones come in.

    Raises:
        SettingsError: A name is not one of the page's, or a value is of no kind that a setting has.
    """
    shown = {".".join(told.place): told.place for group in GROUPS.values() for told in group}
    changes: dict[Place, Value] = {}
    for name, value in sent.items():
        if name not in shown:
            raise SettingsError(f"There is no setting {name!r} on this page.")
        plain = _plain(name, value)
        if shown[name] == ("station", "offered") and plain == tuple(rules.routines):
            plain = None
        changes[shown[name]] = None if plain in ("", ()) else plain
    return changes


def _plain(name: str, value: Any) -> Value:
    """`value` of the setting `name` as the settings file can have it."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise SettingsError(f"{name}: found {value!r}. No setting is like that.")


def _row(
    told: SettingWords,
    shape: Field,
    settings: Settings,
    rules: Rules,
    languages: Mapping[str, Words],
) -> Row:
    section, name = told.place
    value = getattr(getattr(settings, section), name)
    options = _options(told, shape, value, rules, languages)
    if shape.kind is FieldKind.LIST:
        chosen = _chosen(told.place, value, settings, rules)
        return Row(told, shape, Control.LIST, chosen, _in_order(options, chosen))
    if shape.kind is FieldKind.SWITCH:
        return Row(told, shape, Control.SWITCH, value)
    if options:
        control = Control.BUTTONS if len(options) <= SIDE_BY_SIDE else Control.FOLDED
        return Row(told, shape, control, value, options)
    control = Control.STEPPER if shape.kind is FieldKind.NUMBER else Control.TEXT
    return Row(told, shape, control, value)


def _options(
    told: SettingWords, shape: Field, value: Any, rules: Rules, languages: Mapping[str, Words]
) -> tuple[Option, ...]:
    """What can be chosen; none where a value is free."""
    if told.place in (("station", "routine"), ("station", "offered")):
        language = rules.defaults.language
        return tuple((each.id, _title(each, language)) for each in rules.routines.values())
    if told.place in (("station", "language"), ("station", "offered_languages")):
        return tuple((code, words.name) for code, words in languages.items())
    if told.place == ("station", "seconds"):
        return _lengths(rules)
    if told.place == ("server", "host"):
        return _reaches(value)
    if shape.kind is FieldKind.TIME:
        return _times(value)
    return tuple((each, told.words[each]) for each in told.words if each in shape.options)


def _title(routine: Any, language: str) -> str:
    texts = routine.texts.get(language) or next(iter(routine.texts.values()))
    return str(texts.title)


def _lengths(rules: Rules) -> tuple[Option, ...]:
    routine = rules.routines[rules.defaults.routine]
    own: Option = (None, f"The routine's own: {routine.default_seconds}")
    return (own, *((seconds, str(seconds)) for seconds in routine.side_seconds))


def _reaches(value: str) -> tuple[Option, ...]:
    here: Option = ("127.0.0.1", "This screen alone")
    network: Option = ("0.0.0.0", "The gym's network too")  # noqa: S104 - others need the PIN
    known = (here[0], network[0])
    other: tuple[Option, ...] = ((value, value),) if value not in known else ()
    return (here, network, *other) if not is_loopback(value) else (here, network)


def _times(value: str | None) -> tuple[Option, ...]:
    """Each half hour of the day, never, and the time that the file has."""
    half_hours = [f"{m // 60:02}:{m % 60:02}" for m in range(0, _DAY, _HALF_HOUR)]
    if value is not None and value not in half_hours:
        half_hours = sorted([*half_hours, value])
    return ((None, "never"), *((each, each) for each in half_hours))


def _chosen(place: Place, value: Any, settings: Settings, rules: Rules) -> tuple[str, ...]:
    if value is not None:
        return tuple(value)
    if place == ("station", "offered"):
        return tuple(rules.routines)
    return (settings.station.language,)


def _in_order(options: Sequence[Option], chosen: Sequence[str]) -> tuple[Option, ...]:
    """The chosen ones in their order, and then the others."""
    names = dict(options)
    known: list[Option] = [(each, names[each]) for each in chosen if each in names]
    return (*known, *(option for option in options if option[0] not in chosen))
