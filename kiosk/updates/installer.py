"""What root does when staff have asked for an update. It trusts nothing that the station says.

It takes the newest package out of the folder that the station may write to, checks its own copy,
and installs that. The station is started anew only while nobody uses it.
"""

import contextlib
import fcntl
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.core.errors import UpdateError
from kiosk.updates.checking import SIGNERS, Fields, check_fields, check_signature, read_fields
from kiosk.updates.naming import SIGNATURE, architecture_here, largest, names_in, newest
from kiosk.updates.programs import run
from kiosk.updates.result import OWN, Result, Stage, write_result
from kiosk.updates.starting import Pause, comes_up, fall_back, is_up, restart_beside
from kiosk.updates.taking import opened_folder, take
from kiosk.updates.trial import Trial, end_trial, keep_trial, read_trial
from kiosk.updates.using import is_in_use, refuse_if_in_use

#: Seconds that apt may take: on a slow card it makes a virtual environment for minutes.
_INSTALL = 1800

#: It waits for a minute if somebody else is installing something.
_APT = ("apt-get", "--quiet=2", "--option", "DPkg::Lock::Timeout=60")

#: Tells the scripts of the package that the station is not to be restarted by them.
_BY_UPDATE = {"DEBIAN_FRONTEND": "noninteractive", "MATSIDE_UPDATE": "yes"}

#: Writes down how far it has come: the stage, the version, and what there is to say.
_Tell = Callable[[Stage, str, str], None]


@dataclass(frozen=True, slots=True)
class Locations:
    """Where everything is.

    Attributes:
        folder: Where packages are brought; the station may write there.
        signers: Whose packages are installed.
        own: Root's own folder, for the copy and the result.
        here: Where Matside is installed, with its virtual environments.
        runtime: The station's runtime directory.
        mounts: The kernel's list of what is mounted.
    """

    folder: Path = Path("/var/lib/matside/updates")
    signers: Path = SIGNERS
    own: Path = OWN
    here: Path = Path("/usr/lib/matside")
    runtime: Path = Path("/run/matside")
    mounts: Path = Path("/proc/mounts")


def install(places: Locations, pause: Pause = time.sleep) -> Result:
    """Install the newest package that was brought, and return how it went.

    Raises:
        UpdateError: How it went cannot be written down.
    """
    go_on(places, pause)  # only one version is on trial at a time
    package = places.own / "package.deb"
    said, tell = _telling(places)
    try:
        tell(Stage.CHECKING, "", "")
        _check_lasts(places.mounts)
        fields = _checked(places, package)
        refuse_if_in_use(places.runtime)
    except UpdateError as problem:
        tell(Stage.REFUSED, "", str(problem))
    else:
        try:
            _install(places, package, fields, pause, tell)
        except UpdateError as problem:
            tell(Stage.FAILED, fields.version, str(problem))
    _clean(package)
    end_trial(places.own)
    return said[-1]


def go_on(places: Locations, pause: Pause = time.sleep) -> Result | None:
    """Go on with an update that was cut off, and return how it went; None if there was none.

    Raises:
        UpdateError: What is on trial cannot be read, or how it went cannot be written down.
    """
    trial = read_trial(places.own)
    if trial is None:
        return None
    said, tell = _telling(places)
    try:
        # What dpkg had unpacked, it may have yet to configure. If it cannot, then what is in force
        # is watched all the same.
        with contextlib.suppress(UpdateError):
            run("dpkg", "--configure", "--pending", seconds=_INSTALL, environment=_BY_UPDATE)
        if trial.has_failed:
            _take_back(places, trial, tell)
        elif _in_force(places.here) == trial.before:
            tell(Stage.FAILED, trial.version, "It was cut off before it was installed. Try again.")
        elif is_up(pause):
            tell(Stage.DONE, trial.version, "")
        else:
            _start(places, trial, pause, tell)
    except UpdateError as problem:
        tell(Stage.FAILED, trial.version, str(problem))
    _clean(places.own / "package.deb")
    end_trial(places.own)
    return said[-1]


def _telling(places: Locations) -> tuple[list[Result], _Tell]:
    """What has been told so far, the newest last, and what tells more and writes it down."""
    said: list[Result] = []

    def tell(stage: Stage, version: str, text: str) -> None:
        said.append(Result(stage, version, text))
        write_result(places.own, said[-1])

    return said, tell


def _in_force(here: Path) -> str:
    """The name of the virtual environment that is in force, "" if there is none."""
    link = here / "env"
    return str(link.readlink()) if link.is_symlink() else ""


