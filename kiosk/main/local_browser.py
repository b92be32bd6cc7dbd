"""Shows the page in a browser of this machine."""

import logging
import os
import sys
import threading
import webbrowser

_log = logging.getLogger(__name__)


def open_in_browser(address: str) -> None:
    """Show the page in a browser. Without a browser or a display, log where the page is."""
    displayed = (
        sys.platform != "linux" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    )
    if not displayed:
        _log.info("no display here: open %s in a browser", address)
        return

    def show() -> None:
        if not webbrowser.open(address):
            _log.info("no browser found here: open %s in one", address)

    # Some browsers return only when they are closed, so the call has a thread of its own.
    threading.Thread(target=show, name="browser", daemon=True).start()
