"""Whether a package may be installed: who has signed it, what it is, and whether it is newer.

A signature is one of OpenSSH (``ssh-keygen -Y sign``): Bookworm and Trixie have it by the same name
and with the same options, while Bookworm's apt comes with gpgv and Trixie's with sqv instead.
"""

from dataclasses import dataclass
from pathlib import Path

from kiosk.core.errors import UpdateError
from kiosk.updates.naming import SIGNATURE, architecture_here, is_newer
from kiosk.updates.programs import run

#: Whose updates are installed. The station itself must not be able to write there, so it is not in
#: the folder of the settings.
SIGNERS = Path("/etc/matside-update/signers")

#: Who signs, as the file of the signers calls them, and what for: a signature that the same key
#: has made for anything else is worth nothing here.
SIGNER = "matside"
NAMESPACE = "matside-update"


@dataclass(frozen=True, slots=True)
class Fields:
    """What a package says of itself."""

    name: str
    version: str
    architecture: str


def check_signature(package: Path, signers: Path = SIGNERS) -> None:
    """Hold that one of the signers has signed this very package.

    Args:
        package: The package; its signature lies beside it.
        signers: Public keys, in the format of OpenSSH's "allowed signers".

    Raises:
        UpdateError: Nobody has, or nobody may.
    """
    if not signers.is_file():
        raise UpdateError(
            f"{signers}: there is no key, so nobody may sign updates. docs/setup.md says how to "
            f"put one there."
        )
    signature = package.with_name(package.name + SIGNATURE)
    if not signature.is_file():
        raise UpdateError(f"{package.name} is not signed: {signature.name} is missing.")
    verify = ("ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", SIGNER, "-n", NAMESPACE)
    try:
        run(*verify, "-s", str(signature), reads=package)
    except UpdateError as cause:
        raise UpdateError(
            f"{package.name}: nobody whose key is in {signers} has signed it. {cause}"
        ) from cause


def read_fields(package: Path) -> Fields:
    """What a package says of itself.

    Raises:
        UpdateError: It is no Debian package.
    """
    told = run("dpkg-deb", "--field", str(package), "Package", "Version", "Architecture")
    by_name = dict(line.split(": ", 1) for line in told.splitlines() if ": " in line)
    return Fields(*(by_name.get(name, "") for name in ("Package", "Version", "Architecture")))


def check_fields(fields: Fields, installed: str) -> None:
    """Hold that a package is a newer Matside for this machine.

    Args:
        fields: What it says of itself.
        installed: The version that is installed, "" if any may follow.

    Raises:
        UpdateError: It is not.
    """
    if fields.name != "matside":
        raise UpdateError(f"The package is {fields.name!r}, not 'matside'.")
    if fields.architecture != (here := architecture_here()):
        raise UpdateError(f"The package is for {fields.architecture!r}; this machine is {here!r}.")
    if not is_newer(fields.version, installed):
        raise UpdateError(
            f"The package has version {fields.version}, which is not newer than {installed}."
        )
