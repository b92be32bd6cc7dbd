"""What a gym sends to its stations is taken if the gym has signed it, once, and whole."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from kiosk.core.errors import FleetError, MatsideError
from kiosk.core.session import Back, ButtonDown, ButtonUp, Rules, Status
from kiosk.fleet import push as pushing
from kiosk.fleet.messages import VersionsMessage
from kiosk.fleet.push import Push, PushTopics, SignedPush, packed, unpacked
from kiosk.fleet.pushes import FILE, Pushes
from kiosk.fleet.signing import is_signed, make_key, sign
from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.main.cli import main
from kiosk.main.pushes import PushTaker
from kiosk.main.setup import Setup
from kiosk.main.station import Observers, Station, build
from kiosk.ports.clock import SystemClock
from kiosk.settings.changing import SettingsFile
from kiosk.settings.loading import load_settings
from kiosk.settings.shapes import FleetSection, Settings, StationSection
from tests.drivers.broker import Broker, Ear, until

TOPICS = PushTopics("matside")
ROUTINE = (SHIPPED_ROUTINES / "foot-ball.toml").read_text().replace('"foot-ball"', '"ours"')


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A secret key, and its public one."""
    file = tmp_path_factory.mktemp("keys") / "gym"
    return file, make_key(file)


def made(**more: object) -> Push:
    told = {
        "kind": "routine",
        "name": "ours.toml",
        "group": "all",
        "version": 5,
        "made": "2026-11-26T10:00:00+00:00",
        "content": "x = 1",
    }
    return msgspec.convert({**told, **more}, Push)


def receiver(tmp_path: Path, public: str, took: list[Push]) -> Pushes:
    return Pushes(FleetSection(broker="b", push_key=public), tmp_path, took.append)


def test_what_is_signed_comes_out_as_it_went_in(keys: tuple[Path, str]) -> None:
    secret, public = keys
    push = made()
    assert unpacked(TOPICS.of(push), packed(push, secret), TOPICS, public) == push


def test_a_signature_for_something_else_is_worth_nothing(
    keys: tuple[Path, str], tmp_path: Path
) -> None:
    secret, public = keys
    signature = sign(b"text", secret)
    assert is_signed(b"text", signature, public)
    assert not is_signed(b"texd", signature, public)
    assert not is_signed(b"text", signature, make_key(tmp_path / "other"))
    assert not is_signed(b"text", "garbage", public)
    assert not is_signed(b"text", signature, f"{public}\n{public}")
    assert not is_signed(b"text", signature, "")


def test_a_key_is_not_written_over(keys: tuple[Path, str]) -> None:
    before = keys[0].read_bytes()
    with pytest.raises(FleetError, match="is there already"):
        make_key(keys[0])
    assert keys[0].read_bytes() == before
    assert keys[0].stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "payload",
    [b"", b"null", b"{}", b"\xff", b"[" * 3000, b'{"push": "", "signature": ""}', b" " * 300_000],
    ids=range(7),
)
def test_garbage_is_refused(payload: bytes, keys: tuple[Path, str]) -> None:
    with pytest.raises(FleetError):
        unpacked("matside/group/all/routine/ours.toml", payload, TOPICS, keys[1])


@pytest.mark.parametrize(
    "more",
    [
        {"name": "../x.toml"},
        {"name": "a/b.toml"},
        {"name": ".toml"},
        {"name": "X.toml"},
        {"kind": "settings"},
        {"group": "a/b"},
        {"version": 0},
        {"version": 2**60},
        {"content": "x" * (pushing.LONGEST_FILE + 1)},
    ],
    ids=str,
)
def test_what_no_station_could_take_is_refused_on_both_sides(
    more: dict[str, object], keys: tuple[Path, str]
) -> None:
    secret, public = keys
    push = made(**more)
    with pytest.raises(FleetError):
        packed(push, secret)
    text = msgspec.json.encode(push)
    sent = msgspec.json.encode(SignedPush(text.decode(), sign(text, secret)))
    with pytest.raises(FleetError):
        unpacked(TOPICS.of(push), sent, TOPICS, public)


def test_what_is_not_signed_by_the_gym_is_not_taken(keys: tuple[Path, str], tmp_path: Path) -> None:
    took: list[Push] = []
    stranger = tmp_path / "stranger"
    make_key(stranger)
    pushes = receiver(tmp_path, keys[1], took)
    push = made()
    pushes.hear(TOPICS.of(push), packed(push, stranger))
    assert pushes.go_on(0.0)
    assert took == []
    assert "signature" in (pushes.problem or "")


def test_a_push_for_one_group_is_not_taken_from_the_topic_of_another(
    keys: tuple[Path, str], tmp_path: Path
) -> None:
    took: list[Push] = []
    pushes = receiver(tmp_path, keys[1], took)
    pushes.hear("matside/group/all/routine/ours.toml", packed(made(group="upstairs"), keys[0]))
    assert pushes.go_on(0.0)
    assert took == []
    assert "made for matside/group/upstairs" in (pushes.problem or "")


