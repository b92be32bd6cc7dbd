"""A folder with a Debian in it, built once by mmdebstrap, in which commands can be run.

Python's packages come from wheels that this machine's own pip fetches, so that nothing in the root
needs a network.
"""

import hashlib
import shlex
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.systems import debian, host

ENTER = host.TREE / "tests" / "systems" / "enter"
#: The root's own virtual environment, if it has one.
ENVIRONMENT = "/opt/python"
#: Minor versions of the glibc 2 that wheels may ask for: Trixie has 2.41.
GLIBC_MINORS = range(17, 42)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a root is made of.

    Attributes:
        kind: What it is for.
        release: Debian release, ``bookworm`` or ``trixie``.
        packages: Debian packages beside the smallest set.
        requirements: Python packages, as pip takes them, for a virtual environment of its own.
            Without any there is no environment.
        architecture: ``amd64`` or ``arm64``.
    """

    kind: str
    release: str
    packages: tuple[str, ...]
    requirements: tuple[str, ...] = ()
    architecture: str = "amd64"

    def key(self) -> str:
        """Hash of everything that decides what is in the root."""
        parts = [repr(self), Path(__file__).read_text(), debian.SOURCE]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Root:
    """A root that is built.

    Attributes:
        folder: Holds it as ``root``.
        architecture: Of its programs.
    """

    folder: Path
    architecture: str

    def run(self, command: list[str]) -> int:
        """Run a command in the folder ``/tree`` of the root; give its exit status.

        ``/tree`` is a copy of this tree. Whatever the command writes there or elsewhere is thrown
        away afterwards.
        """
        return subprocess.run(
            [
                *debian.unshared(self.architecture),
                *(str(ENTER), str(self.folder), str(host.TREE)),
                *("env", "--chdir=/tree", *command),
            ],
            stdin=subprocess.DEVNULL,
            check=False,
        ).returncode


def ensure_root(recipe: Recipe) -> Root:
    """Return the root of `recipe`, built first if there is none.

    Raises:
        SystemsError: A step of the build failed; the message has the end of its log.
    """
    host.install_needs(debian.needs(recipe.architecture))
    folder = host.ensure(
        f"root-{recipe.kind}-{recipe.release}",
        recipe.key(),
        lambda folder: _build(recipe, folder),
    )
    return Root(folder, recipe.architecture)


def _build(recipe: Recipe, folder: Path) -> None:
    (folder / "scratch").mkdir()
    hosts = "--customize-hook=echo '127.0.0.1 localhost' >\"$1/etc/hosts\""
    with tempfile.TemporaryDirectory(prefix="matside-root-") as scratch:
        hooks = environment(recipe, Path(scratch) / "wheels") if recipe.requirements else []
        made = (recipe.release, recipe.architecture, folder / "root", recipe.packages)
        debian.bootstrap(*made, hosts, *hooks)


def environment(recipe: Recipe, wheels: Path) -> list[str]:
    """Fetch wheels; give the steps that make the virtual environment of them in the root."""
    platforms = [f"--platform=manylinux_2_{minor}_x86_64" for minor in GLIBC_MINORS]
    target = [
        "--only-binary=:all:",
        f"--python-version={debian.PYTHONS[recipe.release]}",
        *platforms,
    ]
    host.call([*host.own_pip(), "download", "--dest", str(wheels), *target, *recipe.requirements])
    inside = f"/opt/{wheels.name}"
    install = [
        *(f"{ENVIRONMENT}/bin/python", "-m", "pip", "--isolated", "install", "--quiet"),
        *("--disable-pip-version-check", "--no-cache-dir", "--root-user-action=ignore"),
        *("--no-index", f"--find-links={inside}", *recipe.requirements),
    ]
    return [
        f"--customize-hook=copy-in {wheels} /opt",
        f'--customize-hook=chroot "$1" python3 -m venv {ENVIRONMENT}',
        f'--customize-hook=chroot "$1" {shlex.join(install)}',
        f'--customize-hook=rm -r "$1{inside}"',
    ]
