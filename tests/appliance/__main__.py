"""``make appliance-test``: the appliance in a virtual machine, from install to uninstall.

See docs/hil.md.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.appliance.box import Box
from tests.appliance.chapters import Chapters
from tests.appliance.faults import Faults, Row
from tests.appliance.release import current_version
from tests.appliance.updates import UpdateChapter
from tests.hil import report
from tests.hil.image import Recipe, add_debian, ensure_image
from tests.hil.machine import Machine
from tests.systems.host import SystemsError, say

#: What the package wants from Debian, so that it installs without a network.
PACKAGES = (
    "cage",
    "chromium",
    "fonts-dejavu-core",
    "libgl1-mesa-dri",
    "openssh-client",
    "polkitd",
    "wlr-randr",
    "xwayland",
)
MEMORY_MB = 2048
SEED = 20


def main() -> int:
    """Install, go through it all, uninstall; give 0 if all is right."""
    options = _options()
    try:
        wrong = _run(options)
    except SystemsError as problem:
        say(str(problem))
        return 2
    say("all is right" if not wrong else f"{wrong} findings are wrong")
    return 1 if wrong else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests/appliance/run", description=__doc__)
    parser.add_argument("--cuts", type=int, default=20, help="of the power in a session (20)")
    parser.add_argument("--faults", type=int, default=3, help="times for each other fault (3)")
    add_debian(parser)
    parser.add_argument(
        "--results",
        type=Path,
        default=Path("appliance-results"),
        help="folder for numbers, transcripts and pictures",
    )
    return parser.parse_args()


def _run(options: argparse.Namespace) -> int:
    results: Path = options.results
    results.mkdir(parents=True, exist_ok=True)
    image = ensure_image(Recipe("appliance", options.debian, PACKAGES))
    console = results / "console.log"
    console.unlink(missing_ok=True)
    with (
        Machine(image, memory_mb=MEMORY_MB, screen=True, log=console) as machine,
        tempfile.TemporaryDirectory(prefix="matside-release-") as scratch,
    ):
        say(f"booting Debian {options.debian} ({machine.accelerator})")
        say(f"up after {machine.boot():.0f} s")
        box = Box(machine, results / "pictures")
        chapters = Chapters(box, Path(scratch), results)
        faults = Faults(box, SEED)
        chapters.install()
        chapters.start_by_itself()
        chapters.shut_in()
        chapters.staff()
        chapters.session()
        chapters.pages()
        rows = [
            faults.graphics_crash(1),
            faults.browser_killed(options.faults),
            faults.page_hangs(1),
            faults.killed(options.faults),
            faults.stopped(options.faults),
            faults.settings_broken(options.faults),
        ]
        chapters.upgrade()
        chapters.kiosk_off()
        rows += [faults.power_cut(options.cuts), faults.power_cut_at_boot(options.faults)]
        updates = UpdateChapter(box, f"/root/matside-{current_version()}")
        updates.run()
        chapters.findings += updates.findings
        chapters.uninstall()
        chapters.package()
    return _report(results, chapters.findings, rows, chapters.measured)


def _report(
    results: Path, findings: list[dict[str, Any]], rows: list[Row], measured: dict[str, float]
) -> int:
    cells = [("fault", "times", "recovered", "longest recovery", "wrong")]
    cells += [
        (
            row.fault,
            str(row.times),
            str(len(row.took)),
            f"{max(row.took):.1f} s" if row.took else "-",
            str(len(row.wrong)),
        )
        for row in rows
    ]
    print(f"\n{report.lines(findings)}\n\n{report.columns(cells)}\n")
    print(report.columns([("measured", "s"), *((k, f"{v:.1f}") for k, v in measured.items())]))
    everything = {
        "findings": findings,
        "measured": measured,
        "faults": [{"fault": row.fault, "took": row.took, "wrong": row.wrong} for row in rows],
    }
    (results / "results.json").write_text(json.dumps(everything, indent=1))
    say(f"numbers, transcripts and pictures are in {results}")
    return sum(not finding["right"] for finding in findings) + sum(bool(row.wrong) for row in rows)


if __name__ == "__main__":
    sys.exit(main())
