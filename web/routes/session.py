"""The session: how it stands, and the button, back and the choices of the screen and the API."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NoReturn

from flask import Blueprint, abort

from kiosk.core.choosing import can_be_chosen, languages_of, offered_in, pages_of
from kiosk.core.routine import Side
from kiosk.core.session import (
    Back,
    ButtonDown,
    ButtonHeld,
    ButtonUp,
    Choose,
    Event,
    Refusal,
    ShowLanguages,
    ShowRoutines,
    Source,
)
from web.bodies import ButtonBody, ChooseBody, EmptyBody, RoutinesBody, read_body
from web.context import Context
from web.snapshot import session_json

#: What happens in the session for each action of the button on the screen.
_EVENTS: Mapping[str, tuple[Event, ...]] = {
    "down": (ButtonDown(Source.SCREEN),),
    "up": (ButtonUp(Source.SCREEN),),
    "press": (ButtonDown(Source.SCREEN), ButtonUp(Source.SCREEN)),
    "hold": (ButtonHeld(Source.SCREEN), ButtonUp(Source.SCREEN)),
}


_TOO_LATE = "Side, seconds and routine can only be chosen before the first hold or load."


def blueprint(context: Context) -> Blueprint:
    """``/api/`` with ``session``, ``button``, ``back``, ``choose``, ``routines``, ``languages``."""
    routes = Blueprint("session", __name__, url_prefix="/api")
    runner = context.runner

    @routes.get("/session")
    def session() -> dict[str, Any]:
        return session_json(runner.state, context)

    @routes.post("/button")
    def button() -> dict[str, Any]:
        for event in _EVENTS[read_body(ButtonBody).action]:
            runner.post(event)
        return _accepted(context)

    @routes.post("/back")
    def back() -> dict[str, Any]:
        read_body(EmptyBody)
        runner.post(Back())
        return _accepted(context)

    _add_choosing(routes, context)
    return routes


def _add_choosing(routes: Blueprint, context: Context) -> None:
    """Add what a member chooses, and the screens to choose on."""
    runner = context.runner

    @routes.post("/choose")
    def choose() -> dict[str, Any]:
        body = read_body(ChooseBody)
        side = None if body.side is None else Side(body.side)
        outcome = runner.post(Choose(side, body.seconds, body.routine, body.language))
        if outcome.refusal is not None:
            _refuse(outcome.refusal, body, context)
        return _accepted(context)

    @routes.post("/routines")
    def routines() -> dict[str, Any]:
        """Show the pictures of the offered routines."""
        body = read_body(RoutinesBody)
        outcome = runner.post(ShowRoutines(body.page))
        if outcome.refusal is not None:
            _refuse_page(outcome.refusal, body, context)
        return _accepted(context)

    @routes.post("/languages")
    def languages() -> dict[str, Any]:
        """Show the names of the offered languages."""
        read_body(EmptyBody)
        refusal = runner.post(ShowLanguages()).refusal
        if refusal is not None:
            only_one = refusal is Refusal.ONLY_ONE_LANGUAGE
            abort(HTTPStatus.CONFLICT, "No other language is offered." if only_one else _TOO_LATE)
        return _accepted(context)


def _accepted(context: Context) -> dict[str, Any]:
    return {"version": context.runner.state.version}


def _refuse_page(refusal: Refusal, body: RoutinesBody, context: Context) -> NoReturn:
    """Answer that the routines are not shown, and why."""
    if refusal is Refusal.NO_SUCH_PAGE:
        language = context.runner.state.choices.language
        last = pages_of(offered_in(language, context.rules)) - 1
        abort(HTTPStatus.BAD_REQUEST, f"page: found {body.page}. It must be from 0 to {last}.")
    why = "No other routine is offered." if refusal is Refusal.ONLY_ONE else _TOO_LATE
    abort(HTTPStatus.CONFLICT, why)


def _refuse(refusal: Refusal, body: ChooseBody, context: Context) -> NoReturn:
    """Answer that the choices in `body` were not taken, why, and which ones there are."""
    routines = context.rules.routines
    chosen = body.routine or context.runner.state.choices.routine
    match refusal:
        case Refusal.TOO_LATE:
            abort(HTTPStatus.CONFLICT, _TOO_LATE)
        case Refusal.NO_SUCH_ROUTINE:
            found, allowed = body.routine, ", ".join(routines)
        case Refusal.NOT_OFFERED:
            found, allowed = body.routine, ", ".join(sorted(can_be_chosen(context.rules)))
        case Refusal.NO_SUCH_SECONDS:
            found, allowed = str(body.seconds), ", ".join(map(str, routines[chosen].side_seconds))
        case _:
            languages = languages_of(routines[chosen], context.rules)
            found, allowed = body.language, ", ".join(languages)
    why = f"{refusal.value}: {found!r}. It must be one of: {allowed}."
    abort(HTTPStatus.BAD_REQUEST, why)
