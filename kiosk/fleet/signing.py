"""Signatures, by which a station knows that what it is sent is from its own gym.

They are those of OpenSSH (``ssh-keygen -Y``), with keys of the kind Ed25519.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from kiosk.core.errors import FleetError

#: What a signature is for; one that was made for anything else is worth nothing here.
_FOR = "matside-push"

#: A public key as it stands in a file of OpenSSH, without its comment.
PUBLIC_KEY = re.compile(r"ssh-ed25519 [A-Za-z0-9+/]{60,80}={0,2}")

#: Seconds that OpenSSH takes at most; it needs some hundredths of one.
_WITHIN = 20


def make_key(file: Path) -> str:
    """Make a key pair: the secret one in `file`, the public one beside it with ``.pub``.

    Returns:
        The public key, for the settings of the stations.

    Raises:
        FleetError: There is a file of that name, or it cannot be made.
    """
    if file.exists():
        raise FleetError(f"{file}: is there already. Nothing was changed.")
    _run("-q", "-t", "ed25519", "-N", "", "-C", "matside", "-f", str(file))
    return " ".join(file.with_name(f"{file.name}.pub").read_text().split()[:2])


def sign(content: bytes, key: Path) -> str:
    """The signature of `content` with the secret key in the file `key`.

    Raises:
        FleetError: There is no such key.
    """
    if not key.is_file():
        raise FleetError(f"{key}: there is no such key. Make one: matside fleet key {key}")
    return _run("-q", "-Y", "sign", "-f", str(key), "-n", _FOR, content=content).decode()


def is_signed(content: bytes, signature: str, public_key: str) -> bool:
    """Whether `signature` is one of `content` by the owner of `public_key`.

    Raises:
        FleetError: OpenSSH is missing.
    """
    if PUBLIC_KEY.fullmatch(public_key) is None:
        return False
    with tempfile.TemporaryDirectory(prefix="matside-") as name:
        signers, signed = Path(name, "signers"), Path(name, "signature")
        signers.write_text(f'gym namespaces="{_FOR}" {public_key}\n')
        signed.write_text(signature)
        what = ("-Y", "verify", "-f", str(signers), "-I", "gym", "-n", _FOR, "-s", str(signed))
        try:
            _run(*what, content=content)
        except _SaidNoError:
            return False
    return True


class _SaidNoError(FleetError):
    """OpenSSH has ended with an error."""


def _run(*arguments: str, content: bytes = b"") -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a command of our own
            ["ssh-keygen", *arguments],  # noqa: S607 - found by its name, like all of the system's
            input=content,
            capture_output=True,
            timeout=_WITHIN,
            check=True,
        )
    except subprocess.CalledProcessError as problem:
        told = problem.stderr.decode(errors="replace").strip()
        raise _SaidNoError(f"ssh-keygen: {told[:200]}") from problem
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise FleetError("ssh-keygen cannot be run: sudo apt install openssh-client") from problem
    return done.stdout
