import os
import time
from pathlib import Path

import pytest

from tests.systems import host


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("MATSIDE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def build(folder: Path) -> None:
    (folder / "root").mkdir()


def break_off(folder: Path) -> None:
    build(folder)
    raise host.SystemsError("no network")


def must_not_build(folder: Path) -> None:
    raise AssertionError(folder)


def test_what_is_in_the_cache_is_built_once(cache: Path) -> None:
    first = host.ensure("tests", "1", build)
    assert first == cache / "tests-1"
    assert [path.name for path in first.iterdir()] == ["root"]
    assert host.ensure("tests", "1", must_not_build) == first


def test_a_build_that_breaks_off_leaves_nothing(cache: Path) -> None:
    with pytest.raises(host.SystemsError):
        host.ensure("tests", "1", break_off)
    assert list(cache.iterdir()) == []


def test_what_another_run_built_meanwhile_is_taken(cache: Path) -> None:
    def build_twice(folder: Path) -> None:
        host.ensure("tests", "1", build)
        build(folder)

    assert host.ensure("tests", "1", build_twice) == cache / "tests-1"


def test_what_was_not_used_for_long_is_removed_if_it_is_of_the_same_kind(cache: Path) -> None:
    names = ("tests-old", "tests-recent", "other-old", "building-old")
    for name in names:
        (cache / name).mkdir(parents=True)
    long_ago = time.time() - host.UNUSED_SECONDS - 60
    for name in names:
        if name.endswith("old"):
            os.utime(cache / name, (long_ago, long_ago))
    host.ensure("tests", "new", build)
    assert {path.name for path in cache.iterdir()} == {"tests-new", "tests-recent", "other-old"}


def test_what_is_used_is_kept(cache: Path) -> None:
    folder = host.ensure("tests", "1", build)
    os.utime(folder, (0, 0))
    host.ensure("tests", "1", must_not_build)
    host.ensure("tests", "2", build)
    assert {path.name for path in cache.iterdir()} == {"tests-1", "tests-2"}


def test_of_what_apt_is_told_only_how_to_reach_its_archives_goes_on() -> None:
    kept = [
        'Acquire::http::Proxy "http://proxy:3142";',
        'Acquire::https::Proxy::one.host "DIRECT";',
        'Acquire::Check-Valid-Until "false";',
    ]
    dropped = ['Acquire::http::User-Agent "x";', 'Acquire::Languages "none";', 'APT "";']
    lines = [*kept, *dropped]
    assert [line for line in lines if host.REACHING.match(line)] == kept


def test_a_mirror_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBIAN_MIRROR", "http://mirror/debian")
    assert host.mirror() == "http://mirror/debian"


def test_a_command_that_fails_is_told_with_what_it_said() -> None:
    with pytest.raises(host.SystemsError, match=r"this failed: sh -c .*\n.*no such thing"):
        host.call(["sh", "-c", "echo no such thing >&2; exit 3"])
