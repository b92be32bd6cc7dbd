"""What root does with a package that staff have brought: install it, refuse it, or take it back."""

import itertools
import os
import shutil
from pathlib import Path

import pytest

from kiosk.updates import naming, taking
from kiosk.updates.installer import install
from kiosk.updates.result import Result, Stage, read_result, write_result
from tests.drivers.updates import (
    BEFORE,
    INSTALLED,
    Appliance,
    make_key,
    make_package,
    sign,
    trust,
)

pytestmark = pytest.mark.skipif(
    not (shutil.which("ssh-keygen") and shutil.which("dpkg-deb")),
    reason="no ssh-keygen, or no dpkg-deb: apt-get install openssh-client dpkg",
)


def no_pause(_seconds: float) -> None:
    """Nothing has to be waited for."""


def bring(appliance: Appliance, version: str = "0.2.0", **others: str) -> Path:
    """Put a package with its signature into the folder."""
    package = make_package(appliance.places.folder, version, **others)
    sign(package, appliance.key)
    return package


def refusal(appliance: Appliance) -> str:
    """What an update is refused with, without anything having been changed."""
    result = install(appliance.places, no_pause)
    assert result.stage is Stage.REFUSED
    assert read_result(appliance.places.own) == result
    assert appliance.asked() == []
    assert appliance.environment == BEFORE
    assert sorted(path.name for path in appliance.places.own.iterdir()) == ["result.json"]
    return result.text


def test_a_signed_newer_package_is_installed_and_started(appliance: Appliance) -> None:
    bring(appliance)
    result = install(appliance.places, no_pause)
    assert result == Result(Stage.DONE, "0.2.0")
    assert read_result(appliance.places.own) == result
    assert appliance.environment == "env-after-3.11"
    assert (appliance.box / "up").read_text().strip() == "env-after-3.11"
    copy = appliance.places.own / "package.deb"
    asked = appliance.asked()
    assert asked[:3] == [
        "dpkg --configure --pending",
        f"apt-get --quiet=2 --option DPkg::Lock::Timeout=60 --yes install {copy}",
        "update=yes",
    ]
    assert asked[3:5] == ["systemctl daemon-reload", "systemctl restart matside.service"]
    assert not copy.exists()


def test_the_newest_of_several_is_taken(appliance: Appliance) -> None:
    for version in ("0.9.0", "0.10.0", "0.2.0"):
        bring(appliance, version)
    assert install(appliance.places, no_pause).version == "0.10.0"


def test_a_package_without_a_signature_is_refused(appliance: Appliance) -> None:
    make_package(appliance.places.folder)
    assert "is not signed" in refusal(appliance)


def test_a_package_that_somebody_else_has_signed_is_refused(appliance: Appliance) -> None:
    sign(make_package(appliance.places.folder), make_key(appliance.box / "other"))
    assert "nobody whose key" in refusal(appliance)


def test_a_signature_that_was_made_for_something_else_is_refused(appliance: Appliance) -> None:
    sign(make_package(appliance.places.folder), appliance.key, "file")
    assert "nobody whose key" in refusal(appliance)


def test_a_package_that_was_changed_after_it_was_signed_is_refused(appliance: Appliance) -> None:
    with bring(appliance).open("ab") as package:
        package.write(b"\0")
    assert "nobody whose key" in refusal(appliance)


def test_the_signature_of_another_package_is_refused(appliance: Appliance) -> None:
    one, other = bring(appliance, "0.2.0"), bring(appliance, "0.3.0")
    shutil.copy(f"{one}.sig", f"{other}.sig")
    assert "nobody whose key" in refusal(appliance)


def test_without_a_key_nothing_is_installed(appliance: Appliance) -> None:
    bring(appliance)
    appliance.places.signers.unlink()
    assert "there is no key" in refusal(appliance)


def test_a_key_that_was_taken_away_is_worth_nothing(appliance: Appliance) -> None:
    bring(appliance)
    trust(appliance.places.signers, make_key(appliance.box / "new"))
    assert "nobody whose key" in refusal(appliance)


@pytest.mark.parametrize("version", [INSTALLED, "0.0.9", "0.1.0~rc1"])
def test_a_package_that_is_not_newer_is_refused(appliance: Appliance, version: str) -> None:
    bring(appliance, version)
    assert "is not newer than 0.1.0" in refusal(appliance)


