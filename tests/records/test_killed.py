"""kill -9 at any moment: no session is lost or doubled, and the offer is what was saved last.

A session is saved at each change and every five seconds of a step that is counted down (held by
`test_keeper`), so an offer that is what was saved last is right to within five seconds.
"""

import contextlib
import multiprocessing
import os
import random
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import msgspec
import pytest

from kiosk.core.saved import Saved, offer
from kiosk.core.session import State, Status
from kiosk.records.record import SessionRecord
from kiosk.records.store import FILE, read_sessions
from tests.drivers.killed import RULES, Offered, Stood, Writing, Written, run

#: How often the station is killed; thousands take minutes.
KILLS = int(os.environ.get("MATSIDE_KILLS", "200"))

#: The share of kills while the station starts, and of the others the share within a transaction.
STARTING, AIMED = 0.1, 0.5


@dataclass
class Books:
    """What the database must hold, kept from what the station told before it was killed.

    Attributes:
        sessions: The sessions by number, their time of start left out.
        running: What is saved of the running one.
        begun: The transaction that may or may not have been committed.
        stood: Where the session stood since the last transaction was begun.
    """

    sessions: dict[int, SessionRecord] = field(default_factory=dict)
    running: tuple[int, Saved] | None = None
    begun: Writing | None = None
    stood: list[Stood] = field(default_factory=list)
    starts: int = 0
    endings: int = 0
    offers: int = 0
    unsure: int = 0

    @property
    def ending_begun(self) -> bool:
        """Whether a session's end is just being written."""
        return self.begun is not None and self.begun.record is not None and not self.begun.running

    def hear(self, message: object) -> None:
        match message:
            case Offered(state):
                self.starts += 1
                self.check_offer(state)
            case Stood():
                self.stood.append(message)
            case Writing(record, saved):
                assert self.begun is None
                self.begun = message
                if record is not None and saved is not None:
                    # What is saved is where it stood just now, not where it once was.
                    assert Stood(saved.index, saved.step) in self.stood
                    del self.stood[:-1]
            case Written():
                self.commit()

    def check_offer(self, state: State) -> None:
        expected = None
        if self.running is not None:
            expected = offer(self.running[1], state.since, RULES, 0)
        if expected is None:
            assert state.status is Status.ATTRACT
            self.stood = [Stood(0, None)]
            return
        assert state == expected
        self.offers += 1
        assert state.step is not None
        self.stood = [Stood(state.index, state.step.id)]

    def commit(self) -> None:
        """The transaction that was begun is in the database."""
        assert self.begun is not None
        record, saved = self.begun
        self.begun = None
        if record is None:
            for number, old in self.sessions.items():
                if old.ended is None:
                    self.sessions[number] = replace(old, ended="abandoned")
        else:
            self.endings += record.ended is not None
            self.sessions[record.number] = timeless(record)
        self.running = None if saved is None or record is None else (record.number, saved)

    def audit(self, directory: Path) -> None:
        """Compare with the database; settles what became of the transaction under way."""
        if not self.starts:  # killed before it had a database
            self.begun = None
            return
        found = {record.number: timeless(record) for record in read_sessions(directory)}
        running = running_in(directory)
        if (found, running) != (self.sessions, self.running):
            assert self.begun is not None, "it has changed without a transaction"
            self.commit()
            assert (found, running) == (self.sessions, self.running)
            self.unsure += 1
        self.begun = None
        assert not list(directory.glob("*.damaged-*"))


def timeless(record: SessionRecord) -> SessionRecord:
    return replace(record, started="")


def running_in(directory: Path) -> tuple[int, Saved] | None:
    db = sqlite3.connect(directory / FILE)
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        row = db.execute("SELECT number, saved FROM running").fetchone()
    finally:
        db.close()
    return None if row is None else (row[0], msgspec.json.decode(row[1], type=Saved))


def hear(pipe: Connection, books: Books) -> None:
    """Listen to one message."""
    assert pipe.poll(30), "the station has fallen silent"
    books.hear(pipe.recv())


def listen_for_a_while(pipe: Connection, books: Books, dice: random.Random) -> None:
    """Return at some moment, by what the station does rather than by the clock: it may be slow."""
    if dice.random() < STARTING:
        time.sleep(dice.uniform(0, 0.06))
        return
    starts = books.starts
    while books.starts == starts:
        hear(pipe, books)
    for _ in range(dice.randrange(30)):
        hear(pipe, books)
        if books.ending_begun and dice.random() < AIMED:  # the rarest, and the worst to lose
            time.sleep(dice.uniform(0, 0.004))
            return
    if dice.random() < AIMED:
        for _ in range(50):
            if books.begun is None:
                hear(pipe, books)
        time.sleep(dice.uniform(0, 0.002))
    else:
        time.sleep(dice.uniform(0, 0.01))


def hear_the_rest(pipe: Connection, books: Books) -> None:
    try:
        while True:
            books.hear(pipe.recv())
    except (EOFError, OSError):
        """The last message may have been cut off by the kill."""


@contextlib.contextmanager
def station(context: ForkServerContext, directory: Path, seed: int) -> Iterator[Connection]:
    """A station in a process of its own, killed at the end at the latest, and what it tells."""
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=run, args=(directory, theirs, seed), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        process.kill()
        process.join()


@pytest.mark.process
def test_a_station_that_is_killed_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    print("seed", seed)
    dice = random.Random(seed)
    # Each station is forked from a process that has everything imported (with pytest, which is
    # the main module) and no threads.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pytest", "tests.drivers.killed"])
    books = Books()
    for _ in range(KILLS):
        with station(context, tmp_path, dice.randrange(1_000_000)) as pipe:
            listen_for_a_while(pipe, books, dice)
        hear_the_rest(pipe, books)
        pipe.close()
        books.audit(tmp_path)
    print(
        f"{KILLS} kills: {len(books.sessions)} sessions, {books.endings} endings, "
        f"{books.offers} offers, {books.unsure} in the middle of a transaction"
    )
    assert sorted(books.sessions) == list(range(1, len(books.sessions) + 1))
    # The dice have tried what they are there to try.
    assert books.endings >= KILLS / 50
    assert books.offers >= KILLS / 50
