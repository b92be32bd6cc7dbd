"""The names of packages, and which of those in a folder is the newest."""

import functools
import os
import re
from collections.abc import Iterable

from kiosk.core.errors import UpdateError
from kiosk.updates.programs import run, says_yes

#: The largest package, in bytes. With the wheels for one Python it has some 3 MB.
LARGEST_PACKAGE = 256 * 1024 * 1024

#: The largest signature, in bytes; those of OpenSSH have a few hundred.
LARGEST_SIGNATURE = 16 * 1024

#: What is added to the name of a package for that of its signature.
SIGNATURE = ".sig"

_NAME = re.compile(
    r"matside_(?P<version>[0-9][0-9A-Za-z.+~]{0,39})_(?P<architecture>[a-z0-9]{1,12})\.deb(\.sig)?"
)


def largest(name: str) -> int:
    """How many bytes the file of this name may have.

    Raises:
        UpdateError: It is neither the name of a package nor of a signature.
    """
    if _NAME.fullmatch(name) is None:
        raise UpdateError(
            f"{name!r} is not the name of an update. It is matside_VERSION_ARCHITECTURE.deb, and "
            f"with {SIGNATURE} after that for its signature."
        )
    return LARGEST_SIGNATURE if name.endswith(SIGNATURE) else LARGEST_PACKAGE


def version_in(name: str) -> str:
    """The version that the name of a package tells, or of a signature."""
    found = _NAME.fullmatch(name)
    return "" if found is None else found["version"]


def newest(names: Iterable[str], architecture: str) -> str | None:
    """The name of the newest package for machines of this architecture; None if there is none.

    A name is only a name: what is in the package is looked at later.

    Raises:
        UpdateError: Versions cannot be compared, since this is no Debian.
    """
    fitting = [
        name
        for name in names
        if (found := _NAME.fullmatch(name)) is not None
        and not name.endswith(SIGNATURE)
        and found["architecture"] == architecture
    ]
    return max(fitting, key=functools.cmp_to_key(_compare), default=None)


def is_newer(version: str, other: str) -> bool:
    """Whether Debian takes `version` for a newer one than `other`; "" is older than all."""
    return says_yes("dpkg", "--compare-versions", version, "gt", other)


def architecture_here() -> str:
    """The architecture of this machine in Debian's words, for example ``arm64``."""
    return run("dpkg", "--print-architecture").strip()


def _compare(one: str, other: str) -> int:
    versions = version_in(one), version_in(other)
    return is_newer(*versions) - is_newer(*reversed(versions))


def names_in(folder: int) -> list[str]:
    """The names in an open folder."""
    return os.listdir(folder)
