"""The file that has the staff PIN, hashed, in the data directory."""

from pathlib import Path

import msgspec

from kiosk.core.errors import StaffError
from kiosk.staff.pin import StoredPin
from kiosk.whole_file import write_whole

#: The file's name.
PIN_FILE = "staff-pin.json"

_MEND = "Choose a new one in a shell: sudo matside pin set."


class PinFile:
    """The file. It is read anew each time, so a PIN that another process sets counts at once.

    Args:
        directory: The data directory; it need not be there yet.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / PIN_FILE

    def read(self) -> StoredPin | None:
        """The PIN that is kept, None if none has been chosen.

        Raises:
            StaffError: The file cannot be read or is damaged. That is not the same as no PIN: then
                anybody at the panel could choose one.
        """
        try:
            content = self._path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as cause:
            raise StaffError(f"{self._path}: cannot be read: {cause.strerror}.") from cause
        try:
            return msgspec.json.decode(content, type=StoredPin)
        except msgspec.DecodeError as cause:
            raise StaffError(f"{self._path}: is damaged. {_MEND}") from cause

    def write(self, pin: StoredPin) -> None:
        """Keep `pin`, whole or not at all, for its owner alone.

        Raises:
            StaffError: It cannot be written.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, msgspec.json.encode(pin))
        except OSError as cause:
            raise StaffError(f"{self._path}: cannot be written: {cause.strerror}.") from cause

    def forget(self) -> bool:
        """Keep no PIN any more; says whether there was one.

        Raises:
            StaffError: The file cannot be removed.
        """
        try:
            self._path.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as cause:
            raise StaffError(f"{self._path}: cannot be removed: {cause.strerror}.") from cause
        return True
