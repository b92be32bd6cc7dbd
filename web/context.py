"""What the web side is given by the composition root."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.library.words import Words
from kiosk.ports.panel import Panel
from kiosk.records.keeper import SessionKeeper
from kiosk.runner import Runner
from kiosk.settings.loading import ScreenFile, Server
from web.streams import Streams


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a route may need.

    Attributes:
        runner: Takes events, has the state.
        panel: For its health and, in mock mode, its bench.
        keeper: For whether sessions are being saved.
        streams: The event streams that are open.
        languages: The station's own words by language.
        server: Where it listens and who may ask.
        screen: Viewing distance and screen size.
        started: Clock seconds when the station started.
        painted: Called when the kiosk's page says that it has just painted.
    """

    runner: Runner
    panel: Panel
    keeper: SessionKeeper
    streams: Streams
    languages: Mapping[str, Words]
    server: Server
    screen: ScreenFile
    started: float
    painted: Callable[[], None]
