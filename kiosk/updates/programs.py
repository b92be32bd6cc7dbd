"""Programs of the system, run with a bound on their time and without a shell."""

import os
import subprocess
from pathlib import Path

from kiosk.core.errors import UpdateError

#: Seconds that a program may take, unless the caller says more.
SECONDS = 60


def run(
    *command: str,
    seconds: float = SECONDS,
    reads: Path | None = None,
    environment: dict[str, str] | None = None,
) -> str:
    """Run a program, and return what it says.

    Args:
        command: The program and its arguments.
        seconds: After so many it is ended.
        reads: The file that it reads as its input; None for no input.
        environment: Variables that it is given beside those of this process.

    Raises:
        UpdateError: It is not there, takes too long or fails; the text has its last line.
    """
    done = _done(command, seconds, reads, environment)
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        last = said[-1] if said else f"exit status {done.returncode}"
        raise UpdateError(f"{command[0]} has failed: {last}")
    return done.stdout


def says_yes(*command: str) -> bool:
    """Whether a program that answers by its exit status says yes.

    Raises:
        UpdateError: It is not there, or takes too long.
    """
    return _done(command, SECONDS, None, None).returncode == 0


def _done(
    command: tuple[str, ...],
    seconds: float,
    reads: Path | None,
    environment: dict[str, str] | None,
) -> subprocess.CompletedProcess[str]:
    try:
        with Path(reads or os.devnull).open("rb") as given:
            return subprocess.run(  # noqa: S603 - without a shell; all commands are our own
                command,
                stdin=given,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
                timeout=seconds,
                env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
            )
    except subprocess.TimeoutExpired as cause:
        raise UpdateError(f"{command[0]} has taken more than {seconds:.0f} s.") from cause
    except OSError as cause:
        raise UpdateError(f"{command[0]} cannot be run: {cause.strerror or cause}.") from cause