def test_an_old_version_is_refused_also_after_a_restart_and_from_another_group(
    keys: tuple[Path, str], tmp_path: Path
) -> None:
    took: list[Push] = []
    old, new, replayed = made(version=4), made(version=5), made(version=4, group="upstairs")
    for turn, push in enumerate((old, new, old, new, replayed)):
        pushes = receiver(tmp_path, keys[1], took)
        pushes.hear(TOPICS.of(push), packed(push, keys[0]))
        pushes.go_on(float(turn))
    assert took == [old, new]
    assert pushes.taken == {"routine/ours.toml": 5}
    assert "5 was taken before" in (pushes.problem or "")


def test_what_cannot_be_taken_does_not_count_as_taken(
    keys: tuple[Path, str], tmp_path: Path
) -> None:
    def refuse(_push: Push) -> None:
        raise FleetError("no")

    pushes = Pushes(FleetSection(broker="b", push_key=keys[1]), tmp_path, refuse)
    pushes.hear(TOPICS.of(made()), packed(made(), keys[0]))
    assert pushes.go_on(0.0)
    assert pushes.taken == {}
    assert pushes.problem == "all/routine/ours.toml: no"


def test_a_problem_is_told_until_that_very_file_could_be_taken(
    keys: tuple[Path, str], tmp_path: Path
) -> None:
    wrong = ["a.toml"]

    def take(push: Push) -> None:
        if push.name in wrong:
            raise FleetError("no")

    pushes = Pushes(FleetSection(broker="b", push_key=keys[1]), tmp_path, take)

    def comes(name: str, version: int) -> None:
        push = made(name=name, version=version)
        pushes.hear(TOPICS.of(push), packed(push, keys[0]))
        assert pushes.go_on(float(version))

    comes("a.toml", 1)
    comes("b.toml", 2)
    assert pushes.problem == "all/routine/a.toml: no"
    assert pushes.taken == {"routine/b.toml": 2}
    wrong.clear()
    comes("a.toml", 3)
    assert pushes.problem is None


def test_one_is_looked_at_a_second_and_repetitions_not_at_all(
    keys: tuple[Path, str], tmp_path: Path
) -> None:
    took: list[Push] = []
    pushes = receiver(tmp_path, keys[1], took)
    two = [made(name="a.toml"), made(name="b.toml")]
    sent = [(TOPICS.of(each), packed(each, keys[0])) for each in two]
    for topic, payload in sent * 3:
        assert pushes.hear(topic, payload)
    assert pushes.go_on(10.0)
    assert not pushes.go_on(10.5)
    assert pushes.due() == 11.0
    assert pushes.go_on(11.0)
    assert pushes.due() is None
    assert took == two
    assert not pushes.hear("matside/mat-1/do/identify", b"PRESS")
    assert pushes.hear(TOPICS.of(two[0]), b"")
    assert pushes.due() is None, "an empty one only takes the old one from the broker"


def test_a_flood_of_topics_is_not_kept(keys: tuple[Path, str], tmp_path: Path) -> None:
    pushes = receiver(tmp_path, keys[1], [])
    for number in range(1000):
        pushes.hear(f"matside/group/all/routine/{number}", b"x")
    assert len(pushes._waiting) <= 200


def test_a_damaged_file_of_versions_is_told(keys: tuple[Path, str], tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"{")
    pushes = receiver(tmp_path, keys[1], [])
    assert pushes.taken == {}
    assert "versions begin anew" in (pushes.problem or "")


def test_a_routine_that_is_wrong_leaves_everything_as_it_was(tmp_path: Path) -> None:
    settings = Settings(station=StationSection(routines=str(tmp_path)))
    told: list[str] = []
    take = PushTaker(settings, None, lambda: told.append("anew"))
    take(made(content=ROUTINE))
    assert (tmp_path / "ours.toml").read_text() == ROUTINE
    for wrong, name in (("title = 1", "ours.toml"), ("x", "new.toml")):
        with pytest.raises(MatsideError):
            take(made(content=wrong, name=name))
    assert [file.name for file in tmp_path.iterdir()] == ["ours.toml"]
    assert (tmp_path / "ours.toml").read_text() == ROUTINE
    assert told == ["anew"]


def test_without_a_place_for_it_a_push_is_refused_but_a_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(MatsideError, match="there is no place for it"):
        PushTaker(Settings(), None, lambda: None)(made())
    with pytest.raises(MatsideError, match="without a settings file"):
        PushTaker(Settings(), None, lambda: None)(made(kind="settings", name="settings.toml"))
    first = Settings(station=StationSection(routines=str(tmp_path / "routines")))
    PushTaker(first, None, lambda: None)(made(content=ROUTINE))
    assert (tmp_path / "routines" / "ours.toml").read_text() == ROUTINE
    nowhere = Settings(station=StationSection(routines=str(tmp_path / "no" / "where")))
    with pytest.raises(MatsideError, match="cannot be written"):
        PushTaker(nowhere, None, lambda: None)(made(content=ROUTINE))


