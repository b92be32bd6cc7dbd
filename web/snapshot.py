"""A change as the page and the API get it: the screen as HTML, and the numbers beside it."""

from typing import Any

from kiosk.core.cues import PATTERNS, Cue
from kiosk.core.ledger import Ledger
from kiosk.core.screen import Clock, asks_for_press, clock_of
from kiosk.core.session import State, Status
from kiosk.ports.panel import PanelHealth, PartStatus
from web.context import Context
from web.render import Renderer, headline


def session_json(state: State, context: Context) -> dict[str, Any]:
    """The session for ``GET /api/session``; seconds are routine seconds."""
    rules = context.runner.rules
    clock = clock_of(state, context.runner.now(), rules)
    step = state.step
    words = context.languages[state.choices.language]
    text = rules.routines[state.choices.routine].texts[state.choices.language]
    return {
        "version": state.version,
        "status": state.status.value,
        "routine": state.choices.routine,
        "language": state.choices.language,
        "step": None
        if step is None
        else {
            "index": state.index,
            "of": len(state.steps),
            "id": step.id,
            "kind": step.kind.value,
            "side": None if step.side is None else step.side.value,
            "seconds": step.seconds,
            "headline": headline(text.steps[step.id].headline, step.side, words),
        },
        "remaining": _rounded(clock.remaining),
        "ledger": _ledger(clock.ledger),
        "choices": {
            "side": state.choices.side.value,
            "seconds": state.choices.seconds,
        },
        "ignored_presses": state.ignored,
    }


def event_json(
    state: State, cue: Cue | None, context: Context, renderer: Renderer
) -> dict[str, Any]:
    """One event of the stream: a full snapshot, with the cue that sounds now."""
    rules = context.runner.rules
    clock = clock_of(state, context.runner.now(), rules)
    health = context.panel.health()
    return {
        "version": state.version,
        "status": state.status.value,
        "html": renderer.screen(state, health),
        "cue": None if cue is None else _cue(cue),
        "clock": _clock(clock),
        "speed": rules.speed,
        "ledger": _ledger(clock.ledger),
        "light": asks_for_press(state),
    }


def health_json(context: Context, version: str) -> dict[str, Any]:
    """The station's health for ``GET /healthz``; times are seconds."""
    health = context.panel.health()
    parts = (health.button, health.buzzer, health.light)
    well = all(part in (PartStatus.OK, PartStatus.ABSENT) for part in parts)
    saving = context.keeper.problem is None
    stats = health.stats
    return {
        "status": "ok" if well and saving else "degraded",
        "hardware": {
            "factory": health.factory,
            "button": health.button.value,
            "buzzer": health.buzzer.value,
            "light": health.light.value,
            "problem": health.problem,
        },
        "button": {
            "presses": stats.presses,
            "ignored": context.runner.state.ignored,
            "glitches": stats.glitches,
            "bounces": list(stats.bounces),
            "down": stats.down,
            "longest": _rounded(stats.longest),
            "since_last": _rounded(stats.since_last),
        },
        "store": {"saving": saving, "problem": context.keeper.problem},
        "streams": len(context.streams),
        "version": version,
        "uptime": _rounded(context.runner.now() - context.started),
    }


def banner(state: State, health: PanelHealth, *, saving: bool) -> str | None:
    """The name of the words for what is wrong, or None.

    That sessions are not being saved is for staff: it stays off the screen of a session.
    """
    if health.button is PartStatus.FAILED:
        return "button_broken"
    if health.button is PartStatus.STUCK:
        return "button_stuck"
    if health.buzzer is PartStatus.FAILED:
        return "no_buzzer"
    if not saving and state.status is Status.ATTRACT:
        return "not_saving"
    return None


def _clock(clock: Clock) -> dict[str, Any]:
    return {
        "remaining": clock.remaining,
        "total": clock.total,
        "running": clock.running,
        "counting": None if clock.counting is None else clock.counting.value,
        "pressed": clock.pressed,
    }


def _cue(cue: Cue) -> dict[str, Any]:
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
