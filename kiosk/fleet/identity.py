"""Who this station is in the fleet: an id of its own, made once and kept in the data directory.

A memory card that is copied into a second machine has the first one's file. So the file has a trace
of the machine too, and on another machine a new id is made.
"""

import hashlib
import logging
import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk.core.errors import StoreError
from kiosk.fleet.messages import NAME
from kiosk.whole_file import write_whole

_log = logging.getLogger(__name__)

#: The file in the data directory.
FILE = "station-id"

#: The serial number of a Raspberry Pi, from its device tree.
_SERIAL = "sys/firmware/devicetree/base/serial-number"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the station is.

    Attributes:
        station: Its id.
        machine: The trace of the machine that it runs on.
    """

    station: str
    machine: str


class _Kept(msgspec.Struct, frozen=True):
    """What is in the file."""

    station: str
    machine: str


def identity(directory: Path, named: str | None = None, root: Path = Path("/")) -> Identity:
    """Who the station with the data directory `directory` is; its id is made if it has none yet.

    Args:
        directory: The data directory.
        named: The id that the settings name, None if they name none.
        root: The machine's files are below it.

    Raises:
        StoreError: The file cannot be read or written.
    """
    machine = trace_of(root)
    if named is not None:
        return Identity(named, machine)
    path = directory / FILE
    try:
        kept = _read(path)
        if kept is not None and kept.machine == machine:
            return Identity(kept.station, machine)
        station = f"station-{secrets.token_hex(4)}"
        directory.mkdir(parents=True, exist_ok=True)
        write_whole(path, msgspec.json.encode(_Kept(station, machine)))
    except OSError as problem:
        raise StoreError(
            f"{path}: cannot be read or written: {problem.strerror or problem}. "
            f"Give this user the right to, or name an id with fleet.station."
        ) from problem
    if kept is not None:
        _log.warning(
            "this data was that of %s on another machine, for example because a memory card was "
            "copied. Here the station is %s. If the machine was exchanged and the other one is "
            'gone, set fleet.station = "%s"',
            kept.station,
            station,
            kept.station,
        )
    return Identity(station, machine)


def trace_of(root: Path = Path("/")) -> str:
    """A trace of this machine: of its serial number, else of its network cards, else of its system.

    It is a digest, so that no serial number or address is told to anybody.
    """
    cards = sorted((root / "sys/class/net").glob("*"))
    # A card with a folder "device" is a piece of hardware; bridges and the like come and go.
    hardware = [card / "address" for card in cards if (card / "device").exists()]
    for files in ([root / _SERIAL], hardware, [root / "etc/machine-id"]):
        found = b"".join(map(_content, files)).strip(b"\0\n ")
        if found:
            return hashlib.sha256(b"matside" + found).hexdigest()[:12]
    return "unknown"


def _read(path: Path) -> _Kept | None:
    """What is in the file; None if it is not there, or something else is in it."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        _log.warning("%s: cannot be understood; the station gets a new id", path)
        return None
    return kept if NAME.fullmatch(kept.station) else None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # not every machine has this file
