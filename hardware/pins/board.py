"""Whether this machine is a Raspberry Pi."""

from pathlib import Path

#: Where a board says what it is. The first is the one that a hardened service can still see.
_MODELS = (
    Path("/sys/firmware/devicetree/base/model"),
    Path("/proc/device-tree/model"),
    Path("/proc/cpuinfo"),
)


def on_raspberry_pi(models: tuple[Path, ...] = _MODELS) -> bool:
    """Whether this machine says that it is a Raspberry Pi, in its device tree or in cpuinfo.

    Args:
        models: The files in which it may say so; one that cannot be read says nothing.
    """
    return any(b"Raspberry Pi" in _read(path) for path in models)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # a PC has no device tree, and cpuinfo can be hidden from a service
