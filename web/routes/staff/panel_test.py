"""The panel test: a page for each part, which tries it, and an overview of what was found."""

from http import HTTPStatus

from flask import Blueprint, abort, render_template, request, url_for

from kiosk.core.cues import Cue
from kiosk.core.session import Status
from kiosk.staff.doorway import Doorway
from kiosk.staff.panel_test.presses import PRESSES, ButtonReport, faults, in_words, missing, passes
from kiosk.staff.panel_test.results import PanelTest
from web.bodies import EmptyBody, PanelResultBody, read_body
from web.context import Context
from web.snapshot import cue_json
from web.staff.panel_tests import WORDS, obstacle, wanted
from web.staff.visitors import doorway_of

#: The cue that the tests with a sound play: two long tones, and the one that must be heard.
_CUES = {PanelTest.BUZZER: Cue.SWITCH, PanelTest.LOUDNESS: Cue.WEIGHT_OFF}

#: The fields of the touch test: so many columns and rows.
COLUMNS, ROWS = 8, 5


def blueprint(context: Context) -> Blueprint:
    """``GET /staff/test`` and ``/staff/test/WHAT``; ``POST /staff/test/WHAT/run`` and ``/result``.

    Besides, ``GET /staff/test/button/look``, and ``POST /staff/test/button/end`` and ``/leave``.
    """
    pages = Blueprint("panel_test", __name__)

    @pages.get("/test")
    def page() -> str:
        _leave_button(context)
        health = context.panel.health()
        return render_template(
            "staff/panel_test.html",
            tests=wanted(health),
            words=WORDS,
            results=context.test_results.all(),
            obstacles={each: obstacle(each, health, doorway_of(request)) for each in PanelTest},
            problem=context.test_results.problem,
        )

    @pages.get("/test/<what>")
    def one(what: str) -> str:
        test = _known(what)
        _leave_button(context)
        return render_template(
            "staff/panel_test_one.html",
            test=test.value,
            words=WORDS[test],
            result=context.test_results.all().get(test),
            obstacle=obstacle(test, context.panel.health(), doorway_of(request)),
            columns=COLUMNS,
            rows=ROWS,
        )

    @pages.post("/test/<what>/run")
    def run(what: str) -> dict[str, object]:
        """Begin a test that the station takes part in; those of the screen are the page's own."""
        read_body(EmptyBody)
        test = _known(what)
        _check_free(test, context)
        return _run(test, context)

    @pages.post("/test/<what>/result")
    def result(what: str) -> dict[str, object]:
        """Keep what whoever looked and listened says of it; the button tells by itself."""
        body = read_body(PanelResultBody)
        test = _known(what)
        if test is PanelTest.BUTTON:
            abort(HTTPStatus.CONFLICT, "The button's test tells by itself whether it works.")
        text = f"{body.missed} of {COLUMNS * ROWS} fields felt no touch." if body.missed else ""
        context.test_results.keep(test, passed=body.passed, text=text)
        return {"go": url_for("staff.panel_test.page")}

    _add_button(pages, context)
    return pages


def _add_button(pages: Blueprint, context: Context) -> None:
    """Add how the button's test goes, and its end."""
    test, held = context.button_test, context.runner.rules.timing.held

    @pages.get("/test/button/look")
    def look() -> dict[str, object]:
        """How it goes. The test ends by itself if nobody asks for a few seconds."""
        found = test.look() if doorway_of(request) is Doorway.PANEL else None
        if found is None:
            abort(HTTPStatus.CONFLICT, "No test of the button is under way.")
        return {"left": round(found.left, 1), **_seen(found.seen, held)}

    @pages.post("/test/button/end")
    def end() -> dict[str, object]:
        """End it, and keep what it has found."""
        read_body(EmptyBody)
        seen = test.end() if doorway_of(request) is Doorway.PANEL else None
        if seen is None:
            abort(HTTPStatus.CONFLICT, "No test of the button is under way.")
        passed, text = passes(seen, held), in_words(seen, held)
        context.test_results.keep(PanelTest.BUTTON, passed=passed, text=text)
        return {"go": url_for("staff.panel_test.page")}

    @pages.post("/test/button/leave")
    def leave() -> dict[str, object]:
        """End it, and keep nothing."""
        read_body(EmptyBody)
        _leave_button(context)
        return {}


def _known(what: str) -> PanelTest:
    try:
        return PanelTest(what)
    except ValueError:
        abort(HTTPStatus.NOT_FOUND, f"There is no {what!r} to test.")


def _leave_button(context: Context) -> None:
    """End the button's test, since whoever did it at the panel is somewhere else now."""
    if doorway_of(request) is Doorway.PANEL:
        context.button_test.end()


def _check_free(test: PanelTest, context: Context) -> None:
    """Refuse to run a test while a session runs, or one that cannot be run."""
    if context.runner.state.status is not Status.ATTRACT:
        _refuse_in_session()
    why = obstacle(test, context.panel.health(), doorway_of(request))
    if why is not None:
        abort(HTTPStatus.CONFLICT, why)


def _run(test: PanelTest, context: Context) -> dict[str, object]:
    """Begin `test`; gives the cue that is played, which the page of a mock panel sounds."""
    if test in _CUES:
        context.panel.play(_CUES[test], aloud=True)
        return {"cue": cue_json(_CUES[test])}
    if test is PanelTest.LIGHT:
        context.panel.blink_light()
    elif test is PanelTest.BUTTON:
        if not context.button_test.begin():
            _refuse_in_session()
    else:
        abort(HTTPStatus.CONFLICT, "The page does that by itself.")
    return {}


def _refuse_in_session() -> None:
    abort(HTTPStatus.CONFLICT, "A session is running. Try again when it is over.")


def _seen(seen: ButtonReport, held: float) -> dict[str, object]:
    """What has been seen of the button, as JSON."""
    return {
        "presses": seen.presses,
        "wanted": PRESSES,
        "longest": round(seen.longest, 1),
        "held": seen.longest >= held,
        "down": seen.is_down,
        "bounces": seen.bounces,
        "glitches": seen.glitches,
        "faults": faults(seen),
        "missing": missing(seen, held),
        "passes": passes(seen, held),
    }
