"""``matside check``: small checks, each of which says "ok" or what to do."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata

import msgspec

from hardware import open_panel
from kiosk.core.errors import MatsideError
from kiosk.ports import PartStatus
from kiosk.settings import Settings, check_address, data_directory, panel_settings
from kiosk.station import rules_of
from kiosk.store import Store

#: Less free disk than this, in bytes, is worth a word.
ENOUGH_DISK = 200 * 1024 * 1024

_PACKAGES = ("flask", "waitress", "gpiozero", "msgspec")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check has found.

    Attributes:
        name: What was checked.
        ok: Whether it is as it should be.
        text: What was found, and what to do about it.
    """

    name: str
    ok: bool
    text: str


def report(settings: Settings, *, as_json: bool) -> int:
    """Print every finding, a line each or as JSON; returns 0 if all is well, else 1."""
    findings = list(check_all(settings))
    if as_json:
        print(msgspec.json.encode([asdict(finding) for finding in findings]).decode())
    else:
        for finding in findings:
            print(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.name:12} {finding.text}")
    return 0 if all(finding.ok for finding in findings) else 1


def check_all(settings: Settings) -> Iterator[Finding]:
    """Every check, one after the other."""
    yield _python()
    yield _packages()
    for name, check in (
        ("address", _address),
        ("routines", _routines),
        ("data", _data),
        ("panel", _panel),
    ):
        yield _guarded(name, check, settings)
    yield _browser()


def _guarded(name: str, check: Callable[[Settings], str], settings: Settings) -> Finding:
    """A check that raises one of our errors has found just that."""
    try:
        return Finding(name, True, check(settings))
    except MatsideError as problem:
        return Finding(name, False, str(problem))


def _python() -> Finding:
    return Finding("python", True, ".".join(map(str, sys.version_info[:3])))


def _packages() -> Finding:
    try:
        found = [f"{name} {metadata.version(name)}" for name in _PACKAGES]
    except metadata.PackageNotFoundError as missing:
        return Finding("packages", False, f"{missing} is missing. Install Matside again.")
    try:
        stub = metadata.version("lgpio").startswith("0.0")
    except metadata.PackageNotFoundError:
        stub = False
    if stub:
        text = "lgpio is the empty stub from PyPI. Remove it, and install python3-lgpio with apt."
        return Finding("packages", False, text)
    return Finding("packages", True, ", ".join(found))


def _address(settings: Settings) -> str:
    check_address(settings.server)
    return f"{settings.server.host}:{settings.server.port}"


def _routines(settings: Settings) -> str:
    return ", ".join(rules_of(settings).routines)


def _data(settings: Settings) -> str:
    directory = data_directory(settings.station.data)
    store = Store(directory)
    count = len(store.sessions())
    store.close()
    free = shutil.disk_usage(directory).free
    if free < ENOUGH_DISK:
        raise MatsideError(f"{directory}: only {free // 2**20} MiB are free. Make room.")
    return f"{directory}: {count} sessions, {free // 2**20} MiB free"


def _panel(settings: Settings) -> str:
    panel = open_panel(panel_settings(settings.panel), lambda _edge: None, lambda _health: None)
    try:
        health = panel.health()
    finally:
        panel.close()
    if PartStatus.FAILED in (health.button, health.buzzer, health.light):
        raise MatsideError(health.problem or "The panel does not work.")
    parts = f"button {health.button.value}, buzzer {health.buzzer.value}"
    return f"{health.factory}: {parts}, light {health.light.value}"


def _browser() -> Finding:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        return Finding("browser", True, "no Chromium here; the page works in any browser")
    return Finding("browser", True, found)
