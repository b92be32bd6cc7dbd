"""The button's contact: debounced, counted, and watched for being stuck."""

import logging
import threading
from collections.abc import Callable

from hardware.clock import AlarmClock
from hardware.debounce import ContactGlitch, ContactOutcome, ContactPress, ContactRelease, Debouncer
from hardware.devices import ContactInput
from hardware.pins.contract import PinFactory
from kiosk.ports.panel import ButtonHealth, ButtonListener, Edge

_log = logging.getLogger(__name__)

#: A button that is down for longer than this, in seconds, is stuck: nobody holds it so long.
STUCK_AFTER = 30.0

#: The histogram of bounces ends with this many extra edges or more.
MOST_BOUNCES = 15


class Contact:
    """Tells the listener of presses and releases, and counts what the button has been through.

    A contact outlives its pin: `attach` takes a pin and `detach` gives it back, as often as the
    GPIO chip comes and goes. The counts go on all the while.

    Args:
        filter_seconds: A press shorter than this is a glitch.
        quiet_seconds: How long the contact must be open and quiet before the next press counts.
        clock: The panel's time.
        listener: Told of each press and release, one at a time and in the order in which they
            happened. Called in the thread that reads the pins, or in the contact's own.
        on_stuck: Called when the button gets stuck, and again when it comes free.
    """

    def __init__(
        self,
        *,
        filter_seconds: float,
        quiet_seconds: float,
        clock: AlarmClock,
        listener: ButtonListener,
        on_stuck: Callable[[], None],
    ) -> None:
        self._filter_seconds = filter_seconds
        self._quiet_seconds = quiet_seconds
        self._clock = clock
        self._listener = listener
        self._on_stuck = on_stuck
        # Two threads see edges: the one that reads the pins, and the alarm's. The lock `_order` is
        # held while the listener runs, so that a release cannot overtake its press. The lock
        # `_state` guards what `stats` reads, and is never held while the listener runs, so that
        # `stats` does not have to wait for a listener.
        self._order = threading.RLock()
        self._state = threading.Lock()
        self._device: ContactInput | None = None
        self._attached = False
        self._debouncer: Debouncer | None = None
        self._told_down = False
        self._stuck = False
        self._presses = 0
        self._glitches = 0
        self._bounces = [0] * (MOST_BOUNCES + 1)
        self._longest: float | None = None
        self._last: float | None = None
        self._alarm = clock.alarm("contact", self._ring)

    @property
    def stuck(self) -> bool:
        """Whether the button has been down for longer than a person holds it."""
        return self._stuck

    def attach(self, pin: int, factory: PinFactory) -> None:
        """Take a pin. If the button is down at that moment, only the next press counts.

        Args:
            pin: Its BCM number.
            factory: The pin factory.

        Raises:
            HardwareError: The pin cannot be had, for a reason that the factory knows.
            gpiozero.GPIOZeroError: The pin cannot be had, for a reason that gpiozero knows.
        """
        with self._order:
            self._attached = True
            try:
                self._device = ContactInput(pin, self._edge, factory)
            except BaseException:
                self._attached, self._debouncer = False, None
                raise

    def detach(self) -> None:
        """Give the pin back. A press that is going on ends with it. Detaching twice is fine."""
        with self._order:
            self._attached = False
            self._alarm.set(None)
            with self._state:
                self._debouncer = None
                was_stuck, self._stuck = self._stuck, False
            device, self._device = self._device, None
            if self._told_down:
                self._tell(Edge.UP)
        if device is not None:
            device.close()
        if was_stuck:
            self._on_stuck()

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` soon in the thread of the alarm that the debouncing waits with."""
        self._alarm.call_soon(callback)

    def close(self) -> None:
        """Give the pin back, and end the thread. Closing twice is fine."""
        self.detach()
        self._alarm.close()

    def stats(self) -> ButtonHealth:
        """What the button has been through; never waits for the listener."""
        with self._state:
            return ButtonHealth(
                presses=self._presses,
                glitches=self._glitches,
                bounces=tuple(self._bounces),
                down=self._debouncer is not None and self._debouncer.down_since is not None,
                longest=self._longest,
                since_last=None if self._last is None else self._clock.now() - self._last,
            )

    def _edge(self, at: float, down: bool) -> None:  # noqa: FBT001 - an EdgeListener
        with self._order:
            if not self._attached:
                return  # a last edge of a pin that has been given back
            if self._debouncer is None:
                # The first call for a pin comes while it is taken, and tells how the contact is.
                with self._state:
                    self._debouncer = Debouncer(
                        self._filter_seconds, self._quiet_seconds, down=down, at=at
                    )
                self._after([])
                return
            with self._state:
                outcomes = self._debouncer.edge(at, down=down)
            self._after(outcomes)

    def _ring(self) -> None:
        with self._order:
            if self._debouncer is None or self._device is None:
                return
            down = bool(self._device.value)
            now = self._clock.now()
            with self._state:
                outcomes = self._debouncer.expire(now, down=down)
                stuck_at = self._stuck_at(self._debouncer)
                has_stuck = stuck_at is not None and stuck_at <= now
                self._stuck |= has_stuck
            self._after(outcomes)
        if has_stuck:
            _log.warning("The button has been down for %.0f s: is it stuck?", STUCK_AFTER)
            self._on_stuck()

    def _stuck_at(self, debouncer: Debouncer) -> float | None:
        """When a button that is down gets stuck; None if it is up, or is stuck already."""
        since = debouncer.down_since
        return None if since is None or self._stuck else since + STUCK_AFTER

    def _after(self, outcomes: list[ContactOutcome]) -> None:
        """Count and tell `outcomes`, and set the alarm to the moment when more may be certain."""
        for outcome in outcomes:
            with self._state:
                came_free = self._count(outcome)
            match outcome:
                case ContactPress():
                    self._tell(Edge.DOWN)
                case ContactRelease(counted=True):
                    self._tell(Edge.UP)
                case _:
                    pass
            if came_free:
                _log.info("The button is free again.")
                self._on_stuck()
        if self._debouncer is not None:
            due = (self._debouncer.deadline, self._stuck_at(self._debouncer))
            self._alarm.set(min((moment for moment in due if moment is not None), default=None))

    def _count(self, outcome: ContactOutcome) -> bool:
        """Count `outcome`.

        Returns:
            Whether it frees a button that was stuck.
        """
        match outcome:
            case ContactPress(at):
                self._presses += 1
                self._last = at
            case ContactGlitch():
                self._glitches += 1
            case ContactRelease():
                if outcome.counted:
                    self._bounces[min(outcome.extra_edges, MOST_BOUNCES)] += 1
                    self._longest = max(outcome.held, self._longest or 0.0)
                was_stuck, self._stuck = self._stuck, False
                return was_stuck
        return False

    def _tell(self, edge: Edge) -> None:
        self._told_down = edge is Edge.DOWN
        try:
            self._listener(edge)
        except Exception:  # noqa: BLE001 - the pin library's thread may not survive it
            _log.exception("The listener of the button failed at %s.", edge.value)
