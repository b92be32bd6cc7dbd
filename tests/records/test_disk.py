"""Disks that are really full or read-only, under the real store and keeper."""

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.errors import StoreError
from kiosk.core.session import Status
from kiosk.records.keeper import RETRY_EVERY
from kiosk.records.store import FILE, Store, read_sessions
from tests.drivers.keeping import Gym

#: Bytes of the small disk: enough for the database and its write-ahead log to begin with.
SMALL = 320 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own; needs the right to mount one."""
    path = tmp_path / "disk"
    path.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs"]
    if os.geteuid() != 0 or subprocess.call(["mount", *options, path]) != 0:
        pytest.skip("no disk can be mounted here")
    try:
        yield path
    finally:
        subprocess.check_call(["umount", "--lazy", path])


def fill_up(disk: Path) -> Path:
    """Leave no byte free; the file that takes the room."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(512))
    return ballast


def sessions(gym: Gym) -> list[tuple[int, str | None]]:
    return [(record.number, record.ended) for record in reversed(read_sessions(gym.directory))]


def a_disk_that_fills_up(gym: Gym, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A session before, sessions during, and one after; full and free again in between."""
    mat = gym.switch_on()
    mat.press()
    mat.hold()
    mat.press_until("straighten")
    yield
    for _ in range(3):
        mat.press_until("stand-up")
        mat.press()
        mat.wait(40)
        mat.press()
        mat.press_until("straighten")
    assert mat.keeper.problem is not None
    yield
    mat.wait(RETRY_EVERY + 1)
    assert mat.keeper.problem is None
    ended = [(number, "finished") for number in (2, 3, 4)]
    assert sessions(gym) == [(1, "stopped"), *ended, (5, None)]
    assert gym.switch_on().status is Status.RESUME
    assert [record.levelname for record in caplog.records].count("ERROR") == 1
    yield


def test_a_disk_that_is_full_for_a_while_costs_nothing(
    disk: Path, gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    gym.directory = disk
    story = a_disk_that_fills_up(gym, caplog)
    next(story)
    ballast = fill_up(disk)
    next(story)
    ballast.unlink()
    next(story)


def test_a_file_that_may_not_grow_for_a_while_costs_nothing(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    """As a full disk does it to whoever may not mount one."""
    story = a_disk_that_fills_up(gym, caplog)
    next(story)
    largest = (gym.directory / f"{FILE}-wal").stat().st_size + 100
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
    try:
        next(story)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    next(story)


def test_a_full_disk_is_explained_at_the_start(disk: Path) -> None:
    fill_up(disk)
    with pytest.raises(StoreError, match="free some disk space"):
        Store(disk)


def test_a_station_whose_disk_is_full_from_the_start_saves_once_there_is_room(
    disk: Path, gym: Gym
) -> None:
    gym.directory = disk
    ballast = fill_up(disk)
    mat = gym.switch_on()
    assert mat.keeper.problem is not None
    mat.press()
    mat.hold()
    ballast.unlink()
    mat.wait(RETRY_EVERY + 1)
    assert sessions(gym) == [(1, "stopped")]


def test_a_station_on_a_disk_that_is_read_only_runs_and_saves_once_it_is_not(
    disk: Path, gym: Gym
) -> None:
    gym.directory = disk
    before = gym.switch_on()
    before.press_until("straighten")
    before.keeper.close()
    subprocess.check_call(["mount", "-o", "remount,ro", disk])
    try:
        assert sessions(gym) == [(1, None)]
        with pytest.raises(StoreError, match="cannot be used"):
            Store(disk)
        mat = gym.switch_on()
        assert (mat.status, mat.keeper.problem is None) == (Status.ATTRACT, False)
        mat.press()
        mat.hold()
    finally:
        subprocess.check_call(["mount", "-o", "remount,rw", disk])
    mat.wait(RETRY_EVERY + 1)
    assert sessions(gym) == [(1, "abandoned"), (2, "stopped")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_this_user_may_not_write_is_explained(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="Give this user the right"):
            Store(tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_a_damaged_database_that_cannot_be_set_aside_is_explained(
    disk: Path, gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    gym.directory = disk
    (disk / FILE).write_bytes(b"this is no database" * 200)
    subprocess.check_call(["mount", "-o", "remount,ro", disk])
    try:
        mat = gym.switch_on()
        assert "Read-only file system" in (mat.keeper.problem or "")
    finally:
        subprocess.check_call(["mount", "-o", "remount,rw", disk])
    mat.wait(RETRY_EVERY + 1)
    assert mat.keeper.problem is None
    assert "set aside as" in caplog.text
