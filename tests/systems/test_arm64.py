import re

from tests.systems.arm64 import dependencies


def test_the_root_has_every_package_that_the_station_depends_on() -> None:
    names = dependencies()
    assert {"python3", "python3-venv", "chromium", "cage", "polkitd"} <= set(names)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", name) for name in names)
