"""How an update goes and went: root writes it into a file, and the station's pages read it."""

import json
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from kiosk.core.errors import UpdateError
from kiosk.whole_file import write_whole

#: Where root keeps the copy that it installs, and says how that went.
OWN = Path("/var/lib/matside-update")

_FILE = "result.json"
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Stage(Enum):
    """How far an update has come; the last four are ends."""

    CHECKING = "checking"
    INSTALLING = "installing"
    WAITING = "waiting"
    STARTING = "starting"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    FELL_BACK = "fell-back"


ENDS = frozenset({Stage.DONE, Stage.REFUSED, Stage.FAILED, Stage.FELL_BACK})


@dataclass(frozen=True, slots=True)
class Result:
    """How an update goes or went.

    Attributes:
        stage: How far it has come.
        version: Of which version, "" if that is not known.
        text: What there is to say about it.
    """

    stage: Stage
    version: str = ""
    text: str = ""


def write_result(folder: Path, result: Result) -> None:
    """Write how it goes, for everybody to read.

    Raises:
        UpdateError: It cannot be written.
    """
    told = {**asdict(result), "stage": result.stage.value, "boot": _boot()}
    try:
        write_whole(folder / _FILE, json.dumps(told).encode(), 0o644)
    except OSError as cause:
        raise UpdateError(f"{folder / _FILE}: cannot be written: {cause}") from cause


def read_result(folder: Path = OWN) -> Result | None:
    """How the last update goes or went; None if there was none.

    One that was not at its end when the machine was started anew has failed.

    Raises:
        UpdateError: What is written there cannot be read.
    """
    try:
        told = json.loads((folder / _FILE).read_bytes())
        found = Result(Stage(told["stage"]), str(told["version"]), str(told["text"]))
        is_of_now = told["boot"] == _boot()
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise UpdateError(f"{folder / _FILE}: cannot be read: {cause}") from cause
    if found.stage in ENDS or is_of_now:
        return found
    return Result(Stage.FAILED, found.version, "The machine was started anew meanwhile. Try again.")


def _boot() -> str:
    """What tells one start of the machine from another; "" if this is no Linux."""
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""
