"""``make test-trixie``: all tests that need no browser, on the Python of Debian Trixie.

Trixie is what the Raspberry Pi OS of today is made of. See docs/systems.md.
"""

import sys
import tomllib

from tests.systems import host
from tests.systems.root import ENVIRONMENT, Recipe, ensure_root

#: What tests call.
PACKAGES = (
    "mosquitto",
    "openssh-client",
    "openssl",
    "postgresql",
    "python3-venv",
    "shellcheck",
    "systemd",
)
#: No test may be left out but those of the browser, and no file of tests may skip all of its own.
PYTEST = (
    *("-m", "pytest", "-p", "tests.systems.every_suite", "-n", "auto", "--dist", "worksteal"),
    *("-m", "not browser", "--ignore=tests/browser"),
)


def main() -> int:
    """Build the root if there is none, and run the tests in it; give pytest's exit status."""
    project = tomllib.loads((host.TREE / "pyproject.toml").read_text())["project"]
    requirements = (*project["dependencies"], *project["optional-dependencies"]["unit"])
    try:
        root = ensure_root(Recipe("tests", "trixie", PACKAGES, requirements))
    except host.SystemsError as problem:
        host.say(str(problem))
        return 2
    return root.run([f"{ENVIRONMENT}/bin/python", *PYTEST, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
