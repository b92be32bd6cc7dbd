"""A version on trial: installed, and not yet known to start. Root keeps it until that is known.

So a power cut between installation and start does not leave a version alone that does not start:
at the next boot the watch goes on (`matside-watch-update.service`).
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.core.errors import UpdateError
from kiosk.whole_file import write_whole

_FILE = "trial.json"


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be watched.

    Attributes:
        version: The version that is, or is to be, installed.
        before: The name of the virtual environment from before, "" if there was none.
        has_failed: It did not start, and is being taken back.
    """

    version: str
    before: str
    has_failed: bool = False


def keep_trial(folder: Path, trial: Trial) -> None:
    """Keep it on the disk, before anything is changed.

    Raises:
        UpdateError: It cannot be written.
    """
    try:
        write_whole(folder / _FILE, json.dumps(asdict(trial)).encode())
    except OSError as cause:
        raise UpdateError(f"{folder / _FILE}: cannot be written: {cause}") from cause


def read_trial(folder: Path) -> Trial | None:
    """The version that is on trial, None if there is none.

    Raises:
        UpdateError: What is written there cannot be read.
    """
    try:
        told = json.loads((folder / _FILE).read_bytes())
        # The name becomes part of a path, so it has to be that of an environment.
        before = Path(str(told["before"])).name
        trial = Trial(str(told["version"]), before, bool(told["has_failed"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise UpdateError(f"{folder / _FILE}: cannot be read: {cause}") from cause
    return trial


def end_trial(folder: Path) -> None:
    """Nothing is on trial any more."""
    (folder / _FILE).unlink(missing_ok=True)
