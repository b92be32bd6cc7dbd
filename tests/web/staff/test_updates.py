"""The page for updates: what lies there, what may be brought, and what root is asked for."""

import base64
import contextlib
import html
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.core.session import ButtonDown, Rules
from kiosk.main import staff
from kiosk.main.station import Station, build
from kiosk.updates import station as updates_station
from kiosk.updates import taking
from kiosk.updates.naming import LARGEST_PACKAGE, architecture_here
from kiosk.updates.result import Result, Stage, write_result
from kiosk.updates.station import Updates
from kiosk.version import VERSION
from tests.drivers.clocks import FakeClock
from tests.drivers.staff import PIN, at_the_panel, in_a_gym, in_the_network, keep_pin
from tests.drivers.updates import make_key, make_package, sign, trust
from web.guard import LARGEST_SETTINGS
from web.routes.staff.updates import LARGEST_PIECE

pytestmark = pytest.mark.skipif(
    not (shutil.which("ssh-keygen") and shutil.which("dpkg-deb")),
    reason="no ssh-keygen, or no dpkg-deb: apt-get install openssh-client dpkg",
)

NAME = "matside_9.0.0_arm64.deb"


class Gym:
    """A station that is a service, its key for updates, and somebody signed in from a phone."""

    def __init__(self, station: Station, folder: Path) -> None:
        self.station = station
        self.updates = folder / "data" / "updates"
        self.own = folder / "own"
        self.request = folder / "run" / "install-update"
        self.key = make_key(folder / "key")
        trust(folder / "signers", self.key)
        self.phone = signed_in(in_the_network(station))

    def post(self, what: str, **body: object) -> TestResponse:
        return self.phone.post(f"/staff/updates/{what}", json=body)

    def state(self) -> str:
        answer = self.phone.get("/staff/updates/state")
        assert answer.status_code == 200
        return html.unescape(answer.text)

    def bring(self, file: Path, piece: int = LARGEST_PIECE) -> None:
        """Bring a file as the page does it."""
        content = file.read_bytes()
        assert self.post("begin", name=file.name, size=len(content)).status_code == 200
        for offset in range(0, len(content), piece):
            part = base64.b64encode(content[offset : offset + piece]).decode()
            answer = self.post("piece", name=file.name, offset=offset, content=part)
            assert answer.status_code == 200, answer.text
            assert answer.json == {"whole": offset + piece >= len(content)}


def error_of(answer: TestResponse) -> str:
    assert answer.json is not None
    return str(answer.json["error"])


