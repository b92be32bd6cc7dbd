"""What a gym sends arrives at a station that may write where its service unit lets it, and no more.

The station's process has no capability, and a view of the files in which all but the folders of the
unit is read-only: what `ProtectSystem=strict`, `StateDirectory=` and `ReadWritePaths=` make of it.
"""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.fleet.messages import VersionsMessage
from kiosk.fleet.signing import make_key
from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.library.words import SHIPPED_LANGUAGES
from kiosk.main.cli import main
from kiosk.settings.loading import load_settings
from tests.drivers.broker import Broker, Ear, until
from tests.drivers.processes import LiveStation, live_station

pytestmark = pytest.mark.process

ROUTINE = (SHIPPED_ROUTINES / "foot-ball.toml").read_text().replace('"foot-ball"', '"ours"')
WORDS = (SHIPPED_LANGUAGES / "en.toml").read_text(encoding="utf-8")

#: Makes all read-only but the folders that are named, takes every right away, and goes on.
_SCRIPT = """set -eu
gym=$1 writable=$2
shift 2
mount --bind "$gym" "$gym"
for each in $writable; do mount --bind "$gym/$each" "$gym/$each"; done
mount -o remount,bind,ro "$gym"
mount -o remount,bind,ro /
export TMPDIR="$gym/tmp"
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
"""


def within(gym: Path, *writable: str) -> list[str]:
    """A command in which only some folders of `gym` can be written to."""
    return ["unshare", "--mount", "sh", "-c", _SCRIPT, "hardened", str(gym), " ".join(writable)]


@pytest.fixture
def gym(tmp_path: Path, broker: Broker) -> Path:
    """What is on the disk of a station, and on a laptop of its gym."""
    if os.geteuid() != 0:
        pytest.skip("nothing can be mounted here")
    for each in ("etc", "var", "tmp", "laptop"):
        (tmp_path / each).mkdir()
    if subprocess.call([*within(tmp_path, "tmp"), "true"]) != 0:
        pytest.skip("nothing can be mounted here")
    public = make_key(tmp_path / "gym-key")
    own = f'broker = "127.0.0.1"\nport = {broker.port}\ntls = false\n'
    (tmp_path / "laptop" / "gym.toml").write_text(f"[fleet]\n{own}")
    (tmp_path / "etc" / "config.toml").write_text(
        f'[station]\nname = "Mat 7"\ndata = "{tmp_path}/var"\n'
        f'routines = "{tmp_path}/var/routines"\nlanguages = "{tmp_path}/var/languages"\n'
        f'[panel]\nhardware = "mock"\n'
        f'[fleet]\n{own}station = "mat-7"\npush_key = "{public}"\n'
    )
    for each in ("routines", "languages"):
        (tmp_path / "var" / each).mkdir()
    return tmp_path


@contextlib.contextmanager
def running(gym: Path, *writable: str) -> Iterator[LiveStation]:
    config = str(gym / "etc" / "config.toml")
    with live_station(None, "--config", config, inside=within(gym, *writable)) as station:
        yield station


def push(gym: Path, kind: str, name: str, content: str) -> None:
    file = gym / "laptop" / name
    file.write_text(content, encoding="utf-8")
    command = ["fleet", "push", str(file), "--kind", kind, "--group", "all", "--key"]
    config = str(gym / "laptop" / "gym.toml")
    assert main([*command, str(gym / "gym-key"), "--config", config]) == 0


def versions(ear: Ear) -> VersionsMessage:
    """What the station has said last of what it has."""
    said = ear.on("mat-7/versions")
    empty = VersionsMessage(matside="", station="", name=None, machine="")
    return msgspec.json.decode(said[-1], type=VersionsMessage) if said else empty


ALL = {"routine/ours.toml", "language/qtz.toml", "settings/settings.toml"}


def test_what_is_sent_is_taken_and_is_there_after_a_restart(gym: Path, ear: Ear) -> None:
    with running(gym, "etc", "var", "tmp"):
        push(gym, "routine", "ours.toml", ROUTINE)
        push(gym, "language", "qtz.toml", WORDS)
        push(gym, "settings", "settings.toml", "[station]\nbreath_seconds = 5\n")
        until(lambda: versions(ear).pushed.keys() == ALL)
    settings = load_settings(gym / "etc" / "config.toml").station
    assert (settings.breath_seconds, settings.name) == (5, "Mat 7")
    del ear.heard[:]
    with running(gym, "etc", "var", "tmp"):
        until(lambda: versions(ear).pushed.keys() == ALL)
        told = versions(ear)
        assert told.push_problem is None
        assert "ours" in told.routines
        assert "qtz" in told.languages
    assert list((gym / "tmp").iterdir()) == []


def test_settings_that_cannot_be_written_are_told_and_all_else_is_taken(
    gym: Path, ear: Ear
) -> None:
    before = (gym / "etc" / "config.toml").read_bytes()
    with running(gym, "var", "tmp"):
        push(gym, "settings", "settings.toml", "[station]\nbreath_seconds = 5\n")
        until(lambda: "cannot be written" in (versions(ear).push_problem or ""))
        push(gym, "routine", "ours.toml", ROUTINE)
        until(lambda: versions(ear).pushed.keys() == {"routine/ours.toml"})
        until(lambda: "cannot be written" in (versions(ear).push_problem or ""))
    assert (gym / "etc" / "config.toml").read_bytes() == before
