"""Releases to install: this tree, and the same tree as the version before it."""

import io
import re
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

from tests.systems.host import TREE, SystemsError, call, own_pip, say

#: What a release has of the tree.
PARTS = (
    *("hardware", "kiosk", "packaging", "systemd", "web", "docs"),
    *("CHANGELOG.md", "LICENSE", "README.md", "install.sh", "pyproject.toml"),
)
#: The version that an upgrade comes from.
BEFORE = "0.0.9"


def current_version() -> str:
    """The version of this tree."""
    text = (TREE / "kiosk" / "version.py").read_text()
    found = re.search(r'^VERSION = "(.*)"$', text, re.MULTILINE)
    if found is None:
        raise SystemsError("kiosk/version.py has no VERSION")
    return found[1]


def make_release(folder: Path, version: str, python: str) -> bytes:
    """A release of this tree for ``amd64`` as a tar file, with all wheels.

    Args:
        folder: A scratch folder.
        version: What it calls itself.
        python: Minor version of Python that the wheels are for, as ``3.11``.
    """
    say(f"making a release of version {version}")
    tree = folder / f"matside-{version}"
    for part in PARTS:
        source = TREE / part
        target = tree / part
        target.parent.mkdir(parents=True, exist_ok=True)
        copy: Callable[..., object] = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, target)
    for left in tree.rglob("__pycache__"):
        shutil.rmtree(left)
    file = tree / "kiosk" / "version.py"
    file.write_text(file.read_text().replace(f'"{current_version()}"', f'"{version}"'))
    wheels = (str(tree / "packaging" / "wheels"), str(tree / "wheels"))
    call([*wheels, "amd64", python], PIP=" ".join(own_pip()))
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.add(tree, arcname=tree.name)
    return packed.getvalue()