def _check_lasts(mounts: Path) -> None:
    """Hold that what is installed is still there after the next boot.

    Raises:
        UpdateError: The card is protected: all that is written is kept in memory.
    """
    root = [line.split()[2] for line in mounts.read_text().splitlines() if line.split()[1] == "/"]
    if root and root[-1] == "overlay":
        raise UpdateError("The card is protected (overlay file system). Switch that off first.")


def _checked(places: Locations, package: Path) -> Fields:
    """Take the newest package out of the folder as `package`, and check it.

    Raises:
        UpdateError: There is none that may be installed.
    """
    signature = package.with_name(package.name + SIGNATURE)
    with opened_folder(places.folder) as folder:
        name = newest(names_in(folder), architecture_here())
        if name is None:
            raise UpdateError(f"{places.folder}: there is no package for this machine.")
        if name + SIGNATURE not in names_in(folder):
            raise UpdateError(f"{name} is not signed: {name}{SIGNATURE} is missing.")
        take(folder, name, package, largest(name))
        take(folder, name + SIGNATURE, signature, largest(name + SIGNATURE))
    check_signature(package, places.signers)
    fields = read_fields(package)
    check_fields(fields, _installed())
    _check_needs(package)
    return fields


def _check_needs(package: Path) -> None:
    """Hold that the package needs nothing of the system that is not there yet.

    So nothing has to be fetched, and apt changes nothing else.

    Raises:
        UpdateError: It does, or apt would have to remove something for it.
    """
    advice = "Install it with `sudo apt install`, which can fetch what it needs."
    try:
        planned = run(*_APT, "--simulate", "install", str(package)).splitlines()
    except UpdateError as cause:
        raise UpdateError(f"The package needs what is not installed. {advice} ({cause})") from cause
    steps = [line.split()[:2] for line in planned if line.startswith(("Inst ", "Remv "))]
    others = [name for step, name in steps if (step, name) != ("Inst", "matside")]
    if others:
        raise UpdateError(f"The package needs changes of the system: {', '.join(others)}. {advice}")


def _installed() -> str:
    """The version that is installed, "" if one was cut off and may be repeated."""
    told = run("dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Version}", "matside")
    status, _, version = told.partition(" ")
    return version if status == "installed" else ""


def _install(
    places: Locations,
    package: Path,
    fields: Fields,
    pause: Pause,
    tell: _Tell,
) -> None:
    trial = Trial(fields.version, _in_force(places.here))
    keep_trial(places.own, trial)
    tell(Stage.INSTALLING, trial.version, "")
    run("dpkg", "--configure", "--pending", seconds=_INSTALL, environment=_BY_UPDATE)
    run(*_APT, "--yes", "install", str(package), seconds=_INSTALL, environment=_BY_UPDATE)
    _start(places, trial, pause, tell)


def _start(places: Locations, trial: Trial, pause: Pause, tell: _Tell) -> None:
    """Start what was installed as soon as nobody uses the station, and take it back if it fails."""
    if is_in_use(places.runtime):
        tell(Stage.WAITING, trial.version, "A session is running. It starts when that is over.")
        while is_in_use(places.runtime):
            pause(1)
    tell(Stage.STARTING, trial.version, "")
    if comes_up(pause):
        restart_beside()
        tell(Stage.DONE, trial.version, "")
    elif not (places.here / trial.before / "bin").is_dir() or not trial.before:
        text = "It does not start, and there is no version before it."
        tell(Stage.FAILED, trial.version, text)
    else:
        _take_back(places, trial, tell)


def _take_back(places: Locations, trial: Trial, tell: _Tell) -> None:
    # If the power is cut from here on, the rest is done at the next boot.
    keep_trial(places.own, replace(trial, has_failed=True))
    if fall_back(places.here, trial.before):
        restart_beside()
        text = "It did not start twice, so the one before runs again."
        tell(Stage.FELL_BACK, trial.version, text)
    else:
        text = "Neither it nor the version before it starts."
        tell(Stage.FAILED, trial.version, text)


def _clean(package: Path) -> None:
    package.unlink(missing_ok=True)
    package.with_name(package.name + SIGNATURE).unlink(missing_ok=True)


def main() -> int:
    """Install with all things where they are on the appliance; 0 if the newer version runs.

    With the argument ``go-on`` it only goes on with what was cut off.
    """
    places = Locations()
    with (places.own / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one at a time; it is free once this process has ended
        result = go_on(places) if sys.argv[1:] == ["go-on"] else install(places)
    if result is None:
        return 0
    print(f"{result.stage.value} {result.version} {result.text}".strip())  # noqa: T201
    return 0 if result.stage is Stage.DONE else 1


if __name__ == "__main__":
    sys.exit(main())
