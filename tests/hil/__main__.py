"""``make hil``: the station on a real kernel's GPIO chip, in a virtual machine. See docs/hil.md."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tests.hil import report
from tests.hil.image import Recipe, add_debian, ensure_image
from tests.hil.install import install, run_script
from tests.hil.machine import Machine
from tests.systems.host import SystemsError, say

#: Seconds for the checks, and for a press while measuring, on an emulated CPU.
CHECKS_SECONDS, PRESS_SECONDS = 900, 2.0


def main() -> int:
    """Build, boot, check, measure; give 0 if all is right."""
    options = _options()
    try:
        result = _run(options)
    except SystemsError as problem:
        say(str(problem))
        return 2
    if options.json:
        options.json.write_text(json.dumps(result, indent=1))
        say(f"all numbers are in {options.json}")
    wrong = sum(not finding["right"] for finding in result["findings"] + result["aims"])
    say("all is right" if not wrong else f"{wrong} findings are wrong")
    return 1 if wrong else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests/hil/run", description=__doc__)
    parser.add_argument("--presses", type=int, default=1000, help="of each way (1000)")
    parser.add_argument("--ways", nargs="*", choices=report.WAYS, help="all that Debian has")
    parser.add_argument("--no-checks", action="store_true", help="only measure")
    add_debian(parser)
    parser.add_argument("--json", type=Path, help="write everything to this file")
    parser.add_argument("--console", type=Path, help="write the machine's console to this file")
    return parser.parse_args()


def _run(options: argparse.Namespace) -> dict[str, Any]:
    image = ensure_image(Recipe("hil", options.debian))
    findings: list[dict[str, Any]] = []
    measured: report.Measured = {}
    with Machine(image, log=options.console) as machine:
        say(f"booting Debian {options.debian} ({machine.accelerator})")
        say(f"up after {machine.boot():.0f} s")
        install(machine)
        if not options.no_checks:
            say("checking a session and faults")
            findings = json.loads(run_script(machine, "checks", "gpio", timeout=CHECKS_SECONDS))
            print(report.lines(findings), flush=True)
        for way in report.WAYS_ON[options.debian] if options.ways is None else options.ways:
            say(f"measuring {options.presses} presses: {report.WAYS[way]}")
            seconds = 300 + options.presses * PRESS_SECONDS
            try:
                printed = run_script(machine, "measure", way, str(options.presses), timeout=seconds)
            except SystemsError as problem:
                findings.append(report.wrong(f"{report.WAYS[way]} can be measured", str(problem)))
                print(report.lines(findings[-1:]), flush=True)
            else:
                measured[way] = json.loads(printed)
        kernel = machine.run("uname -r").out.strip()
        accelerator = machine.accelerator
    aims = report.aims(measured)
    print(f"\nLinux {kernel}, gpio-sim, {accelerator}\n\n{report.table(measured)}\n")
    print(report.lines(aims), flush=True)
    return {
        "debian": options.debian,
        "kernel": kernel,
        "accelerator": accelerator,
        "findings": findings,
        "measured": measured,
        "aims": aims,
    }


if __name__ == "__main__":
    sys.exit(main())
