"""A language is looked at before it is sent, and once more by the station that is to take it."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from kiosk.core.errors import MatsideError
from kiosk.core.session import Rules, Status
from kiosk.fleet.messages import VersionsMessage
from kiosk.fleet.push import Push
from kiosk.fleet.signing import make_key
from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.library.words import SHIPPED_LANGUAGES
from kiosk.main.cli import main
from kiosk.main.pushes import PushTaker
from kiosk.main.rules import library_of
from kiosk.main.setup import Setup
from kiosk.main.station import build
from kiosk.ports.clock import SystemClock
from kiosk.settings.loading import load_settings
from kiosk.settings.shapes import Settings, StationSection
from tests.drivers.broker import Broker, Ear, until

WORDS = (
    (SHIPPED_LANGUAGES / "en.toml")
    .read_text(encoding="utf-8")
    .replace('name = "English"', 'name = "tlhIngan Hol"')
)
GERMAN = (SHIPPED_ROUTINES / "foot-ball.de.toml").read_text(encoding="utf-8")
KLINGON = GERMAN.replace('language = "de"', 'language = "tlh"')
PART_OF_THE_WORDS = WORDS.replace('left = "left"\n', "")
PART_OF_A_ROUTINE = GERMAN.replace('title = "Fuß auf dem Ball"\n', "")

#: What nobody can take: the name of a file, what is in it, and what is said of it.
WRONG = [
    ("tlh.toml", "name = ", "is not valid TOML|not valid TOML"),
    ("tlh.toml", WORDS.replace("{time}", "{tiem}"), "{tiem}"),
    ("tlh.toml", PART_OF_THE_WORDS, "left"),
    ("klingon.toml", WORDS, "code of a language"),
    ("foot-ball.de.toml", "x", "not valid TOML"),
    ("foot-ball.de.toml", PART_OF_A_ROUTINE, "title"),
    ("foot-ball.de.toml", GERMAN.replace('"de"', '"fr"'), "language"),
    ("foot-ball.tlh.toml", KLINGON, "words of its own"),
    ("juggling.de.toml", GERMAN, "no routine 'juggling'"),
]
NAMES = [f"{number}-{name}" for number, (name, *_) in enumerate(WRONG)]


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    """A secret key, and its public one."""
    file = tmp_path / "gym-key"
    return file, make_key(file)


@pytest.fixture
def config(tmp_path: Path, broker: Broker, key: tuple[Path, str]) -> Path:
    (tmp_path / "there").mkdir()
    file = tmp_path / "config.toml"
    file.write_text(
        f'[station]\nlanguages = "{tmp_path}/there"\ndata = "{tmp_path}/data"\n'
        f'[panel]\nhardware = "mock"\nfilter_ms = 0\n'
        f'[fleet]\nbroker = "127.0.0.1"\nport = {broker.port}\ntls = false\n'
        f'station = "mat-7"\npush_key = "{key[1]}"\n'
    )
    return file


Send = Callable[[str, str], int]


@pytest.fixture
def send(tmp_path: Path, config: Path, key: tuple[Path, str]) -> Send:
    """Writes a file on a laptop, and sends it as a language; gives the exit status."""
    laptop = tmp_path / "laptop"
    laptop.mkdir()

    def sent(name: str, content: str) -> int:
        file = laptop / name
        file.write_text(content, encoding="utf-8")
        command = ["fleet", "push", str(file), "--kind", "language", "--group", "all"]
        return main([*command, "--key", str(key[0]), "--config", str(config)])

    return sent


def kept(port: int) -> list[str]:
    """The topics on which the broker has kept something."""
    ear = Ear(port, "#")
    ear.say("fence", b"")
    until(lambda: ear.on("fence"))
    ear.close()
    return [topic for topic, _ in ear.retained]


@pytest.mark.parametrize(("name", "content", "said"), WRONG, ids=NAMES)
def test_a_language_that_is_wrong_is_not_even_sent(
    broker: Broker,
    send: Send,
    caplog: pytest.LogCaptureFixture,
    *,
    name: str,
    content: str,
    said: str,
) -> None:
    assert send(name, content) == 1
    assert any(each in caplog.text for each in said.split("|"))
    assert name in caplog.text
    assert kept(broker.port) == []


def test_a_language_that_is_right_is_sent_and_then_the_words_of_a_routine_in_it(
    broker: Broker, send: Send
) -> None:
    assert send("tlh.toml", WORDS) == 0
    assert send("foot-ball.tlh.toml", KLINGON) == 0
    assert send("pt-BR.toml", WORDS) == 0
    own = "matside/group/all/language"
    assert sorted(kept(broker.port)) == [
        f"{own}/foot-ball.tlh.toml",
        f"{own}/pt-BR.toml",
        f"{own}/tlh.toml",
    ]


def made(name: str, content: str) -> Push:
    return Push(
        kind="language",
        name=name,
        group="all",
        version=1,
        made="2026-11-26T10:00:00+00:00",
        content=content,
    )


@pytest.mark.parametrize(("name", "content", "said"), WRONG, ids=NAMES)
def test_a_station_that_is_sent_a_wrong_language_all_the_same_stays_as_it_was(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    told: list[str] = []
    settings = Settings(station=StationSection(languages=str(tmp_path)))
    take = PushTaker(settings, None, lambda: told.append("anew"))
    before = WORDS.replace("tlhIngan Hol", "Hol")
    (tmp_path / "qtz.toml").write_text(before, encoding="utf-8")
    with pytest.raises(MatsideError) as problem:
        take(made(name, content))
    assert any(each in str(problem.value) for each in said.split("|"))
    assert [each.name for each in tmp_path.iterdir()] == ["qtz.toml"]
    take(made("qtz.toml", WORDS))
    with pytest.raises(MatsideError):
        take(made("qtz.toml", content if name == "tlh.toml" else "x"))
    assert (tmp_path / "qtz.toml").read_text(encoding="utf-8") == WORDS
    assert told == ["anew"]


@pytest.mark.usefixtures("_hurried")
def test_a_language_goes_from_a_laptop_to_a_station(
    config: Path, quick: Rules, ear: Ear, send: Send
) -> None:
    settings = load_settings(config)
    setup = replace(Setup(settings, quick), file=config)

    def taken() -> dict[str, int]:
        said = ear.on("mat-7/versions")
        return msgspec.json.decode(said[-1], type=VersionsMessage).pushed if said else {}

    with contextlib.ExitStack() as stack:
        station = build(setup, stack, SystemClock())
        assert station.runner.state.status is Status.ATTRACT
        assert send("tlh.toml", WORDS) == 0
        until(lambda: taken().keys() == {"language/tlh.toml"})
        assert send("foot-ball.tlh.toml", KLINGON) == 0
        until(lambda: len(taken()) == 2)
    library = library_of(settings)
    assert library.problems == ()
    assert library.languages["tlh"].name == "tlhIngan Hol"
    assert "tlh" in library.routines["foot-ball"].texts
