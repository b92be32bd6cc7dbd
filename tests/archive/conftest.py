"""A broker and a database for the archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drivers.archives import KEEPS
from tests.drivers.broker import Broker, Ear, running
from tests.drivers.postgres import Postgres, running_postgres


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture
def database(server: Postgres) -> Postgres:
    """The server, without tables."""
    server.ask("DROP TABLE IF EXISTS matside_session, matside_unreadable, matside_layout, after")
    return server


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    folder = tmp_path / "broker"
    with running(folder, *KEEPS, f"persistence_location {folder}/") as broker:
        yield broker


@pytest.fixture
def ear(broker: Broker) -> Iterator[Ear]:
    ear = Ear(broker.port, "nothing")
    yield ear
    ear.close()