def test_an_installation_that_was_cut_off_may_be_repeated(appliance: Appliance) -> None:
    appliance.note("installed", "half-configured 0.2.0")
    bring(appliance)
    assert install(appliance.places, no_pause).stage is Stage.DONE


def test_a_package_for_another_machine_is_refused(appliance: Appliance) -> None:
    bring(appliance, architecture="amd64")
    assert "this machine is 'arm64'" in refusal(appliance)


def test_a_package_with_another_name_in_it_is_refused(appliance: Appliance) -> None:
    bring(appliance, name="openssh-server")
    assert "'openssh-server', not 'matside'" in refusal(appliance)


@pytest.mark.parametrize("plan", ["Inst cage (0.2 Debian [arm64])", "Remv chromium [130]"])
def test_a_package_for_which_the_system_must_change_is_refused(
    appliance: Appliance, plan: str
) -> None:
    bring(appliance)
    appliance.note("needs", f"{plan}\n")
    assert f"needs changes of the system: {plan.split()[1]}." in refusal(appliance)


def test_a_package_that_needs_what_is_not_installed_is_refused(appliance: Appliance) -> None:
    bring(appliance)
    appliance.note("misses")
    assert "needs what is not installed" in refusal(appliance)


def test_what_is_signed_but_no_package_is_refused(appliance: Appliance) -> None:
    package = appliance.places.folder / "matside_0.2.0_arm64.deb"
    package.write_bytes(b"hello")
    sign(package, appliance.key)
    assert "dpkg-deb has failed" in refusal(appliance)


@pytest.mark.parametrize("name", ["other_1_arm64.deb", "matside_1_amd64.deb", "matside_1.deb", "x"])
def test_files_by_other_names_are_not_looked_at(appliance: Appliance, name: str) -> None:
    (appliance.places.folder / name).write_bytes(b"")
    assert "there is no package" in refusal(appliance)


def test_a_link_in_place_of_the_package_is_not_followed(appliance: Appliance) -> None:
    package = bring(appliance)
    package.rename(appliance.box / "elsewhere.deb")
    package.symlink_to(appliance.box / "elsewhere.deb")
    assert "cannot be copied" in refusal(appliance)


def test_a_link_in_place_of_the_folder_is_not_followed(appliance: Appliance) -> None:
    bring(appliance)
    appliance.places.folder.rename(appliance.box / "elsewhere")
    appliance.places.folder.symlink_to(appliance.box / "elsewhere")
    assert "cannot be opened" in refusal(appliance)


def test_a_second_name_of_another_file_is_refused(appliance: Appliance) -> None:
    package = bring(appliance)
    os.link(package, appliance.box / "other-name.deb")
    assert "has other names too" in refusal(appliance)


def test_a_pipe_in_place_of_the_package_does_not_make_it_wait(appliance: Appliance) -> None:
    package = bring(appliance)
    package.unlink()
    os.mkfifo(package)
    assert "no plain file" in refusal(appliance)


def test_a_package_that_is_too_large_is_refused_before_it_is_read(appliance: Appliance) -> None:
    os.truncate(bring(appliance), naming.LARGEST_PACKAGE + 1)
    assert "are the most" in refusal(appliance)


