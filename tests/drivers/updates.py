"""An appliance in a folder: root's programs are stand-ins, the signatures are real ones."""

import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.updates.checking import NAMESPACE, SIGNER
from kiosk.updates.installer import Locations

#: The version that is installed, and its virtual environment.
INSTALLED, BEFORE = "0.1.0", "env-before-3.11"

#: Everything that a stand-in is asked goes into a file `asked`, a line each.
_ASKED = 'echo "$(basename "$0") $*" >>"{box}/asked"\n'

_DPKG = """case $1 in
    --configure) exit 0 ;;
    --print-architecture) echo arm64 ;;
    *) exec /usr/bin/dpkg "$@" ;;
esac
"""

_QUERY = 'cat "{box}/installed"\n'

#: Installs as postinst does: another environment, with the link to it.
_APT = """case "$*" in *--simulate*)
    if [ -e "{box}/misses" ]; then echo "E: held broken packages" >&2; exit 100; fi
    if [ -e "{box}/needs" ]; then cat "{box}/needs"; fi
    echo "Inst matside [0.1.0] (0.2.0 local-deb [arm64])"
    echo "Conf matside (0.2.0 local-deb [arm64])"
    exit 0
esac
echo "update=$MATSIDE_UPDATE" >>"{box}/asked"
if [ -e "{box}/apt-fails" ]; then echo "E: no wheels for this Python" >&2; exit 100; fi
mkdir -p "{box}/here/env-after-3.11/bin"
ln -sfn env-after-3.11 "{box}/here/env"
if [ -e "{box}/session-begins" ]; then echo running >"{box}/status"; fi
"""

#: Starts what the link leads to, unless that is said to be broken. A start makes another process.
_SYSTEMCTL = """environment=$(basename "$(readlink "{box}/here/env")")
case "$*" in
    *is-active*) [ -e "{box}/up" ] ;;
    restart*)
        rm -f "{box}/up"
        if [ -e "{box}/broken-$environment" ]; then echo "Job failed." >&2; exit 1; fi
        echo "$environment" >"{box}/up"
        echo started >>"{box}/starts"
        ;;
    stop*) rm -f "{box}/up" ;;
    show*)
        if [ -e "{box}/dies-$environment" ]; then echo started >>"{box}/starts"; fi
        if [ -e "{box}/up" ]; then wc -l <"{box}/starts"; else echo 0; fi
        ;;
esac
"""


class Appliance:
    """What is installed, what lies in the folder for updates, and what root has been asked for."""

    def __init__(self, box: Path) -> None:
        self.box = box
        self.places = Locations(
            folder=box / "state" / "updates",
            signers=box / "etc" / "signers",
            own=box / "own",
            here=box / "here",
            runtime=box / "run",
            mounts=box / "mounts",
        )
        for folder in (self.places.folder, box / "etc", box / "own", box / "run", box / "bin"):
            folder.mkdir(parents=True)
        (box / "here" / BEFORE / "bin").mkdir(parents=True)
        (box / "here" / "env").symlink_to(BEFORE)
        (box / "mounts").write_text("/dev/root / ext4 rw 0 0\n")
        (box / "installed").write_text(f"installed {INSTALLED}")
        stand_ins = {"dpkg": _DPKG, "dpkg-query": _QUERY, "apt-get": _APT, "systemctl": _SYSTEMCTL}
        for name, does in {**stand_ins, "setpriv": ""}.items():
            script = box / "bin" / name
            script.write_text(("#!/bin/sh\nset -eu\n" + _ASKED + does).replace("{box}", str(box)))
            script.chmod(0o755)
        self.path = f"{box / 'bin'}:{os.environ['PATH']}"
        self.key = make_key(box / "key")
        trust(self.places.signers, self.key)

    def note(self, name: str, text: str = "") -> None:
        """Put down a note by which a stand-in knows what is so."""
        (self.box / name).write_text(text)

    def asked(self) -> list[str]:
        """What the stand-ins were asked, but for questions that change nothing."""
        file = self.box / "asked"
        lines = file.read_text().splitlines() if file.exists() else []
        quiet = (
            *("dpkg --print", "dpkg --compare", "dpkg-query", "systemctl --quiet is-active"),
            "apt-get --quiet=2 --option DPkg::Lock::Timeout=60 --simulate",
        )
        return [line for line in lines if not line.startswith((*quiet, "systemctl show"))]

    @property
    def environment(self) -> str:
        """The virtual environment that the link leads to."""
        return str((self.places.here / "env").readlink())


def make_key(file: Path) -> Path:
    """A key that signs."""
    make = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(file))
    subprocess.run(make, check=True)
    return file


def trust(signers: Path, key: Path) -> None:
    """Have updates that `key` has signed installed."""
    public = key.with_suffix(".pub").read_text().strip()
    signers.write_text(f'{SIGNER} namespaces="{NAMESPACE}" {public}\n')


def sign(package: Path, key: Path, namespace: str = NAMESPACE) -> None:
    """Sign a package, as staff do it."""
    package.with_name(f"{package.name}.sig").unlink(missing_ok=True)
    make = ("ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", namespace, str(package))
    subprocess.run(make, check=True, capture_output=True)


def make_package(
    folder: Path, version: str = "0.2.0", name: str = "matside", architecture: str = "arm64"
) -> Path:
    """A Debian package with nothing in it."""
    tree = folder / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN" / "control").write_text(
        f"Package: {name}\nVersion: {version}\nArchitecture: {architecture}\n"
        "Maintainer: Nobody <nobody@localhost>\nDescription: nothing\n"
    )
    package = folder / f"matside_{version}_arm64.deb"
    build = ("dpkg-deb", "--root-owner-group", "--build", str(tree), str(package))
    subprocess.run(build, check=True, capture_output=True)
    shutil.rmtree(tree)
    return package


@contextmanager
def answering(appliance: Appliance) -> Iterator[None]:
    """A station that is up, and tells the status that is in the file `status`."""
    status = appliance.box / "status"

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"status": status.read_text().strip()}).encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        appliance.note("up", BEFORE)
        appliance.note("status", "attract")
        (appliance.places.runtime / "address").write_text(
            f"http://127.0.0.1:{server.server_address[1]}\n"
        )
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
