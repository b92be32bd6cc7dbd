"""Prints a page into a PDF file with the Chromium that is on this machine.

The page and its sheet lie in a folder of their own, so that no station need run and no socket is
opened. The PDF is written whole or not at all: it gets its name once it is complete.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from kiosk.core.errors import PrintError

#: The names that the browser has, by system. All are of Chromium's kin, since they print alike.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Seconds that printing may take; a Raspberry Pi needs about ten.
PATIENCE = 120


def find_browser() -> str:
    """The path of the browser.

    Raises:
        PrintError: There is none.
    """
    for name in BROWSERS:
        if (path := shutil.which(name)) is not None:
            return path
    raise PrintError(
        f"there is no browser here to make the PDF with; looked for: {', '.join(BROWSERS)}. "
        "Install one (apt-get install chromium), or open /card/NAME of a station in any browser "
        "and print it from there."
    )


def print_pdf(page: Path, output: Path) -> None:
    """Print `page`, an HTML file, into the file `output`, which is replaced if it is there.

    Raises:
        PrintError: There is no browser, it failed, or `output` cannot be written.
    """
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="matside-print-") as folder:
        made = Path(folder) / "card.pdf"
        _run_browser(browser, page, made, Path(folder) / "profile")
        _put_in_place(made, output)


def _run_browser(browser: str, page: Path, made: Path, profile: Path) -> None:
    command = [
        browser,
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-pdf-header-footer",
        f"--user-data-dir={profile}",
        f"--print-to-pdf={made}",
    ]
    if os.geteuid() == 0:
        # Chromium refuses to start as root with its sandbox. The page is Matside's own and has no
        # script. Anybody but root keeps the sandbox.
        command.append("--no-sandbox")
    try:
        done = subprocess.run(  # noqa: S603 - a browser found on the path, and files of our own
            [*command, page.as_uri()], capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as cause:
        raise PrintError(f"{browser} did not print: {cause}") from cause
    if not made.exists() or not made.read_bytes().startswith(b"%PDF-"):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise PrintError(f"{browser} made no PDF (status {done.returncode}). {''.join(last)}")


def _put_in_place(made: Path, output: Path) -> None:
    """Copy `made` beside `output`, and give it that name once all of it is there."""
    part = output.with_name(f".{output.name}.part")
    try:
        shutil.copyfile(made, part)
        part.replace(output)
    except OSError as cause:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise PrintError(f"{output} cannot be written: {cause.strerror or cause}") from cause