def test_a_full_disk_is_told(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(appliance)
    monkeypatch.setattr(taking, "SPARE", 1 << 60)
    assert "MiB free; it needs" in refusal(appliance)


def test_a_package_that_changes_while_it_is_read_is_refused(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = bring(appliance)

    def sync(descriptor: int) -> None:
        os.fdatasync(descriptor)
        os.utime(package, ns=(1, next(times)))

    times = itertools.count(1)
    monkeypatch.setattr(os, "fsync", sync)
    assert "has changed while it was read" in refusal(appliance)


def test_what_is_installed_is_the_copy_that_was_checked(appliance: Appliance) -> None:
    package = bring(appliance)
    content = package.read_bytes()
    apt = appliance.box / "bin" / "apt-get"
    swap = f'echo swapped >"{package}"\nfor last; do :; done\ncp "$last" "{appliance.box}/got"\n'
    apt.write_text(apt.read_text() + swap)
    assert install(appliance.places, no_pause).stage is Stage.DONE
    assert package.read_text() == "swapped\n"
    assert (appliance.box / "got").read_bytes() == content


def test_nothing_is_installed_that_would_be_gone_after_a_boot(appliance: Appliance) -> None:
    bring(appliance)
    appliance.note("mounts", "/dev/root / ext4 ro 0 0\noverlayroot / overlay rw 0 0\n")
    assert "The card is protected" in refusal(appliance)


def test_nothing_is_installed_while_a_session_runs(appliance: Appliance) -> None:
    bring(appliance)
    appliance.note("status", "running")
    assert "A session is running" in refusal(appliance)


@pytest.mark.parametrize("address", ["http://192.168.7.9:80", "nonsense", "http://127.0.0.1:1"])
def test_a_station_that_does_not_answer_on_this_machine_counts_as_in_use(
    appliance: Appliance, address: str
) -> None:
    bring(appliance)
    (appliance.places.runtime / "address").write_text(address)
    assert "A session is running" in refusal(appliance)


def test_a_station_that_is_down_may_be_mended_by_an_update(appliance: Appliance) -> None:
    bring(appliance)
    (appliance.box / "up").unlink()
    assert install(appliance.places, no_pause).stage is Stage.DONE


def test_a_session_that_begins_meanwhile_is_waited_for(appliance: Appliance) -> None:
    bring(appliance)
    appliance.note("session-begins")
    waited = []

    def pause(seconds: float) -> None:
        if seconds == 1:
            result = read_result(appliance.places.own)
            assert result is not None
            waited.append(result.stage)
            assert "systemctl restart matside.service" not in appliance.asked()
            if len(waited) == 3:
                appliance.note("status", "attract")

    assert install(appliance.places, pause).stage is Stage.DONE
    assert waited == [Stage.WAITING] * 3


def test_an_installation_that_fails_is_told_and_restarts_nothing(appliance: Appliance) -> None:
    bring(appliance)
    appliance.note("apt-fails")
    result = install(appliance.places, no_pause)
    assert (result.stage, result.version) == (Stage.FAILED, "0.2.0")
    assert "no wheels for this Python" in result.text
    assert not [line for line in appliance.asked() if line.startswith("systemctl")]
    assert appliance.environment == BEFORE


@pytest.mark.parametrize("fault", ["broken", "dies"])
def test_a_version_that_does_not_start_twice_is_taken_back(
    appliance: Appliance, fault: str
) -> None:
    bring(appliance)
    appliance.note(f"{fault}-env-after-3.11")
    result = install(appliance.places, no_pause)
    assert (result.stage, result.version) == (Stage.FELL_BACK, "0.2.0")
    assert appliance.environment == BEFORE
    assert (appliance.box / "up").read_text().strip() == BEFORE
    asked = appliance.asked()
    restarts = [line for line in asked if line == "systemctl restart matside.service"]
    assert len(restarts) == 3
    (back,) = (line for line in asked if line.startswith("setpriv"))
    assert "--reuid=matside" in back
    assert back.endswith(f"{appliance.places.here}/env/bin/matside sessions take-back")
    assert asked.index("systemctl stop matside.service") < asked.index(back)


def test_two_versions_that_do_not_start_are_told(appliance: Appliance) -> None:
    bring(appliance)
    appliance.note("broken-env-after-3.11")
    appliance.note(f"broken-{BEFORE}")
    result = install(appliance.places, no_pause)
    assert result.text == "Neither it nor the version before it starts."


def test_without_a_version_before_there_is_no_way_back(appliance: Appliance) -> None:
    bring(appliance)
    shutil.rmtree(appliance.places.here / BEFORE)
    appliance.note("broken-env-after-3.11")
    result = install(appliance.places, no_pause)
    assert (result.stage, result.text[:17]) == (Stage.FAILED, "It does not start")


def test_an_update_that_a_power_cut_has_ended_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_result(tmp_path, Result(Stage.INSTALLING, "0.2.0"))
    assert read_result(tmp_path) == Result(Stage.INSTALLING, "0.2.0")
    monkeypatch.setattr("kiosk.updates.result._boot", lambda: "another")
    result = read_result(tmp_path)
    assert result is not None
    assert (result.stage, result.version) == (Stage.FAILED, "0.2.0")
