"""The button's contact: edges of the pin in, presses out, each counted once."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from gpiozero import DigitalInputDevice

from hardware.debounce import Debouncer, Glitch, Outcome, Press, Release
from kiosk.ports import ButtonHealth, ButtonListener, Edge

_log = logging.getLogger(__name__)

#: A button that is down for longer than this, in seconds, is stuck: nobody holds it so long.
STUCK_AFTER = 30.0

#: The histogram of bounces ends with "this many extra edges or more".
MOST_BOUNCES = 10


class Contact:
    """Debounces a gpiozero input, tells of presses, and keeps the count of what it saw."""

    def __init__(
        self,
        pin: int,
        factory: Any,
        debounce: tuple[float, float],
        listener: ButtonListener,
        on_stuck: Callable[[bool], None],
    ) -> None:
        """Claim `pin`.

        Args:
            pin: BCM number; the contact is to ground, pulled up.
            factory: The pin factory.
            debounce: Seconds of the glitch filter, and of quiet after a release.
            listener: Told of each press and release; must return at once.
            on_stuck: Told when the button gets stuck (True) and comes free (False).
        """
        self._listener = listener
        self._on_stuck = on_stuck
        self._ready = threading.Condition(threading.Lock())
        self._closed = False
        self._stuck = False
        self._presses = 0
        self._glitches = 0
        self._bounces = [0] * (MOST_BOUNCES + 1)
        self._longest: float | None = None
        self._last: float | None = None
        # Not its `Button`: that has a thread that looks ten times a second whether it is held.
        self._button = DigitalInputDevice(pin, pull_up=True, bounce_time=None, pin_factory=factory)
        now = time.monotonic()
        self._debouncer = Debouncer(*debounce, down=self._button.is_active, at=now)
        self._button.when_activated = lambda: self._edge(down=True)
        self._button.when_deactivated = lambda: self._edge(down=False)
        self._thread = threading.Thread(target=self._run, name="contact", daemon=True)
        self._thread.start()

    @property
    def stuck(self) -> bool:
        """Whether the button has been down for longer than a person holds it."""
        return self._stuck

    def stats(self) -> ButtonHealth:
        """What the button has been through."""
        with self._ready:
            return ButtonHealth(
                presses=self._presses,
                glitches=self._glitches,
                bounces=tuple(self._bounces),
                down=self._debouncer.down_since is not None,
                longest=self._longest,
                since_last=None if self._last is None else time.monotonic() - self._last,
            )

    def close(self) -> None:
        """Give the pin back; closing twice is fine."""
        self._button.when_activated = self._button.when_deactivated = None
        with self._ready:
            self._closed = True
            self._ready.notify()
        self._button.close()

    def _edge(self, *, down: bool) -> None:
        with self._ready:
            outcomes = self._debouncer.edge(time.monotonic(), down=down)
            self._take(outcomes)
            self._ready.notify()

    def _run(self) -> None:
        with self._ready:
            while not self._closed:
                now = time.monotonic()
                due = [time for time in (self._debouncer.deadline, self._stuck_at()) if time]
                if due and min(due) <= now:
                    self._fall_due(now)
                else:
                    self._ready.wait(min(due) - now if due else None)

    def _fall_due(self, now: float) -> None:
        self._take(self._debouncer.expire(now, down=self._button.is_active))
        stuck_at = self._stuck_at()
        if stuck_at is not None and stuck_at <= now:
            self._set_stuck(stuck=True)

    def _stuck_at(self) -> float | None:
        since = self._debouncer.down_since
        return None if since is None or self._stuck else since + STUCK_AFTER

    def _take(self, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            match outcome:
                case Press(at):
                    self._presses += 1
                    self._last = at
                    self._tell(Edge.DOWN)
                case Release():
                    self._released(outcome)
                case Glitch():
                    self._glitches += 1

    def _released(self, release: Release) -> None:
        if release.counted:
            self._bounces[min(release.extra_edges, MOST_BOUNCES)] += 1
            self._longest = max(release.held, self._longest or 0.0)
            self._tell(Edge.UP)
        if self._stuck:
            self._set_stuck(stuck=False)

    def _set_stuck(self, *, stuck: bool) -> None:
        self._stuck = stuck
        _log.log(
            logging.WARNING if stuck else logging.INFO,
            "the button is stuck: down for %.0f s" if stuck else "the button is free again, %.0f s",
            STUCK_AFTER,
        )
        self._on_stuck(stuck)

    def _tell(self, edge: Edge) -> None:
        try:
            self._listener(edge)
        except Exception:  # noqa: BLE001 - it would end the pin library's thread
            _log.exception("the button's listener failed")
