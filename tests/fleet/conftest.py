"""A real broker, and stations that are linked to it and do not take their time."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.session import Rules, Timing
from kiosk.fleet import conversation, link, sender
from kiosk.settings.shapes import FleetSection
from tests.drivers.broker import Broker, Ear, running
from tests.drivers.linked import Linked


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A broker of its own."""
    with running(tmp_path / "broker") as broker:
        yield broker


@pytest.fixture
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that are there for other people's sake are short."""
    monkeypatch.setattr(conversation, "SETTLED", 0.05)
    monkeypatch.setattr(conversation, "SPREAD", 0.1)
    monkeypatch.setattr(sender, "APART", 0.01)
    monkeypatch.setattr(sender, "HELD", 0.1)
    monkeypatch.setattr(link, "FIRST_WAIT", 0.1)
    monkeypatch.setattr(link, "LONGEST_WAIT", 0.3)


@pytest.fixture
def quick(rules: Rules) -> Rules:
    """Rules by which no press comes too soon."""
    return replace(rules, timing=Timing(repeat=0, after_advance=0, gate_unread=0))


Switch = Callable[..., Linked]


@pytest.fixture
def switch_on(tmp_path: Path, quick: Rules, _hurried: None) -> Iterator[Switch]:
    """Switches on a station that is linked to the broker on a port."""
    stations = []

    def on(port: int, folder: str = "data", **section: object) -> Linked:
        settings = FleetSection(broker="127.0.0.1", port=port, **{"tls": False, **section})  # type: ignore[arg-type]
        station = Linked(tmp_path / folder, quick, settings, name="Mat 2")
        stations.append(station)
        return station

    yield on
    for station in stations:
        station.close()


@pytest.fixture
def ear(broker: Broker) -> Iterator[Ear]:
    """Hears everything that is said at the broker."""
    ear = Ear(broker.port, "#")
    yield ear
    ear.close()
