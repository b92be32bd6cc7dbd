"""Panels that are closed when their test ends."""

from collections.abc import Iterator

import pytest

from tests.drivers.panels import Ear, PanelUnderTest


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def tested() -> Iterator[PanelUnderTest]:
    """A mock panel on a fake clock."""
    tested = PanelUnderTest()
    yield tested
    tested.panel.close()
