"""What staff may set: the sections of the settings file, each value with its allowed range."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Port = Annotated[int, Meta(ge=0, le=65535)]
TimeOfDay = Annotated[
    str,
    Meta(
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description='a time of day in quotes, such as "22:00"'
    ),
]
Pin = Annotated[str, Meta(pattern=r"^\d{6,12}$", description="6 to 12 digits in quotes")]
#: A part of a topic of MQTT.
TopicName = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9_-]{1,64}$",
        description="1 to 64 letters, digits, hyphens and underscores",
    ),
]
BcmPin = Annotated[int, Meta(ge=0, le=27)]


class StationSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every session starts from, and where the station finds and keeps its files.

    Attributes:
        name: What the gym calls the station, for example ``Mat 2``; None without a name.
        routine: Id of the routine.
        offered: Ids of the routines that members choose from, in order; None offers all.
        choose_by_button: Whether a session begins with those routines one after the other, so
            that they can be chosen by the button alone.
        side: The side that is done first.
        seconds: Seconds a side; None takes the routine's own default.
        breath_seconds: Seconds of a breath, in routines that count breaths, 4 to 8.
        language: Code of the language, for example ``en``.
        offered_languages: Codes of the languages that members choose from, in order; None offers
            `language` alone, so that there is no choice.
        routines: Folder with routine files of the gym's own, None without one.
        languages: Folder with languages of the gym's own, None without one.
        data: Data directory; None takes systemd's, or the user's own.
        time_zone: The gym's time zone, for example ``Europe/Berlin``, by which statistics tell
            days and hours; None takes the machine's own.
    """

    name: Annotated[str, Meta(min_length=1, max_length=40)] | None = None
    routine: str = "psoas-release"
    offered: tuple[str, ...] | None = None
    choose_by_button: bool = False
    side: Literal["left", "right"] = "right"
    seconds: int | None = None
    breath_seconds: Annotated[int, Meta(ge=4, le=8)] = 6
    language: str = "en"
    offered_languages: tuple[str, ...] | None = None
    routines: str | None = None
    languages: str | None = None
    data: str | None = None
    time_zone: str | None = None


class ServerSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the web server listens, and who may ask it.

    Attributes:
        host: Address to listen on.
        port: Its port, 0 to 65535; 0 takes any free one.
        staff_pin: A PIN of 6 to 12 digits from before it was kept as a hash. It moves into the data
            directory when the station starts, unless one is kept there already.
        allowed_hosts: Further names that the station is reached by.
    """

    host: str = "127.0.0.1"
    port: Port = 8080
    staff_pin: Pin | None = None
    allowed_hosts: tuple[str, ...] = ()


class PanelSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The panel's wiring: BCM numbers, or false for a part that is not there.

    Attributes:
        hardware: ``auto``, ``gpio``, ``lgpio`` or ``mock``.
        chip: Label, name or path of the GPIO chip; None finds the one of the header.
        button_pin: The button, 0 to 27 or false.
        buzzer_pin: The buzzer, 0 to 27 or false.
        light_pin: The button's light, 0 to 27 or false.
        filter_ms: A press that is shorter than this is a glitch, 0 to 3 milliseconds.
        quiet_ms: The line must be released and quiet for this long before the next press
            counts, 5 to 200 milliseconds.
        buzzer: ``active`` (has its own tone) or ``passive`` (the pin makes the tone).
        quiet: Whether only the light plays cues, and the buzzer stays silent.
    """

    hardware: Literal["auto", "gpio", "lgpio", "mock"] = "auto"
    chip: str | None = None
    button_pin: BcmPin | Literal[False] = 17
    buzzer_pin: BcmPin | Literal[False] = 27
    light_pin: BcmPin | Literal[False] = 22
    filter_ms: Annotated[float, Meta(ge=0, le=3)] = 2
    quiet_ms: Annotated[float, Meta(ge=5, le=200)] = 30
    buzzer: Literal["active", "passive"] = "active"
    quiet: bool = False


class ScreenSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The screen, and how far the mat is from it.

    Attributes:
        viewing_distance_m: From the member's eyes to the screen, 0.5 to 5 metres.
        screen_inches: Its diagonal, 5 to 65 inches.
        rotation: Degrees by which picture and touch are turned clockwise, on the kiosk's screen.
        off_from: Time of day (``22:00``) from which the kiosk's screen is off while nobody uses
            the station. If `off_from` and `off_until` are both None, it always stays on.
        off_until: Time of day (``06:00``) at which it goes on again.
    """

    viewing_distance_m: Annotated[float, Meta(ge=0.5, le=5)] = 2.0
    screen_inches: Annotated[float, Meta(ge=5, le=65)] = 7.0
    rotation: Literal[0, 90, 180, 270] = 0
    off_from: TimeOfDay | None = None
    off_until: TimeOfDay | None = None


class VoiceSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The voice: what speaks, and where its files are. It is off unless this says otherwise.

    Attributes:
        engine: What makes speech of text: ``espeak-ng``, ``piper``, or ``none``.
        recordings: Folder with the gym's own recordings, a folder for each language in it, such as
            ``en/station.halfway.wav``; they win over the engine. None without.
        piper_voices: Folder with voices of piper, such as ``de_DE-thorsten-medium.onnx``.
        output: What plays it: ``page`` (the browser that shows the screen) or ``alsa`` (the station
            itself, through Linux's sound system).
        alsa_device: Name of the device for ``alsa``, as ``aplay -L`` shows it.
        volume: How loud it is, 0 to 100.
        quiet_from: Time of day (``22:00``) from which nothing is said. If `quiet_from` and
            `quiet_until` are both None, there are no quiet hours.
        quiet_until: Time of day (``06:00``) at which they end.
    """

    engine: Literal["espeak-ng", "piper", "none"] = "none"
    recordings: str | None = None
    piper_voices: str | None = None
    output: Literal["page", "alsa"] = "page"
    alsa_device: str = "default"
    volume: Annotated[int, Meta(ge=0, le=100)] = 80
    quiet_from: TimeOfDay | None = None
    quiet_until: TimeOfDay | None = None

    @property
    def is_on(self) -> bool:
        """Whether anything is to be said at all."""
        return self.engine != "none" or self.recordings is not None


class RecordsSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long the past is kept.

    Attributes:
        keep_sessions_days: Days for which each session is kept by itself, 1 to 36500. After that
            it is only in the sums of its day.
        keep_sums_days: Days for which the sums of each day are kept, as many or more; None keeps
            them for good.
    """

    keep_sessions_days: Annotated[int, Meta(ge=1, le=36_500)] = 400
    keep_sums_days: Annotated[int, Meta(ge=1, le=36_500)] | None = None


class FleetSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The gym's broker (MQTT), which the station tells how it is. Without a broker it is off.

    Attributes:
        broker: Name or address of the broker, None without one.
        port: Its port; None takes 8883 with TLS and 1883 without.
        tls: Whether the connection is encrypted, and the broker proves who it is.
        ca_file: File with the certificate of the gym's own authority (PEM); None takes those that
            the machine trusts.
        user: Name that the station signs in with, None without one.
        password_file: File with the password. A name without a folder is that of a credential of
            systemd.
        allow_plain_password: Whether the password may be sent without TLS to an address outside of
            the private ones.
        prefix: What all topics begin with.
        discovery_prefix: What Home Assistant's own topics begin with; None tells it nothing.
        station: Id of the station in the fleet; None takes the one that it makes for itself.
        groups: Names of the groups that it is in, besides ``all``.
        push_key: The gym's public key, such as ``ssh-ed25519 AAAA…``: what is signed by it is
            taken from the broker. None takes nothing.
    """

    broker: Annotated[str, Meta(min_length=1, max_length=253)] | None = None
    port: Annotated[int, Meta(ge=1, le=65535)] | None = None
    tls: bool = True
    ca_file: str | None = None
    user: str | None = None
    password_file: str | None = None
    allow_plain_password: bool = False
    prefix: TopicName = "matside"
    discovery_prefix: TopicName | None = "homeassistant"
    station: TopicName | None = None
    groups: tuple[TopicName, ...] = ()
    push_key: (
        Annotated[
            str,
            Meta(
                pattern=r"^ssh-ed25519 [A-Za-z0-9+/]{60,80}={0,2}$",
                description="the public key that `matside fleet key` has shown",
            ),
        ]
        | None
    ) = None

    @property
    def is_on(self) -> bool:
        """Whether there is a broker to tell anything."""
        return self.broker is not None


class MetricsSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What Prometheus may collect. It is off unless this says otherwise.

    Attributes:
        enabled: Whether there is the page ``/metrics``.
        token_file: File with the token, 20 characters or more, that Prometheus shows from another
            machine. A name without a folder is that of a credential of systemd. None lets in only
            this machine, and whoever has signed in with the staff PIN.
    """

    enabled: bool = False
    token_file: str | None = None


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings, a section each."""

    station: StationSection = StationSection()
    server: ServerSection = ServerSection()
    panel: PanelSection = PanelSection()
    screen: ScreenSection = ScreenSection()
    voice: VoiceSection = VoiceSection()
    records: RecordsSection = RecordsSection()
    fleet: FleetSection = FleetSection()
    metrics: MetricsSection = MetricsSection()
