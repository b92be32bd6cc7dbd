"""How much a browser fetches to show the page for the first time."""

import urllib.request

from playwright.sync_api import Browser, Response

from tests.drivers.screens import until
from tests.drivers.stage import Stage

#: The most bytes that a first load may have, as they are sent, without headers.
MOST = 60_000


def first_event(stage: Stage) -> int:
    """The bytes of a stream of events up to the end of its first snapshot, which has a number."""
    size = 0
    in_snapshot = False
    with urllib.request.urlopen(f"{stage.url}/events", timeout=5) as stream:
        for line in stream:
            size += len(line)
            in_snapshot = in_snapshot or line.startswith(b"id:")
            if in_snapshot and not line.strip():
                return size
    message = f"The stream ended after {size} bytes without a snapshot."
    raise AssertionError(message)


def test_a_first_load_sends_at_most_60_kb(browser: Browser, stage: Stage) -> None:
    answers: list[Response] = []
    page = browser.new_page(viewport={"width": 800, "height": 480})
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - the library marks it
    page.goto(f"{stage.url}/?panel=off")
    until(page, "() => document.body.dataset.version !== undefined")
    page.evaluate("() => document.fonts.ready")
    page.wait_for_load_state("load")
    sent = {
        answer.url.removeprefix(stage.url): answer.request.sizes()["responseBodySize"]
        for answer in answers
        if not answer.url.endswith("/events")
    }
    page.close()
    sent["/events"] = first_event(stage)
    # What a page cannot be without is among it.
    assert {"/?panel=off", "/events"} < sent.keys()
    assert any(path.endswith(".woff2") for path in sent)
    assert min(sent.values()) > 0
    assert sum(sent.values()) <= MOST, sent
