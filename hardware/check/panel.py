"""Checks of the panel: by the running station's word, or by taking the pins for a moment."""

import sys
from collections.abc import Iterator
from functools import partial

from hardware.header import physical
from hardware.panel import open_panel
from hardware.pins.factories import resolve
from kiosk.core.errors import MatsideError
from kiosk.ports.finding import Finding, run_check, span
from kiosk.ports.health import StationHealth
from kiosk.ports.panel import ButtonHealth, PanelHealth, PanelSettings, PartName, PartStatus

#: What a button does whose contact is the wrong one of the two that an arcade button has.
OPENING_CONTACT = "on the contact that opens (take C and NO, not NC)"


def check_panel(settings: PanelSettings, station: StationHealth | None) -> Iterator[Finding]:
    """Whether there is a chip, and each part has its pin; disturbs no running station.

    Args:
        settings: The panel's settings.
        station: The health of the station that runs on this machine, None if none does.
    """
    factory = resolve(settings.hardware)
    chip = run_check("gpio", lambda: _chip(factory, settings.chip))
    yield chip
    if station is not None and station.hardware.factory == factory:
        yield from _as_told(settings, station)
    elif chip.ok:
        health = _look(settings)
        for part in PartName:
            yield run_check(part.value, partial(_part, part, health, settings))
    else:
        for part in PartName:
            yield Finding(part.value, False, "not looked at: see gpio")


def wire(settings: PanelSettings, part: PartName) -> str:
    """Where `part` is on the header: for example ``GPIO17 (pin 11)``; ``no pin`` without it."""
    pin = settings.pin(part)
    return "no pin" if pin is None else f"GPIO{pin} (pin {physical(pin)})"


def press_report(stats: ButtonHealth, ignored: int | None = None) -> str:
    """What a button has been through, in a line.

    For example ``12 presses (3 ignored), up to 2 bounces a press, mostly 0, the longest 1.3 s, the
    last 8 min ago, 1 glitches``.

    Args:
        stats: The counts of the button.
        ignored: How many of the presses the session ignored, None if there is no session.
    """
    words = [f"{stats.presses} presses"]
    if ignored is not None:
        words[0] += f" ({ignored} ignored)"
    made = [count for count in range(len(stats.bounces)) if stats.bounces[count]]
    if made == [0]:
        words.append("no bounces")
    elif made:
        most = max(made, key=lambda count: stats.bounces[count])
        words.append(f"up to {made[-1]} bounces a press, mostly {most}")
    if stats.longest is not None:
        words.append(f"the longest {stats.longest:.1f} s")
    if stats.since_last is not None:
        words.append(f"the last {span(stats.since_last)} ago")
    words.append(f"{stats.glitches} glitches")
    return ", ".join(words)


def _chip(factory: str, chip: str | None) -> str:
    if factory == "mock":
        return "mock hardware: no chip needed"
    if sys.platform != "linux":
        raise MatsideError('There is no GPIO here. Use hardware = "mock".')
    from hardware.pins.chips import find_chip  # noqa: PLC0415 - it imports gpiod, which is Linux only

    return f"{find_chip(chip)}, read by {factory}"


def _as_told(settings: PanelSettings, station: StationHealth) -> Iterator[Finding]:
    """The parts as the running station has them: it has their lines, so nobody else can look."""
    hardware, button = station.hardware, station.button
    health = PanelHealth(
        factory=hardware.factory,
        button=hardware.button,
        buzzer=hardware.buzzer,
        light=hardware.light,
        problem=hardware.problem,
    )
    for part in PartName:
        found = run_check(part.value, partial(_part, part, health, settings))
        if found.ok and health.status(part) is not PartStatus.ABSENT:
            text = f"{found.text}, in use by the running station"
            if part is PartName.BUTTON:
                text += f": {press_report(button.without_session(), button.ignored)}"
            found = Finding(part.value, True, text)
        yield found


def _look(settings: PanelSettings) -> PanelHealth:
    """Take the pins, look, and give them back; the buzzer and the light stay low."""
    panel = open_panel(settings, lambda _edge: None, lambda _health: None)
    try:
        return panel.health()
    finally:
        panel.close()


def _part(part: PartName, health: PanelHealth, settings: PanelSettings) -> str:
    """What is found of `part`.

    Raises:
        MatsideError: Something is wrong with it.
    """
    status = health.status(part)
    if status is PartStatus.ABSENT:
        return "switched off in the settings"
    if status is not PartStatus.OK:
        raise MatsideError(health.problem or f"The {part.value} does not work.")
    if part is PartName.BUTTON and health.stats.down:
        raise MatsideError(
            f"{wire(settings, part)} is at ground now. If nobody holds the button, its wire "
            f"touches ground, or is {OPENING_CONTACT}."
        )
    return wire(settings, part)
