"""What is sent out of the outbox, when it is struck out, and what is sent again."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import msgspec
import pytest

from kiosk.fleet import sender
from kiosk.fleet.connection import Connection, Said
from kiosk.fleet.linked import session_message
from kiosk.fleet.messages import SessionMessage
from kiosk.fleet.sender import AGAIN, APART, AT_ONCE, HELD, Sender
from kiosk.records.outbox import Outbox
from kiosk.records.store import FILE, Keeping, Store
from tests.drivers.past import ended_session


class Line:
    """A connection to a broker that answers when a test says so."""

    def __init__(self) -> None:
        self.acknowledged: list[int] = []
        self.refused: dict[int, str] = {}
        self.sent: list[SessionMessage] = []

    def send(self, said: Said) -> int:
        self.sent.append(msgspec.json.decode(said.payload, type=SessionMessage))
        return len(self.sent)

    @property
    def numbers(self) -> list[int]:
        """The numbers of the sessions that were sent, in order."""
        return [message.number for message in self.sent]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path, Keeping(outbox=True))
    yield store
    store.close()


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / FILE)


@pytest.fixture
def sending(outbox: Outbox) -> Sender:
    return Sender(outbox, lambda waiting: session_message(waiting, "mat-1", None), "session")


def go_on(sending: Sender, line: Line, now: float, *, at_rest: bool = True) -> float:
    return sending.go_on(cast("Connection", line), now, at_rest=at_rest)


def test_a_session_is_struck_out_only_some_time_after_it_was_acknowledged(
    store: Store, outbox: Outbox, sending: Sender
) -> None:
    store.finish(ended_session(1))
    line = Line()
    go_on(sending, line, 10.0)
    assert line.numbers == [1]
    line.acknowledged.append(1)
    assert go_on(sending, line, 11.0) == 11.0 + APART
    assert go_on(sending, line, 12.0) < 11.0 + HELD
    assert (sending.waiting, outbox.count()) == (0, 1)
    go_on(sending, line, 10.9 + HELD)
    assert outbox.count() == 1
    go_on(sending, line, 11.0 + HELD, at_rest=False)
    assert outbox.count() == 1, "a session is under way"
    go_on(sending, line, 11.0 + HELD)
    assert outbox.count() == 0
    assert line.numbers == [1]


def test_it_wants_to_be_called_when_the_first_is_to_be_struck_out(
    store: Store, sending: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "HELD", 3.5)
    store.finish(ended_session(1))
    line = Line()
    go_on(sending, line, 10.0)
    line.acknowledged.append(1)
    go_on(sending, line, 11.0)
    assert go_on(sending, line, 12.0) == 14.0
    assert go_on(sending, line, 14.0) == 14.5


def test_more_is_sent_while_what_was_acknowledged_is_kept(
    store: Store, outbox: Outbox, sending: Sender
) -> None:
    many = 2 * AT_ONCE + 3
    for number in range(1, many + 1):
        store.finish(ended_session(number))
    line, now = Line(), 10.0
    while len(line.sent) < many:
        before = len(line.sent)
        go_on(sending, line, now)
        line.acknowledged += range(before + 1, len(line.sent) + 1)
        now += APART
        go_on(sending, line, now)
        now += APART
    go_on(sending, line, now)
    assert line.numbers == [*range(1, many + 1)]
    assert (sending.waiting, outbox.count()) == (0, many)


def test_one_with_a_smaller_number_that_is_stored_later_is_sent_too(
    store: Store, sending: Sender
) -> None:
    store.finish(ended_session(2))
    line = Line()
    go_on(sending, line, 10.0)
    line.acknowledged.append(1)
    go_on(sending, line, 11.0)
    store.finish(ended_session(1))
    sending.look_at(12.0)
    go_on(sending, line, 12.0)
    assert line.numbers == [2, 1, 2]
    assert line.sent[0] == line.sent[2], "a repetition has the same id"
    line.acknowledged += [2, 3]
    go_on(sending, line, 13.0)
    sending.look_at(14.0)
    go_on(sending, line, 14.0)
    assert len(line.sent) == 3
    assert sending.waiting == 0


def test_what_the_broker_refuses_is_sent_again_later(store: Store, sending: Sender) -> None:
    for number in (1, 2, 3):
        store.finish(ended_session(number))
    line = Line()
    go_on(sending, line, 10.0)
    line.acknowledged.append(1)
    line.refused.update({2: "no", 3: "no"})
    go_on(sending, line, 11.0)
    assert "refuses sessions: no" in (sending.problem or "")
    go_on(sending, line, 10.0 + AGAIN)
    assert line.numbers == [1, 2, 3]
    go_on(sending, line, 11.0 + AGAIN)
    assert line.numbers == [1, 2, 3, 2, 3]
    assert sending.problem is None
