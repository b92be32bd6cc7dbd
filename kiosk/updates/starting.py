"""The start of a version that was just installed, and the way back to the one before."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from kiosk.core.errors import UpdateError
from kiosk.updates.programs import run, says_yes
from kiosk.updates.using import STATION

#: Seconds that a start may take, to the station's own word that it is ready: more than systemd
#: itself waits for it.
_START = 120

#: Seconds for which it must stay up after that.
_STAYS = 15

#: What is restarted with the station, if it runs: those that a newer version may have changed.
_BESIDE = (
    "matside-kiosk.service",
    "matside-kiosk-restart.path",
    "matside-screen.path",
    "matside-restart-station.path",
    "matside-restart-machine.path",
)

#: Waits for so many seconds.
Pause = Callable[[float], None]


def comes_up(pause: Pause) -> bool:
    """Start the station anew, twice if need be; whether it is ready, and stays so."""
    run("systemctl", "daemon-reload")
    return any(_starts(pause) for _ in range(2))


def is_up(pause: Pause) -> bool:
    """Whether the station is ready as it is, and stays so, without being started anew."""
    try:
        process = _process()
        pause(_STAYS)
        is_ready = says_yes("systemctl", "--quiet", "is-active", STATION)
        return is_ready and process == _process() != "0"
    except UpdateError:
        return False


def _starts(pause: Pause) -> bool:
    try:
        run("systemctl", "restart", STATION, seconds=_START)
        process = _process()
        pause(_STAYS)
        return process == _process() != "0"
    except UpdateError:
        return False


def _process() -> str:
    """The id of the station's process, "0" while there is none."""
    return run("systemctl", "show", "--property=MainPID", "--value", STATION).strip()


def restart_beside() -> None:
    """Have the browser and the units that wait for files take up what is new."""
    with contextlib.suppress(UpdateError):  # each comes up by itself at the next boot
        run("systemctl", "try-restart", *_BESIDE)


def fall_back(here: Path, before: str) -> bool:
    """Go back to the virtual environment from before; whether the station comes up on it.

    Args:
        here: The folder with the virtual environments.
        before: The name of the one from before.
    """
    with contextlib.suppress(UpdateError):
        run("systemctl", "stop", STATION)
    link = here / "env.back"
    link.unlink(missing_ok=True)
    link.symlink_to(before)
    link.replace(here / "env")
    _take_back_sessions(here)
    try:
        run("systemctl", "restart", STATION, seconds=_START)
    except UpdateError:
        return False
    return True


def _take_back_sessions(here: Path) -> None:
    """Have the version from before take up the database that it can read, as the station's user.

    If that fails, the station says by itself that it cannot save.
    """
    command = (str(here / "env" / "bin" / "matside"), "sessions", "take-back")
    user = ("setpriv", "--reuid=matside", "--regid=matside", "--clear-groups", "--inh-caps=-all")
    with contextlib.suppress(UpdateError):
        run(*user, *command, environment={"STATE_DIRECTORY": "/var/lib/matside"})
