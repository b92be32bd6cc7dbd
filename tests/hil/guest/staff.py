"""Staff at the installed station's panel: what they touch there, asked for over HTTP. Prints JSON.

python3 -m tests.hil.guest.staff choose|restart|change [WHAT] [VALUE]

Each call is a visit of its own, with the PIN.
"""

import http.cookiejar
import json
import re
import sys
import urllib.request
from typing import Any

HERE = "http://127.0.0.1:8080"
PIN = "480917"


class Visit:
    """A browser with nothing but its cookies."""

    def __init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def page(self, path: str) -> str:
        """The page at `path`."""
        with self._opener.open(HERE + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **body: object) -> Any:
        """What the station says to `body`."""
        headers = {"Origin": HERE, "Content-Type": "application/json"}
        content = json.dumps(body).encode()
        asked = urllib.request.Request(HERE + path, content, headers)
        with self._opener.open(asked, timeout=60) as answer:
            return json.loads(answer.read())


def main(asked: str, what: str = "", value: str = "") -> None:
    """Do what is asked for.

    Raises:
        ValueError: Nobody knows how.
    """
    visit = Visit()
    if asked == "choose":
        told = visit.post("/staff/choose", pin=PIN)
    else:
        visit.post("/staff/sign-in", pin=PIN)
        if asked == "restart":
            told = visit.post(f"/staff/restart/{what}")
        elif asked == "change":
            found = re.search(r'data-edition="(\w+)"', visit.page("/staff/settings"))
            edition = found[1] if found else ""
            told = visit.post("/staff/settings", edition=edition, changes={what: json.loads(value)})
        else:
            raise ValueError(asked)
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
