"""``make test-arm64``: the package for a Raspberry Pi, on Debian Trixie for its processor.

See docs/systems.md.
"""

import re
import sys
import tempfile
from pathlib import Path

from tests.systems import debian, host
from tests.systems.root import Recipe, ensure_root

ARCHITECTURE = "arm64"


def main() -> int:
    """Build package and root, and try the package in the root; give 0 if all is right."""
    try:
        root = ensure_root(Recipe("package", "trixie", dependencies(), architecture=ARCHITECTURE))
        package = build_package()
    except host.SystemsError as problem:
        host.say(str(problem))
        return 2
    inside = f"/tree/{package.relative_to(host.TREE)}"
    return root.run(["python3", "-m", "tests.systems.try_package", inside])


def dependencies() -> tuple[str, ...]:
    """The Debian packages that Matside's needs, so that it installs without a network."""
    control = (host.TREE / "packaging" / "control").read_text()
    (listed,) = re.findall(r"(?m)^Depends: (.*)$", control)
    return tuple(re.sub(r" \(.*?\)", "", package) for package in listed.split(", "))


def build_package() -> Path:
    """Build Matside's package of this tree into ``dist``, as ``make deb`` does."""
    host.say(f"building the package for {ARCHITECTURE}")
    packaging = host.TREE / "packaging"
    with tempfile.TemporaryDirectory(prefix="matside-wheels-") as wheels:
        pythons = debian.PYTHONS.values()
        pip = " ".join(host.own_pip())
        host.call([str(packaging / "wheels"), wheels, ARCHITECTURE, *pythons], PIP=pip)
        built = host.call([str(packaging / "deb"), wheels, ARCHITECTURE, str(host.TREE / "dist")])
    return Path(built.strip())


if __name__ == "__main__":
    sys.exit(main())
