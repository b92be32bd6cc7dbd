"""What the station itself does about updates: takes in files, looks at them, and asks for root.

It has no rights to install anything. What it finds here is only told to staff; root checks it all
again.
"""

import contextlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.errors import UpdateError
from kiosk.updates.checking import SIGNERS, check_fields, check_signature, read_fields
from kiosk.updates.naming import (
    SIGNATURE,
    architecture_here,
    is_newer,
    largest,
    names_in,
    newest,
    version_in,
)
from kiosk.updates.result import ENDS, OWN, Result, Stage, read_result
from kiosk.updates.taking import check_room, opened_folder

_log = logging.getLogger(__name__)

#: The folder below the data directory into which packages are brought.
FOLDER = "updates"

#: The file by which root is asked; `matside-install-update.path` waits for it.
REQUEST = "install-update"

_UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Found:
    """The package that lies in the folder.

    Attributes:
        name: The name of its file.
        version: The version that its name tells.
        problem: Why it would not be installed; None if it would.
    """

    name: str
    version: str
    problem: str | None


class Updates:
    """Takes packages in, tells what lies there, and has root install it.

    Args:
        data: The station's data directory.
        runtime: The station's runtime directory, None where systemd does not run the station.
        running: The version that runs.
        signers: Whose packages are installed.
        own: Where root says how it went.
    """

    def __init__(
        self,
        data: Path,
        runtime: Path | None,
        running: str,
        signers: Path = SIGNERS,
        own: Path = OWN,
    ) -> None:
        self.folder = data / FOLDER
        self._runtime = runtime
        self._running = running
        self._signers = signers
        self._own = own
        self._lock = threading.Lock()
        self._coming: tuple[str, int] | None = None

    @property
    def can_install(self) -> bool:
        """Whether there is somebody to install anything: only where systemd runs the station."""
        return self._runtime is not None

    def found(self) -> Found | None:
        """The newest package that lies there for this machine, checked.

        None if there is none, or none that calls itself newer than the version that runs.

        Raises:
            UpdateError: It cannot be looked at, for example since this is no Debian.
        """
        if not self.folder.exists():
            return None
        with opened_folder(self.folder) as folder:
            name = newest(names_in(folder), architecture_here())
        if name is None or not is_newer(version_in(name), self._running):
            return None
        problem = None
        try:
            package = self.folder / name
            check_signature(package, self._signers)
            check_fields(read_fields(package), self._running)
            self._check_was_not_taken_back(version_in(name))
        except UpdateError as found:
            problem = str(found)
        return Found(name, version_in(name), problem)

    def _check_was_not_taken_back(self, version: str) -> None:
        """Hold that this version was not installed last and did not start: root refuses it then."""
        last = self.result()
        if last is not None and (last.stage, last.version) == (Stage.FELL_BACK, version):
            raise UpdateError("It did not start, and was taken back. Bring a higher version.")

    def result(self) -> Result | None:
        """How the last update goes or went.

        Raises:
            UpdateError: What root has written cannot be read.
        """
        return read_result(self._own)

    def ask(self) -> None:
        """Have root install what lies there.

        Raises:
            UpdateError: Nobody is there to do it, or an update is under way.
        """
        if self._runtime is None:
            raise UpdateError("Updates are installed on the appliance only, which systemd runs.")
        last = self.result()
        if last is not None and last.stage not in ENDS:
            raise UpdateError("An update is under way.")
        _log.warning("Staff have asked for an update.")
        try:
            (self._runtime / REQUEST).touch()
        except OSError as cause:
            raise UpdateError(f"It cannot be asked for: {cause}") from cause

    def begin(self, name: str, size: int) -> None:
        """Begin to take in a file. What else was being taken in is given up.

        Args:
            name: Its name, that of a package or a signature.
            size: Its bytes.

        Raises:
            UpdateError: It is not to be taken in.
        """
        most = largest(name)
        if not 0 < size <= most:
            raise UpdateError(f"{name}: has {size} bytes; 1 to {most} are right.")
        with self._lock, _told(self.folder):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            for left in self.folder.glob(f"*{_UNFINISHED}"):
                left.unlink()
            check_room(self.folder, size)
            self._unfinished(name).touch(mode=0o600)
            self._coming = name, size

    def add(self, name: str, offset: int, piece: bytes) -> bool:
        """Take in the next piece of the file; whether that was the last one.

        Raises:
            UpdateError: It does not follow what has come, or cannot be written.
        """
        with self._lock, _told(self.folder):
            if self._coming is None or self._coming[0] != name:
                raise UpdateError(f"{name} is not being taken in. Begin again.")
            unfinished, size = self._unfinished(name), self._coming[1]
            come = unfinished.stat().st_size
            if offset != come or come + len(piece) > size:
                raise UpdateError(f"{name}: {come} of {size} bytes have come. Begin again.")
            with unfinished.open("ab") as file:
                file.write(piece)
            if come + len(piece) < size:
                return False
            unfinished.replace(self.folder / name)
            self._coming = None
            self._remove_others(name)
        return True

    def _unfinished(self, name: str) -> Path:
        return self.folder / f"{name}{_UNFINISHED}"

    def _remove_others(self, name: str) -> None:
        """Take away the packages and signatures of which a whole `name` is none."""
        pair = {name, name.removesuffix(SIGNATURE), name + SIGNATURE}
        for other in self.folder.iterdir():
            with contextlib.suppress(UpdateError):
                if other.name not in pair and largest(other.name):
                    other.unlink()


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn errors of the disk into one that says where."""
    try:
        yield
    except OSError as cause:
        raise UpdateError(f"{folder}: cannot be written: {cause.strerror or cause}") from cause