def signed_in(client: FlaskClient) -> FlaskClient:
    assert client.post("/staff/sign-in", json={"pin": PIN}).status_code == 200
    return client


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A newer version for this machine."""
    (tmp_path / "made").mkdir()
    here = architecture_here()
    made = make_package(tmp_path / "made", "9.0.0", architecture=here)
    return made.rename(made.with_name(f"matside_9.0.0_{here}.deb"))


@pytest.fixture
def gym(
    tmp_path: Path, rules: Rules, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Gym]:
    for folder in ("run", "own", "data"):
        (tmp_path / folder).mkdir()
    keep_pin(tmp_path / "data")
    monkeypatch.setattr(staff, "runtime_directory", lambda: tmp_path / "run")
    here = partial(Updates, signers=tmp_path / "signers", own=tmp_path / "own")
    monkeypatch.setattr(updates_station, "Updates", here)
    with contextlib.ExitStack() as stack:
        yield Gym(build(in_a_gym(tmp_path / "data", rules), stack, clock), tmp_path)


def test_without_a_package_the_page_says_so(gym: Gym) -> None:
    assert f"No newer package lies in {gym.updates}" in gym.state()
    assert gym.post("install").status_code == 409
    assert not gym.request.exists()


def test_a_signed_package_is_brought_in_pieces_and_asked_for(gym: Gym, package: Path) -> None:
    sign(package, gym.key)
    gym.bring(package, 100)
    assert "is not signed" in gym.state()
    gym.bring(Path(f"{package}.sig"))
    assert (gym.updates / package.name).read_bytes() == package.read_bytes()
    assert "Version 9.0.0 is here. Its signature is right." in gym.state()
    assert gym.post("install").status_code == 200
    assert gym.request.read_bytes() == b""


def test_a_package_that_is_not_signed_is_not_asked_for(gym: Gym, package: Path) -> None:
    gym.bring(package)
    answer = gym.post("install")
    assert answer.status_code == 409
    assert "is not signed" in error_of(answer)
    assert not gym.request.exists()


def test_a_second_update_is_not_asked_for_while_one_is_under_way(gym: Gym, package: Path) -> None:
    sign(package, gym.key)
    gym.bring(package)
    gym.bring(Path(f"{package}.sig"))
    write_result(gym.own, Result(Stage.WAITING, "9.0.0"))
    assert error_of(gym.post("install")) == "An update is under way."
    assert not gym.request.exists()


def test_a_version_that_was_taken_back_is_not_offered_again(gym: Gym, package: Path) -> None:
    sign(package, gym.key)
    gym.bring(package)
    gym.bring(Path(f"{package}.sig"))
    write_result(gym.own, Result(Stage.FELL_BACK, "9.0.0"))
    assert "Bring a higher version" in gym.state()
    assert gym.post("install").status_code == 409


def test_a_package_of_the_version_that_runs_is_not_told(gym: Gym, package: Path) -> None:
    gym.bring(package.rename(package.with_name(package.name.replace("9.0.0", VERSION))))
    assert "No newer package lies in" in gym.state()


def test_a_package_that_somebody_else_has_signed_is_told(
    gym: Gym, package: Path, tmp_path: Path
) -> None:
    sign(package, make_key(tmp_path / "other"))
    for file in (package, Path(f"{package}.sig")):
        gym.bring(file)
    assert "is not to be installed" in gym.state()
    assert gym.post("install").status_code == 409


def test_a_brought_package_takes_the_place_of_the_one_before(gym: Gym, package: Path) -> None:
    gym.bring(package)
    (gym.updates / "notes.txt").write_text("of staff")
    other = package.rename(package.with_name(package.name.replace("9.0.0", "9.1.0")))
    gym.bring(other)
    assert {path.name for path in gym.updates.iterdir()} == {other.name, "notes.txt"}


def test_nothing_is_brought_or_installed_during_a_session(gym: Gym, package: Path) -> None:
    sign(package, gym.key)
    gym.bring(package)
    gym.bring(Path(f"{package}.sig"))
    gym.post("begin", name=NAME, size=3)
    gym.station.runner.post(ButtonDown())
    answers = [
        gym.post("begin", name=NAME, size=3),
        gym.post("piece", name=NAME, offset=0, content="AAAA"),
        gym.post("install"),
    ]
    assert [answer.status_code for answer in answers] == [409] * 3
    assert {error_of(answer)[:20] for answer in answers} == {"A session is running"}
    assert not gym.request.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../matside_9_arm64.deb",
        "/etc/passwd",
        "x.deb",
        f"{NAME}/..",
        f"{NAME}.sig.sig",
        f"{NAME}\0",
    ],
)
def test_a_name_that_is_not_that_of_an_update_is_refused(gym: Gym, name: str) -> None:
    answer = gym.post("begin", name=name, size=3)
    assert answer.status_code == 400
    assert "is not the name of an update" in error_of(answer)
    assert not gym.updates.exists()


@pytest.mark.parametrize("size", [0, -1, LARGEST_PACKAGE + 1, 2 * 1024**3])
def test_a_size_that_is_not_right_is_refused_before_anything_comes(gym: Gym, size: int) -> None:
    assert gym.post("begin", name=NAME, size=size).status_code == 400
    assert not gym.updates.exists()


def test_a_full_disk_is_told_before_anything_comes(
    gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "SPARE", 1 << 60)
    assert "MiB free; it needs" in error_of(gym.post("begin", name=NAME, size=3))


def test_pieces_that_do_not_follow_each_other_are_refused(gym: Gym) -> None:
    piece = partial(gym.post, "piece", name=NAME, content="AAAA")
    assert piece(offset=0).status_code == 400  # nothing was begun
    gym.post("begin", name=NAME, size=5)
    assert piece(offset=1).status_code == 400
    assert piece(offset=0).json == {"whole": False}
    assert "3 of 5 bytes have come" in error_of(piece(offset=0))
    assert piece(offset=3).status_code == 400  # one byte too many
    assert gym.post("piece", name=NAME, offset=3, content="AAA=").json == {"whole": True}
    assert (gym.updates / NAME).read_bytes() == bytes(5)


def test_a_file_that_is_begun_anew_begins_empty(gym: Gym) -> None:
    for _ in range(2):
        gym.post("begin", name=NAME, size=6)
        gym.post("piece", name=NAME, offset=0, content="AAAA")
    assert [path.stat().st_size for path in gym.updates.iterdir()] == [3]


def test_a_piece_is_no_larger_than_other_bodies_of_staff(gym: Gym) -> None:
    gym.post("begin", name=NAME, size=10**6)
    most = base64.b64encode(bytes(LARGEST_PIECE)).decode()
    assert gym.post("piece", name=NAME, offset=0, content=most).status_code == 200
    answer = gym.post("piece", name=NAME, offset=LARGEST_PIECE, content="A" * LARGEST_SETTINGS)
    assert answer.status_code == 413


@pytest.mark.parametrize("what", ["begin", "piece", "install"])
def test_nobody_brings_anything_without_the_pin(gym: Gym, what: str) -> None:
    stranger = in_the_network(gym.station, "192.168.7.66")
    assert stranger.post(f"/staff/updates/{what}", json={}).status_code == 401


@pytest.mark.parametrize("stage", Stage)
def test_how_the_last_update_went_is_told(gym: Gym, stage: Stage) -> None:
    write_result(gym.own, Result(stage, "9.0.0", "<why>"))
    told = gym.state()
    assert f'data-stage="{stage.value}"' in told
    assert ": 9.0.0. <why>" in told


def test_a_result_that_cannot_be_read_is_told(gym: Gym) -> None:
    (gym.own / "result.json").write_text("{}")
    assert "cannot be read" in gym.state()


def test_a_station_that_is_no_service_only_checks(
    gym: Gym, package: Path, monkeypatch: pytest.MonkeyPatch, rules: Rules, clock: FakeClock
) -> None:
    sign(package, gym.key)
    gym.bring(package)
    gym.bring(Path(f"{package}.sig"))
    monkeypatch.setattr(staff, "runtime_directory", lambda: None)
    with contextlib.ExitStack() as stack:
        station = build(in_a_gym(gym.updates.parent, rules), stack, clock)
        panel = signed_in(at_the_panel(station))
        told = panel.get("/staff/updates/state").text
        assert "installed on the appliance only" in told
        assert "Its signature is right" in told
        assert "<button" not in told
        assert panel.post("/staff/updates/install", json={}).status_code == 409
    assert 'type="file"' not in panel.get("/staff/updates").text


def test_a_machine_without_dpkg_says_that_it_cannot_look(
    gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    gym.updates.mkdir()
    monkeypatch.setenv("PATH", "")
    assert "dpkg cannot be run" in gym.state()
