"""A link tells the newer version that would be installed, and checks packages only if it must."""

from pathlib import Path

import pytest

from kiosk.updates.checking import check_signature
from kiosk.updates.ready import ReadyUpdate
from kiosk.updates.station import Updates
from tests.drivers.updates import INSTALLED, Appliance, make_package, sign, trust


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The packages whose signature has been checked, in order."""
    seen: list[str] = []

    def check(package: Path, signers: Path) -> None:
        seen.append(package.name)
        check_signature(package, signers)

    monkeypatch.setattr("kiosk.updates.station.check_signature", check)
    return seen


@pytest.fixture
def ready(appliance: Appliance) -> ReadyUpdate:
    places = appliance.places
    updates = Updates(appliance.box / "state", None, INSTALLED, places.signers, places.own)
    return ReadyUpdate(updates, places.signers)


def test_nothing_is_told_of_an_empty_folder_nor_of_none(
    appliance: Appliance, ready: ReadyUpdate
) -> None:
    assert ready.version() is None
    appliance.places.folder.rmdir()
    assert ready.version() is None


def test_a_signed_package_is_told_and_checked_once(
    appliance: Appliance, ready: ReadyUpdate, checked: list[str]
) -> None:
    sign(make_package(appliance.places.folder), appliance.key)
    assert [ready.version() for _ in range(3)] == ["0.2.0"] * 3
    assert checked == ["matside_0.2.0_arm64.deb"]


def test_a_package_that_is_brought_later_or_taken_away_is_noticed(
    appliance: Appliance, ready: ReadyUpdate
) -> None:
    assert ready.version() is None
    sign(package := make_package(appliance.places.folder), appliance.key)
    assert ready.version() == "0.2.0"
    package.unlink()
    assert ready.version() is None


def test_a_package_that_would_not_be_installed_is_not_told_until_it_would(
    appliance: Appliance, ready: ReadyUpdate
) -> None:
    trusted = appliance.places.signers
    make_package(appliance.places.folder)
    assert ready.version() is None
    trusted.unlink()
    sign(appliance.places.folder / "matside_0.2.0_arm64.deb", appliance.key)
    assert ready.version() is None
    trust(trusted, appliance.key)
    assert ready.version() == "0.2.0"


def test_an_older_package_and_the_one_that_runs_are_not_told(
    appliance: Appliance, ready: ReadyUpdate
) -> None:
    for version in (INSTALLED, "0.0.9"):
        sign(make_package(appliance.places.folder, version), appliance.key)
        assert ready.version() is None


def test_where_packages_cannot_be_looked_at_nothing_is_told(
    appliance: Appliance, ready: ReadyUpdate
) -> None:
    sign(make_package(appliance.places.folder), appliance.key)
    for program in ("dpkg", "dpkg-query"):
        (appliance.box / "bin" / program).write_text("#!/bin/sh\nexit 1\n")
    assert ready.version() is None
