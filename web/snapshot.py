"""Snapshots of the station for the page and the API.

A snapshot for the page is all that it shows: the screen as HTML, and the numbers from which the
page counts on by itself until the next snapshot.
"""

from typing import Any

import msgspec

from kiosk.core.cues import PATTERNS, Cue
from kiosk.core.ledger import Ledger
from kiosk.core.screen import RunningNumbers, asks_for_press, numbers_of, shown_language
from kiosk.core.session import State, Status
from kiosk.ports.health import StationHealth
from kiosk.ports.panel import PanelHealth, PartStatus
from kiosk.ports.voice import Spoken
from kiosk.runner import Change
from kiosk.version import VERSION
from web.context import Context
from web.render import RenderedScreen, Renderer


class Snapshots:
    """Makes the snapshots of one station: for the page, the event stream and the API.

    Args:
        context: What the station has told the web side.
        renderer: Renders the screens.
    """

    def __init__(self, context: Context, renderer: Renderer) -> None:
        self._context = context
        self._renderer = renderer

    def screen(self, state: State) -> RenderedScreen:
        """The screen of `state`, with a banner if something is wrong."""
        name = banner(
            state,
            self._context.panel.health(),
            saving=self._context.saving_problem() is None,
            set_up=not self._context.setup().problems,
        )
        return self._renderer.screen(state, name)

    def invitation(self, state: State, language: str) -> str | None:
        """The invitation of the attract screen of `state` in another language, if it has one."""
        return self._renderer.invitation(state, language)

    def event(self, state: State, change: Change | None) -> bytes:
        """One event of the stream as JSON: a whole snapshot, and what begins with `change`.

        That is its cue and what is said. Nothing begins if the session has not changed.

        ``screen`` is the key of the screen, ``html`` its HTML, and ``movements`` the style sheets
        of what moves in its figures. ``held`` is how many seconds the
        button has to be held for weight off: the page draws a ring that fills up meanwhile.
        """
        rules = self._context.rules
        return msgspec.json.encode(
            {
                "version": state.version,
                "status": state.status.value,
                **self._shown(state),
                "cue": None if change is None or change.cue is None else cue_json(change.cue),
                "held": rules.timing.held,
                "light": asks_for_press(state),
                **self._said(change),
            }
        )

    def _said(self, change: Change | None) -> dict[str, Any]:
        """What is said at `change`; empty if no page plays the voice.

        ``after`` is in how many seconds it begins, since the voice waits for the end of the cue; it
        is negative if this event has waited for longer than that. ``stop`` tells whether what is
        being said has to end.
        """
        voice = self._context.voice
        if voice is None:
            return {}
        spoken, age = Spoken(), 0.0
        if change is not None:
            spoken = voice.spoken(change.before, change.state, change.cue)
            age = self._context.runner.now() - change.at
        said = {"clips": spoken.clips, "after": spoken.after - age, "stop": spoken.cuts_off}
        return {"voice": {**said, "volume": voice.volume}}

    def foreseen(self, before: State, state: State) -> bytes:
        """The screen and the numbers of `state`, which may come after `before`, as JSON.

        If a page plays the voice, ``clips`` are those that may be said next.
        """
        shown = self._shown(state)
        voice = self._context.voice
        if voice is not None:
            shown["clips"] = voice.ahead(before, state)
        return msgspec.json.encode(shown)

    def _shown(self, state: State) -> dict[str, Any]:
        """What is shown of `state` now."""
        screen = self.screen(state)
        rules = self._context.rules
        numbers = numbers_of(state, self._context.runner.now(), rules)
        return {
            "screen": screen.key,
            "html": screen.html,
            "movements": screen.movements,
            "clock": _numbers(numbers),
            "speed": rules.speed,
            "ledger": _ledger(numbers.ledger),
        }

    def health(self) -> StationHealth:
        """The station's health, for ``GET /healthz``."""
        context = self._context
        return StationHealth.of(
            context.panel.health(),
            ignored=context.runner.state.ignored,
            saving_problem=context.saving_problem(),
            setup=context.setup(),
            voice=context.voice_health(),
            streams=len(context.streams),
            version=VERSION,
            uptime=context.runner.now() - context.started,
            fleet=context.fleet_health(),
            metrics=context.metrics_health,
        )


def session_json(state: State, context: Context) -> dict[str, Any]:
    """The session for ``GET /api/session``; seconds are routine seconds."""
    rules = context.rules
    numbers = numbers_of(state, context.runner.now(), rules)
    step = state.step
    language = shown_language(state, rules)
    text = rules.routines[state.choices.routine].texts[language]
    return {
        "version": state.version,
        "status": state.status.value,
        "routine": state.choices.routine,
        "language": language,
        "step": None
        if step is None
        else {
            "index": state.index,
            "of": len(state.steps),
            "id": step.id,
            "kind": step.kind.value,
            "side": None if step.side is None else step.side.value,
            "seconds": step.seconds,
            "headline": text.steps[step.id].of(step.side).headline,
        },
        "remaining": _rounded(numbers.remaining),
        "ledger": _ledger(numbers.ledger),
        "choices": {
            "side": state.choices.side.value,
            "seconds": state.choices.seconds,
        },
        "ignored_presses": state.ignored,
    }


def banner(state: State, health: PanelHealth, *, saving: bool, set_up: bool) -> str | None:
    """The name in `Words` of the text that says what is wrong, None if nothing is.

    That sessions are not being saved, or that a file is wrong, is for staff. It is shown only on
    the attract screen, where no session is running.

    Args:
        state: The session's state.
        health: The panel's health.
        saving: Whether sessions are being saved.
        set_up: Whether the files that staff write are right.
    """
    if health.button is PartStatus.FAILED:
        return "button_broken"
    if health.button is PartStatus.STUCK:
        return "button_stuck"
    if health.buzzer is PartStatus.FAILED:
        return "no_buzzer"
    if not saving and state.status is Status.ATTRACT:
        return "not_saving"
    if not set_up and state.status is Status.ATTRACT:
        return "wrong_setup"
    return None


def _numbers(numbers: RunningNumbers) -> dict[str, Any]:
    return {
        "remaining": numbers.remaining,
        "total": numbers.total,
        "running": numbers.running,
        "counting": [side.value for side in numbers.counting],
        "pressed": numbers.pressed,
    }


def cue_json(cue: Cue) -> dict[str, Any]:
    """A cue with its pulses, for a page that plays it."""
    return {
        "name": cue.value,
        "pulses": [
            {"on": pulse.on, "off": pulse.off, "hertz": pulse.hertz} for pulse in PATTERNS[cue]
        ],
    }


def _ledger(ledger: Ledger) -> dict[str, float]:
    return {"left": round(ledger.left, 2), "right": round(ledger.right, 2)}


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