def test_settings_that_are_wrong_are_not_taken_and_a_stations_own_stay(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[station]\nname = "Mat 7"\n')

    def opened() -> SettingsFile:
        return SettingsFile(file, tmp_path, lambda _settings: None, [("station", "name")])

    take = PushTaker(Settings(), opened, lambda: None)
    with pytest.raises(MatsideError):
        take(made(kind="settings", name="settings.toml", content="[station]\nseconds = 'x'"))
    take(made(kind="settings", name="settings.toml", content="[station]\nbreath_seconds = 5"))
    assert load_settings(file).station == StationSection(name="Mat 7", breath_seconds=5)


@pytest.fixture
def config(tmp_path: Path, broker: Broker, keys: tuple[Path, str]) -> Path:
    file = tmp_path / "config.toml"
    (tmp_path / "routines").mkdir()
    file.write_text(
        f'[station]\nname = "Mat 7"\nroutines = "{tmp_path}/routines"\ndata = "{tmp_path}/data"\n'
        f'[panel]\nhardware = "mock"\nfilter_ms = 0\n'
        f'[fleet]\nbroker = "127.0.0.1"\nport = {broker.port}\ntls = false\n'
        f'station = "mat-7"\npush_key = "{keys[1]}"\n'
    )
    return file


@pytest.fixture
def command(tmp_path: Path, config: Path, keys: tuple[Path, str]) -> list[str]:
    """What somebody types on a laptop to send a routine to all stations."""
    file = tmp_path / "ours.toml"
    file.write_text(ROUTINE)
    sent = ["fleet", "push", str(file), "--group", "all", "--key", str(keys[0])]
    return [*sent, "--config", str(config)]


@pytest.fixture
def told() -> list[str]:
    """What the station has asked for."""
    return []


@pytest.fixture
def station(config: Path, quick: Rules, told: list[str], _hurried: None) -> Iterator[Station]:
    setup = replace(Setup(load_settings(config), quick), file=config)
    with contextlib.ExitStack() as stack:
        observers = Observers(take_anew=lambda: told.append("anew"))
        yield build(setup, stack, SystemClock(), observers)


def pushed(ear: Ear) -> VersionsMessage:
    """What the station says of its versions now."""
    said = ear.on("mat-7/versions")
    return (
        msgspec.json.decode(said[-1], type=VersionsMessage)
        if said
        else VersionsMessage(matside="", station="", name=None, machine="")
    )


def test_a_file_goes_from_a_laptop_to_a_station_but_never_within_a_session(
    station: Station,
    told: list[str],
    ear: Ear,
    command: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = Path(command[2]).parent / "routines"
    station.runner.post(ButtonDown())
    station.runner.post(ButtonUp())
    until(lambda: ear.on("mat-7/versions"))
    assert main([*command, "--version", "7"]) == 0
    until(lambda: ear.on("group/all/routine/ours.toml"))
    assert station.runner.state.status is not Status.ATTRACT
    assert not (folder / "ours.toml").exists()
    station.runner.post(Back())
    until(lambda: pushed(ear).pushed == {"routine/ours.toml": 7})
    assert (folder / "ours.toml").read_text() == ROUTINE
    assert told == ["anew"]
    capsys.readouterr()
    assert main(["fleet", "status", *command[-2:]]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:4] == ["station", "name", "now", "health"]
    assert lines[1].startswith("mat-7")
    assert "routine/ours.toml 7" in lines[1]


def test_what_a_station_cannot_take_is_told_to_everybody(
    station: Station, ear: Ear, keys: tuple[Path, str], tmp_path: Path
) -> None:
    assert station.runner.state.step is None
    push = made(content="this is no routine")
    ear.say(TOPICS.of(push), packed(push, keys[0]), retain=True)
    until(lambda: (pushed(ear).push_problem or "").startswith("all/routine/ours.toml: "))
    assert list((tmp_path / "routines").iterdir()) == []


def test_what_is_wrong_is_not_even_sent(command: list[str], ear: Ear) -> None:
    Path(command[2]).write_text("this is no routine")
    assert main(command) == 1
    assert main([*command, "--kind", "settings"]) == 2
    assert ear.on("routine/ours.toml") == []


def test_the_key_is_shown_as_the_settings_want_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fleet", "key", str(tmp_path / "gym")]) == 0
    settings = tmp_path / "settings.toml"
    settings.write_text(capsys.readouterr().out.partition("\n\n")[2])
    assert load_settings(settings).fleet.push_key is not None
