"""What can be done from afar: identify the station, restart its browser, keep its buzzer silent.

Nothing is done while a member uses the station, and nothing that the broker had kept: a command is
for the moment at which it is given.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.ports.clock import MonotonicClock

_log = logging.getLogger(__name__)

#: Seconds within which the same command is not obeyed twice.
APART = {"identify": 3.0, "restart_browser": 60.0, "quiet": 0.5}

#: Seconds within which a refused command is logged once: nobody can fill the log from afar.
_LOG_APART = 60.0


@dataclass(frozen=True, slots=True)
class Hands:
    """What the commands act on.

    Attributes:
        at_rest: Whether nobody uses the station now.
        identify: Sounds the buzzer and blinks the light.
        silence: Is given whether the buzzer is to be silent.
        restart_browser: Restarts the screen's browser; None if nobody is there to do it.
    """

    at_rest: Callable[[], bool]
    identify: Callable[[], None]
    silence: Callable[[bool], None]
    restart_browser: Callable[[], None] | None = None


class Commands:
    """Obeys what is told from afar, where it disturbs nobody.

    Args:
        hands: What they act on.
        clock: The time.
        quiet: Whether the buzzer is silent to begin with.
    """

    def __init__(self, hands: Hands, clock: MonotonicClock, *, quiet: bool) -> None:
        self._hands = hands
        self._clock = clock
        self._quiet = quiet
        self._last: dict[str, float] = {}
        self._logged: float | None = None

    @property
    def quiet(self) -> bool:
        """Whether the buzzer is silent."""
        return self._quiet

    def obey(self, name: str, payload: bytes, *, retained: bool) -> bool:
        """Do what is told.

        Args:
            name: The command.
            payload: What is said with it: ``PRESS``, or ``ON`` and ``OFF`` for ``quiet``.
            retained: Whether the broker had kept it.

        Returns:
            Whether it was done.
        """
        action = None if retained else self._action(name, payload)
        if action is None:
            return self._refuse(name, "it is none, or one that the broker had kept")
        if not self._hands.at_rest():
            return self._refuse(name, "a member uses the station")
        now = self._clock.now()
        if now - self._last.get(name, float("-inf")) < APART[name]:
            return self._refuse(name, "it has only just been done")
        self._last[name] = now
        _log.info("told from afar: %s", name)
        action()
        return True

    def _action(self, name: str, payload: bytes) -> Callable[[], None] | None:
        match name, payload:
            case "identify", b"PRESS":
                return self._hands.identify
            case "restart_browser", b"PRESS":
                return self._hands.restart_browser
            case "quiet", b"ON" | b"OFF":
                return lambda: self._silence(quiet=payload == b"ON")
            case _:
                return None

    def _silence(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._hands.silence(quiet)

    def _refuse(self, name: str, why: str) -> bool:
        now = self._clock.now()
        if self._logged is None or now - self._logged >= _LOG_APART:
            self._logged = now
            _log.warning("a command from afar is not obeyed (%.40r): %s", name, why)
        return False
