"""A whole session by presses."""

import time

from bench.wire import Client

#: Seconds after which a press is not taken for a repetition, nor for meant for the step before.
APART = 0.55


def go_through(client: Client) -> None:
    """Press through a whole session, from the attract screen to its summary; holds run out."""
    client.press()
    while (session := client.session())["status"] != "summary":
        step = session["step"]
        if session["status"] == "running" and step["seconds"] is None:
            time.sleep(APART)
            client.press()
        else:
            time.sleep(0.05)
