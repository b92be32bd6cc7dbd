"""A walk through every screen of the station, for screenshots and for the tests of the layout."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
from playwright.sync_api import Page

from kiosk.core.session import Choose, ShowLanguages, ShowRoutines, Status
from kiosk.library.words import load_languages
from kiosk.settings.shapes import PanelSection, Settings
from tests.drivers.scripts import TURN_SCENE
from tests.drivers.shipped import ROUTINE_FILES
from tests.drivers.stage import MOCK, Stage, open_stage

#: What is called for each screen, with the page that shows it and its name.
Visit = Callable[[Page, str], None]

#: The routines that `walk` goes through.
WALKED = ("psoas-release", "no-pressure-psoas")

#: Settings of a panel that cannot work, since its chip does not exist.
BROKEN = PanelSection(hardware="gpio", chip="/dev/gpiochip-none")


def until(page: Page, question: str, argument: object = None) -> None:
    """Wait until the JavaScript function `question` says yes on `page`, for 5 s at most.

    Playwright's own `wait_for_function` has the page evaluate a text, which the station's
    Content-Security-Policy forbids.
    """
    for _ in range(500):
        if page.evaluate(question, argument):
            return
        page.wait_for_timeout(10)
    raise AssertionError(f"still not: {question} of {argument}")


def wait_for_version(page: Page, version: int) -> None:
    """Wait until the page shows the session's `version`."""
    until(page, "version => Number(document.body.dataset.version) >= version", version)


def walk(page: Page, visit: Visit, settings: Settings = MOCK) -> None:
    """Show every screen there is on `page`, and call `visit` with each."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with open_stage(data / "one", settings) as stage:
            _walk_session(page, stage, visit, "")
        with open_stage(data / "two", settings) as stage:
            stage.press()
            for number in range(3):
                stage.station.runner.post(ShowRoutines(number))
                _look(page, stage, visit, f"choose-{number + 1}")
            stage.station.runner.post(Choose(routine="no-pressure-psoas"))
            _walk_session(page, stage, visit, "gentle-")
        by_button = msgspec.structs.replace(settings.station, choose_by_button=True)
        listing = msgspec.structs.replace(settings, station=by_button)
        with open_stage(data / "list", listing) as stage:
            for routine in stage.station.runner.rules.offered:
                stage.press()
                _look(page, stage, visit, f"browse-{routine}")
        with open_stage(data / "cut", settings) as stage:
            stage.press_until("straighten")
        with open_stage(data / "cut", settings) as stage:
            _look(page, stage, visit, "resume")
        (data / "file").touch()
        with open_stage(data / "file", settings) as stage:
            _look(page, stage, visit, "attract-not-saving")
        broken = msgspec.structs.replace(settings, panel=BROKEN)
        with open_stage(data / "broken", broken) as stage:
            _look(page, stage, visit, "attract-broken")
            stage.press_until("settle")
            _look(page, stage, visit, "hold-broken")


def walk_languages(page: Page, visit: Visit, settings: Settings = MOCK) -> None:
    """Show where languages are chosen, in English and in Arabic, and call `visit` with each."""
    for language in ("en", "ar"):
        station = msgspec.structs.replace(
            settings.station, language=language, offered_languages=tuple(load_languages())
        )
        several = msgspec.structs.replace(settings, station=station)
        with tempfile.TemporaryDirectory() as folder, open_stage(Path(folder), several) as stage:
            _look(page, stage, visit, f"{language}-attract")
            for scene in (1, 3):
                page.evaluate(TURN_SCENE, scene)
                visit(page, f"{language}-attract-scene-{scene}")
            stage.press()
            _look(page, stage, visit, f"{language}-gate")
            stage.station.runner.post(ShowLanguages())
            _look(page, stage, visit, f"{language}-languages")
            stage.station.runner.post(ShowRoutines())
            _look(page, stage, visit, f"{language}-choose")


def walk_further_routines(page: Page, visit: Visit, settings: Settings = MOCK) -> None:
    """Show the screens of the other routines, those of one side, and call `visit` with each."""
    for routine in (path.stem for path in ROUTINE_FILES):
        if routine in WALKED:
            continue
        station = msgspec.structs.replace(settings.station, routine=routine)
        chosen = msgspec.structs.replace(settings, station=station)
        with tempfile.TemporaryDirectory() as folder, open_stage(Path(folder), chosen) as stage:
            _walk_session(page, stage, _once(visit), f"{routine}-")


def _once(visit: Visit) -> Visit:
    """`visit`, but for one side only of what looks the same on both."""
    seen: set[str] = set()

    def visit_once(page: Page, name: str) -> None:
        step = name.removesuffix("-left").removesuffix("-right")
        if step not in seen:
            seen.add(step)
            visit(page, name)

    return visit_once


def _walk_session(page: Page, stage: Stage, visit: Visit, prefix: str) -> None:
    if stage.state.status is Status.ATTRACT:
        _look(page, stage, visit, f"{prefix}attract")
        stage.press()
    seen: set[Status] = set()
    while stage.state.status is Status.RUNNING and stage.state.step is not None:
        step = stage.state.step
        side = "" if step.side is None else f"-{step.side.value}"
        _look(page, stage, visit, f"{prefix}{step.kind.value}-{step.id}{side}")
        if step.loaded and step.seconds is None and Status.ASKING not in seen:
            seen.add(Status.ASKING)
            stage.wait(91)
            _look(page, stage, visit, f"{prefix}asking")
            stage.press()
        if stage.state.holding and Status.PAUSED not in seen:
            seen.add(Status.PAUSED)
            stage.hold()
            _look(page, stage, visit, f"{prefix}paused")
            stage.press()
            _look(page, stage, visit, f"{prefix}ready")
            stage.press()
        stage.press()
    _look(page, stage, visit, f"{prefix}summary")


def _look(page: Page, stage: Stage, visit: Visit, name: str) -> None:
    address = f"{stage.url}/?panel=off"
    if page.url != address:
        page.goto(address)
    wait_for_version(page, stage.state.version)
    visit(page, name)
