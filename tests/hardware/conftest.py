"""Panels that are closed when their test ends."""

from collections.abc import Iterator

import pytest

from tests.drivers.panels import Ear, MockPanel


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def station() -> Iterator[MockPanel]:
    """A mock panel on a fake clock."""
    station = MockPanel()
    yield station
    station.panel.close()
