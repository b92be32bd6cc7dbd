"""The power is cut in the middle of an update: the watch over it goes on at the next boot."""

import itertools
import json
import shutil
from pathlib import Path

import pytest

from kiosk.core.errors import UpdateError
from kiosk.updates import installer, programs, starting
from kiosk.updates.installer import go_on, install
from kiosk.updates.result import Result, Stage, read_result
from kiosk.updates.trial import Trial, keep_trial, read_trial
from tests.drivers.updates import BEFORE, Appliance, make_package, sign

pytestmark = pytest.mark.skipif(
    not (shutil.which("ssh-keygen") and shutil.which("dpkg-deb")),
    reason="no ssh-keygen, or no dpkg-deb: apt-get install openssh-client dpkg",
)

AFTER = "env-after-3.11"


class PowerCutError(BaseException):
    """The power is cut: nothing of the program goes on, not even what cleans up."""


def no_pause(_seconds: float) -> None:
    """Nothing has to be waited for."""


def cut(*_: object) -> None:
    raise PowerCutError


@pytest.fixture
def cut_off(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> Appliance:
    """An appliance that has been installed anew, without the first start of that version."""
    sign(make_package(appliance.places.folder, "0.2.0"), appliance.key)
    with monkeypatch.context() as patch:
        patch.setattr(installer, "comes_up", cut)
        with pytest.raises(PowerCutError):
            install(appliance.places, no_pause)
    assert appliance.environment == AFTER
    assert read_trial(appliance.places.own) == Trial("0.2.0", BEFORE)
    (appliance.box / "asked").unlink()
    return appliance


def boot(appliance: Appliance) -> Result:
    """What the watch finds at the boot; systemd has started what the link leads to, if it can."""
    up = appliance.box / "up"
    up.unlink(missing_ok=True)
    if not (appliance.box / f"broken-{appliance.environment}").exists():
        up.write_text(appliance.environment)
        (appliance.box / "starts").write_text("started\n")
    result = go_on(appliance.places, no_pause)
    assert result is not None
    assert read_result(appliance.places.own) == result
    assert sorted(path.name for path in appliance.places.own.iterdir()) == ["result.json"]
    return result


def restarts(appliance: Appliance) -> int:
    return appliance.asked().count("systemctl restart matside.service")


def test_a_version_that_has_started_at_the_boot_is_not_started_again(cut_off: Appliance) -> None:
    assert boot(cut_off) == Result(Stage.DONE, "0.2.0")
    assert restarts(cut_off) == 0
    assert cut_off.environment == AFTER


@pytest.mark.parametrize("fault", ["broken", "dies"])
def test_a_version_that_does_not_start_at_the_boot_is_taken_back(
    cut_off: Appliance, fault: str
) -> None:
    cut_off.note(f"{fault}-{AFTER}")
    result = boot(cut_off)
    assert (result.stage, result.version) == (Stage.FELL_BACK, "0.2.0")
    assert cut_off.environment == BEFORE
    assert (cut_off.box / "up").read_text().strip() == BEFORE
    assert [line for line in cut_off.asked() if line.startswith("setpriv")]


def test_power_that_is_cut_while_it_is_taken_back_has_the_rest_done_at_the_next_boot(
    cut_off: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off.note(f"broken-{AFTER}")
    with monkeypatch.context() as patch:
        patch.setattr(starting, "_take_back_sessions", cut)
        with pytest.raises(PowerCutError):
            boot(cut_off)
    assert cut_off.environment == BEFORE
    assert boot(cut_off).stage is Stage.FELL_BACK
    assert [line for line in cut_off.asked() if line.startswith("setpriv")]


def test_what_was_cut_off_before_it_was_installed_has_failed(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(make_package(appliance.places.folder, "0.2.0"), appliance.key)
    real = programs.run

    def run(*command: str, **options: object) -> str:
        if "--yes" in command:
            raise PowerCutError
        return real(*command, **options)  # type: ignore[arg-type] # passed on as they are

    with monkeypatch.context() as patch:
        patch.setattr(installer, "run", run)
        with pytest.raises(PowerCutError):
            install(appliance.places, no_pause)
    result = boot(appliance)
    assert (result.stage, result.version) == (Stage.FAILED, "0.2.0")
    assert "Try again" in result.text
    assert appliance.environment == BEFORE
    assert restarts(appliance) == 0


def test_what_dpkg_has_unpacked_is_configured_first(cut_off: Appliance) -> None:
    boot(cut_off)
    assert cut_off.asked()[0] == "dpkg --configure --pending"


def test_a_session_that_was_resumed_after_the_boot_is_waited_for(cut_off: Appliance) -> None:
    cut_off.note(f"dies-{AFTER}")
    cut_off.note("status", "running")
    waited = itertools.count(1)

    def pause(seconds: float) -> None:
        if seconds == 1:
            assert restarts(cut_off) == 0
            if next(waited) == 3:
                cut_off.note("status", "attract")

    (cut_off.box / "up").write_text(AFTER)
    result = go_on(cut_off.places, pause)
    assert result is not None
    assert result.stage is Stage.FELL_BACK
    assert next(waited) == 4


def test_the_next_update_ends_the_trial_of_the_one_before_first(cut_off: Appliance) -> None:
    cut_off.note(f"broken-{AFTER}")
    (cut_off.box / "up").unlink()
    install(cut_off.places, no_pause)
    asked = cut_off.asked()
    back = next(i for i, line in enumerate(asked) if line.startswith("setpriv"))
    assert back < next(i for i, line in enumerate(asked) if "--yes install" in line)


def test_without_an_update_there_is_nothing_to_watch(appliance: Appliance) -> None:
    assert go_on(appliance.places, no_pause) is None
    assert appliance.asked() == []


def test_nothing_is_on_trial_after_an_update_that_went_well_or_was_refused(
    appliance: Appliance,
) -> None:
    assert install(appliance.places, no_pause).stage is Stage.REFUSED
    assert read_trial(appliance.places.own) is None
    sign(make_package(appliance.places.folder, "0.2.0"), appliance.key)
    assert install(appliance.places, no_pause).stage is Stage.DONE
    assert read_trial(appliance.places.own) is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": "1"}'])
def test_a_damaged_file_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "trial.json").write_text(content)
    with pytest.raises(UpdateError, match="cannot be read"):
        read_trial(tmp_path)


def test_an_environment_from_elsewhere_is_not_gone_back_to(tmp_path: Path) -> None:
    keep_trial(tmp_path, Trial("0.2.0", BEFORE))
    told = json.loads((tmp_path / "trial.json").read_text())
    (tmp_path / "trial.json").write_text(json.dumps(told | {"before": "../../tmp/env"}))
    assert read_trial(tmp_path) == Trial("0.2.0", "env")
