"""The first page of the staff area: whether all is well with the station, and restarts."""

import datetime as dt
import socket
from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, abort, render_template, request

from kiosk.core.session import Status
from kiosk.ports.finding import Finding, span
from kiosk.ports.restart import Restart
from kiosk.settings.address import is_loopback
from kiosk.staff.panel_test.results import panel_finding
from kiosk.version import VERSION
from web.bodies import EmptyBody, read_body
from web.context import Context
from web.snapshot import Snapshots
from web.staff.panel_tests import wanted

#: The checks whose findings are told as facts, by name, and the word that stands before each.
_FACTS = {
    "disk": "Disk",
    "temperature": "Temperature",
    "power": "Power",
    "clock": "Clock",
    "network": "Network",
    "fleet": "Fleet",
    "panel test": "Panel test",
}

#: What is said before each restart: what it is of, and what happens.
_RESTARTS = {
    Restart.STATION: (
        "the station",
        "The screen says that it connects, for some seconds. Whoever is signed in is signed out.",
    ),
    Restart.BROWSER: ("the screen's browser", "The screen is dark for some seconds."),
    Restart.MACHINE: ("the machine", "The screen is dark for a minute."),
}


def blueprint(context: Context, snapshots: Snapshots) -> Blueprint:
    """``GET /staff/``, ``/staff/state`` and ``/staff/restart/WHAT``; the last takes a POST too."""
    pages = Blueprint("station", __name__)

    @pages.get("/")
    def page() -> str:
        """The page without what takes a moment to find out; it asks for that by itself."""
        restarts = {} if context.restart is None else _RESTARTS
        return render_template("staff/station.html", restarts=restarts)

    @pages.get("/state")
    def state() -> str:
        """The part of the page that tells how the station is, as HTML."""
        findings = [*context.findings(snapshots.health()), _panel_test(context)]
        now = context.runner.now()
        return render_template(
            "staff/state.html",
            wrong=[found for found in findings if not found.ok],
            right=[found for found in findings if found.ok and found.name not in _FACTS],
            facts=[
                ("Matside", VERSION),
                ("Running for", _since(now - context.started)),
                *_told_as_facts(findings),
                ("Staff area", _addresses(context)),
            ],
            lines=[(span(now - line.at), line) for line in context.log_lines()],
        )

    @pages.get("/restart/<what>")
    def confirm(what: str) -> str:
        restart = _known(what)
        name, follows = _RESTARTS[restart]
        return render_template("staff/restart.html", what=restart, name=name, follows=follows)

    @pages.post("/restart/<what>")
    def restart(what: str) -> dict[str, object]:
        """Restart it, unless a session runs."""
        read_body(EmptyBody)
        asked = _known(what)
        if context.restart is None:
            abort(HTTPStatus.CONFLICT, "This station does not run as a service of systemd.")
        if context.runner.state.status is not Status.ATTRACT:
            abort(HTTPStatus.CONFLICT, "A session is running. Try again when it is over.")
        try:
            context.restart(asked)
        except OSError as problem:
            abort(HTTPStatus.INTERNAL_SERVER_ERROR, f"It cannot be asked for: {problem}")
        return {}

    return pages


def _known(what: str) -> Restart:
    try:
        return Restart(what)
    except ValueError:
        abort(HTTPStatus.NOT_FOUND, f"There is no {what!r} to restart.")


def _told_as_facts(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    by_name = {found.name: found.text for found in findings if found.ok}
    return [(word, by_name[name]) for name, word in _FACTS.items() if name in by_name]


def _panel_test(context: Context) -> Finding:
    return panel_finding(context.test_results.all(), wanted(context.panel.health()))


def _since(seconds: float) -> str:
    """How long the station has run, and since when by the clock on the wall."""
    began = dt.datetime.now().astimezone() - dt.timedelta(seconds=seconds)
    return f"{span(seconds)}, since {began:%Y-%m-%d %H:%M}"


def _addresses(context: Context) -> str:
    """Where the staff area is in the network."""
    if is_loopback(context.server.host):
        return "at this screen alone; the settings can open it to the gym's network"
    port = request.environ["SERVER_PORT"]
    return f"http://{socket.gethostname()}.local:{port}/staff"
