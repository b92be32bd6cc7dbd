"""A gym whose stations are switched on one after the other, with a log to read."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.session import Rules
from tests.drivers.keeping import Gym


@pytest.fixture
def gym(tmp_path: Path, rules: Rules) -> Iterator[Gym]:
    """A gym whose stations share a data directory."""
    gym = Gym(tmp_path, rules)
    yield gym
    gym.close()


@pytest.fixture(autouse=True)
def _log_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
