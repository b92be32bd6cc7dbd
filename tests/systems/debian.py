"""Makes a Debian of a release in a folder, from the archive that apt has on this machine."""

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
#: Begins a command whose mounts and processes end with it: nothing of this machine is still mounted
#: in a folder that is removed after a failure.
UNSHARED = (
    *("setpriv", "--pdeathsig=KILL"),
    *("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"),
)
#: How it is made, for the hash of what is in it.
SOURCE = Path(__file__).read_text()


def bootstrap(release: str, root: Path, packages: Iterable[str], *options: str) -> None:
    """Make a Debian in the folder `root`.

    Args:
        release: Its name, as ``bookworm``.
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
                *UNSHARED,
                *("mmdebstrap", "--mode=root", "--variant=minbase", f"--aptopt={reaching.name}"),
                *(f"--include={','.join(packages)}", *options),
                *(release, str(root), host.mirror()),
            ]
        )
