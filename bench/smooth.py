"""How smoothly the page runs in a whole session: its long tasks, and its frames a second."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.browser import chromium
from bench.stations import Station, running
from bench.table import Row, percentile
from bench.wire import Client
from kiosk.core.session import Status
from tests.drivers.sessions import Standing, until_summary

#: How many times slower the processor is made to seem, while long tasks are looked for.
SLOWDOWN = 4

#: How many times faster the routine's clock runs meanwhile: a step of 30 s takes 3 s.
SPEED = "10"

#: Seconds of frames that are counted on each screen whose figure moves.
SECONDS = 3

#: Milliseconds between presses. It is so long since the station ignores a press that comes too soon
#: after another one, or just after a step has gone on by itself.
APART = 700

_HERE = Path(__file__).parent
_MOVES = """() => document.querySelector("#screen .figure")?.getAnimations({ subtree: true })
    .some((motion) => motion.playState === "running" && motion.animationName !== "halo")"""


def measure() -> list[Row]:
    """The long tasks with the processor slowed down, and the frames a second at full speed.

    A browser calls a task long if it takes more than 50 ms. It does not tell of others, so if there
    is no long task, the longest one counts as 0 here.
    """
    with chromium() as browser:
        loading, tasks = _long_tasks(browser)
        frames = _frames(browser)
    return [
        Row("longest task while the page loads, CPU÷4", max(loading, default=0.0), "ms"),
        Row("long tasks through a session, CPU÷4", float(len(tasks)), "tasks", most=0),
        Row(
            "longest task through a session, CPU÷4",
            max(tasks.values(), default=0.0),
            "ms",
            most=50,
            detail=tasks,
        ),
        Row(
            "frames a second where a figure moves, median",
            percentile(list(frames.values()), 0.5),
            "fps",
            least=58,
            detail=frames,
        ),
        Row("the same, on the slowest screen", min(frames.values()), "fps"),
    ]


def _long_tasks(browser: Browser) -> tuple[list[float], dict[str, float]]:
    """Milliseconds of the long tasks: those while the page loads, and the later ones.

    A later one has a name that is made of the screen's headline and the moment.
    """
    with _opened(browser, "--speed", SPEED) as (station, page):
        page.context.new_cdp_session(page).send(
            "Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN}
        )
        page.reload()
        page.wait_for_timeout(3000)
        loaded = float(page.evaluate("performance.now()"))
        _go_through(station, page, lambda _: None, by_itself=True)
        found: list[tuple[float, float, str]] = page.evaluate("longTasks")
    loading = [lasted for began, lasted, _ in found if began < loaded]
    later = {f"{name} at {at:.0f}": ms for at, ms, name in found if at >= loaded}
    return loading, later


def _frames(browser: Browser) -> dict[str, float]:
    """Frames a second, as the median of some seconds, on each screen whose figure moves."""
    frames: dict[str, float] = {}

    def count(step: str) -> None:
        page.wait_for_timeout(300)
        if step not in frames and page.evaluate(_MOVES):
            counted: list[int] = page.evaluate("seconds => countFrames(seconds)", SECONDS)
            frames[step] = percentile(counted, 0.5)

    for gentle in (False, True):
        with _opened(browser) as (station, page):
            count("attract")
            if gentle:
                page.keyboard.press("Space", delay=50)
                page.click("#screen .other")
            _go_through(station, page, count, by_itself=False)
    return frames


@contextlib.contextmanager
def _opened(browser: Browser, *options: str) -> Iterator[tuple[Station, Page]]:
    """Start a station with `options`, and open its page with the script that measures in it."""
    with (
        running(*options) as station,
        browser.new_context(viewport={"width": 800, "height": 480}) as context,
    ):
        page = context.new_page()
        page.add_init_script(path=_HERE / "smooth.js")
        page.goto(station.address + "/?panel=off")
        page.wait_for_timeout(1000)
        yield station, page


class _Keyboard:
    """Presses the button by a key in a station's page.

    Args:
        client: Tells where the session stands.
        page: The page in which the key is pressed.
    """

    def __init__(self, client: Client, page: Page) -> None:
        self._client = client
        self._page = page

    def standing(self) -> Standing:
        return self._client.standing()

    def press(self) -> None:
        self._press(milliseconds=50)

    def hold(self) -> None:
        """Hold the button for weight off."""
        self._press(milliseconds=1400)

    def wait_for_another(self, than: Standing) -> None:
        """Wait until the session does not stand at `than` any more."""
        while self.standing() == than:
            self._page.wait_for_timeout(50)
        self._page.wait_for_timeout(APART)

    def _press(self, milliseconds: int) -> None:
        self._page.keyboard.press("Space", delay=milliseconds)
        self._page.wait_for_timeout(APART)


def _go_through(
    station: Station, page: Page, visit: Callable[[str], None], *, by_itself: bool
) -> None:
    """Go through a session to its summary, with weight off once.

    Args:
        station: The station.
        page: Its page, in which the key is pressed.
        visit: Called on each screen with the name of it.
        by_itself: Whether to wait for the end of a step with a time; else a press ends it.
    """
    weight_off = False
    with Client(station) as client:
        keyboard = _Keyboard(client, page)
        for standing in until_summary(keyboard):
            visit(_name(standing))
            if standing.kind == "hold" and not weight_off:
                weight_off = True
                keyboard.hold()
            elif by_itself and standing.goes_on:
                keyboard.wait_for_another(standing)
            elif standing.status is not Status.SUMMARY:
                keyboard.press()


def _name(standing: Standing) -> str:
    if standing.status is not Status.RUNNING or standing.step is None:
        return standing.status.value
    return f"{standing.step} {standing.side or ''}".strip()
