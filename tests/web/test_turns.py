"""Requests from the network take turns; the panel never waits for them."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from werkzeug.test import Client

from tests.drivers.threads import SOON, until
from web.turns import MOST_INSIDE, Turns


class SlowApplication:
    """Answers a request from the network once it may, and any other one at once."""

    def __init__(self) -> None:
        self.may_answer = threading.Event()
        self.inside = 0
        self.most_at_once = 0

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., object]
    ) -> Iterable[bytes]:
        if environ["REMOTE_ADDR"] != "127.0.0.1":
            self.inside += 1
            self.most_at_once = max(self.most_at_once, self.inside)
            assert self.may_answer.wait(SOON)
            self.inside -= 1
        start_response("200 OK", [])
        return [b""]


@pytest.fixture
def application() -> SlowApplication:
    return SlowApplication()


def ask(turns: Turns, address: str) -> int:
    return Client(turns).get("/", environ_base={"REMOTE_ADDR": address}).status_code


def test_requests_of_the_network_take_turns_and_too_many_at_once_are_refused(
    application: SlowApplication,
) -> None:
    turns = Turns(application)
    statuses: list[int] = []

    def come(number: int) -> None:
        statuses.append(ask(turns, f"192.168.7.{number}"))

    threads = [threading.Thread(target=come, args=(number,)) for number in range(MOST_INSIDE + 3)]
    for thread in threads:
        thread.start()
    assert until(lambda: statuses == [503] * 3)
    assert ask(turns, "127.0.0.1") == 200
    application.may_answer.set()
    for thread in threads:
        thread.join()
    assert statuses == [503] * 3 + [200] * MOST_INSIDE
    assert application.most_at_once == 1
    assert ask(turns, "192.168.7.1") == 200


def test_whoever_is_refused_is_told_when_to_come_again() -> None:
    application = SlowApplication()
    turns = Turns(application)
    threads = [
        threading.Thread(target=ask, args=(turns, "192.168.7.1")) for _ in range(MOST_INSIDE)
    ]
    for thread in threads:
        thread.start()

    def refused() -> bool:
        answer = Client(turns).get("/", environ_base={"REMOTE_ADDR": "192.168.7.2"})
        return answer.status_code == 503 and answer.headers["Retry-After"] == "1"

    # All of them are inside once the application has the first one and a further one is refused.
    assert until(lambda: turns._inside._value == 0)
    assert refused()
    application.may_answer.set()
    for thread in threads:
        thread.join()
