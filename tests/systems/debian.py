"""Makes a Debian of a release in a folder, from the archive that apt has on this machine."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.systems import host

#: The releases that Matside runs on, and the Python of each.
PYTHONS = {"bookworm": "3.11", "trixie": "3.13"}
#: Commands and files that a Debian is made with, and the Debian packages that have them.
NEEDS = {
    "/usr/share/keyrings/debian-archive-keyring.gpg": "debian-archive-keyring",
    "mmdebstrap": "mmdebstrap",
    "setpriv": "util-linux",
    "unshare": "util-linux",
}
UNSHARED = (
    *("setpriv", "--pdeathsig=KILL"),
    *("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"),
)
#: Commands and files that run programs for arm64 on another processor, and their packages.
EMULATOR_NEEDS = {
    "/usr/lib/binfmt.d/qemu-aarch64.conf": "qemu-user-static",
    "arch-test": "arch-test",
}
#: How it is made, for the hash of what is in it.
SOURCE = Path(__file__).read_text()


def needs(architecture: str) -> dict[str, str]:
    """What a Debian of ``amd64`` or ``arm64`` is made and run with on this machine."""
    emulated = architecture == "arm64" and os.uname().machine != "aarch64"
    return NEEDS | (EMULATOR_NEEDS if emulated else {})


def unshared(architecture: str) -> list[str]:
    """Give the beginning of a command that may run programs for ``amd64`` or ``arm64``.

    Its mounts and processes end with it, so that nothing of this machine is still mounted in a
    folder that is removed after a failure.
    """
    emulated = [str(host.TREE / "tests" / "systems" / "with-arm64")]
    return [*UNSHARED, *(emulated if architecture == "arm64" else [])]


def bootstrap(
    release: str, architecture: str, root: Path, packages: Iterable[str], *options: str
) -> None:
    """Make a Debian in the folder `root`.

    Args:
        release: Its name, as ``bookworm``.
        architecture: ``amd64`` or ``arm64``.
        root: Folder to make.
        packages: Debian packages beside the smallest set.
        options: Of mmdebstrap.

    Raises:
        SystemsError: It could not be made; the message has the end of the log.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as reaching:
        reaching.write(host.apt_options())
        reaching.flush()
        host.call(
            [
                *unshared(architecture),
                *("mmdebstrap", "--mode=root", "--variant=minbase", f"--aptopt={reaching.name}"),
                *(f"--architectures={architecture}", f"--include={','.join(packages)}", *options),
                *(release, str(root), host.mirror()),
            ]
        )
