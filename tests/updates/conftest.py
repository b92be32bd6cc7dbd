"""An appliance whose programs are stand-ins."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drivers.updates import Appliance, answering


@pytest.fixture
def appliance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Appliance]:
    made = Appliance(tmp_path / "box")
    monkeypatch.setenv("PATH", made.path)
    with answering(made):
        yield made
