"""The time from a press to the frame that shows the next screen.

It is measured for presses of the panel's pin and of a key in the page. The pin is what matters,
since there a member's press begins; a key has to go from the browser to the station first.

Beside each time stands a limit, below which it cannot be. It is the sum of three: the filter that
tells a press from noise, which a key does not need; the wait for the display, which takes a new
frame 60 times a second; and the paint of one screen, as it was measured.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser

from bench.browser import chromium
from bench.presses import Bench, Painted, opened, press_key, press_pin
from bench.table import Row, percentile
from kiosk.settings.shapes import PanelSection

#: How often the pin and a key are pressed; and how often a key on a page that polls, which is slow.
PRESSES, POLLED = 120, 60


@dataclass(frozen=True, slots=True)
class _Aims:
    """The most that the times from the pin should be, in milliseconds; None without an aim."""

    p50: float | None
    p99: float | None


#: The aims by how many times slower the processor is made to seem to the page.
AIMS = {1: _Aims(12, None), 4: _Aims(22, 45)}


def measure() -> list[Row]:
    """The times in milliseconds, with the browser at full speed and at a quarter of it."""
    rows = []
    with chromium() as browser:
        for slowdown, aims in AIMS.items():
            name = "" if slowdown == 1 else f", CPU÷{slowdown}"
            pin = _times(browser, slowdown, press_pin, PRESSES)
            key = _times(browser, slowdown, press_key, PRESSES)
            polled = _times(browser, slowdown, press_key, POLLED, "poll.js")
            rows += _painted("pin → painted", name, pin, PanelSection().filter_ms, aims)
            rows += _stages(name, pin)
            rows += _painted("key → painted", name, key, 0.0, _Aims(None, None))
            rows += _polled(name, key, polled)
    return rows


def _times(
    browser: Browser,
    slowdown: int,
    press: Callable[[Bench, int], list[Painted]],
    presses: int,
    *scripts: str,
) -> list[Painted]:
    with opened(browser, slowdown, *scripts) as bench:
        return press(bench, presses)


def _painted(
    what: str, name: str, times: list[Painted], filter_ms: float, aims: _Aims
) -> list[Row]:
    """The rows of one kind of press: p50 and p99, each with its aim and its limit."""
    painted = [one.rendered for one in times]
    frame = percentile([one.next - one.frame for one in times], 0.5)
    paint = percentile([one.rendered - one.frame for one in times], 0.5)

    def row(share: float, most: float | None) -> Row:
        # Presses come at any moment between two frames. So half of them wait for half of that time
        # or less, and 99 % of them for 99 % of it or less.
        limit = filter_ms + share * frame + paint
        percent = f"p{100 * share:.0f}"
        value = percentile(painted, share)
        return Row(f"{what}, {percent}{name}", value, "ms", most=most, limit=limit)

    return [row(0.5, aims.p50), row(0.99, aims.p99)]


def _stages(name: str, pin: list[Painted]) -> list[Row]:
    """The rows of the single stages that the time from the pin is made of."""
    stages = {
        "pin → event in the page": [one.heard for one in pin],
        "event → new screen in the page": [one.swapped - one.heard for one in pin],
        "wait for the display's next frame": [one.frame - one.swapped for one in pin],
        "style, layout and paint of that frame": [one.rendered - one.frame for one in pin],
        "event in the page → painted": [one.rendered - one.heard for one in pin],
        "pin → start of the frame after it": [one.next for one in pin],
    }
    return [
        Row(f"{stage}, p{100 * share:.0f}{name}", percentile(times, share), "ms")
        for stage, times in stages.items()
        for share in (0.5, 0.99)
    ]


def _polled(name: str, key: list[Painted], polled: list[Painted]) -> list[Row]:
    """The rows of a key on a page that asks the station every 250 ms, to compare with."""
    asked = [one.rendered for one in polled]
    gain = percentile(asked, 0.5) / percentile([one.rendered for one in key], 0.5)
    return [
        Row(f"key → painted by polling at 250 ms, p50{name}", percentile(asked, 0.5), "ms"),
        Row(f"key → painted by polling at 250 ms, p99{name}", percentile(asked, 0.99), "ms"),
        Row(f"faster than polling at the median{name}", gain, "times"),
    ]
