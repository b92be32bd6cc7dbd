"""Kills a linked station and restarts its broker at random moments, and counts what has arrived."""

import json
import multiprocessing
import random
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.routine import Side
from kiosk.core.session import Choices, Rules, Timing
from kiosk.fleet import conversation, link, sender
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.records.outbox import Outbox
from kiosk.records.store import FILE, Store
from kiosk.settings.shapes import FleetSection
from tests.drivers.broker import Broker, Ear, until
from tests.drivers.linked import Linked
from web.figures import POSES

#: Loaded only once: the processes that are killed are forked later, and have it already.
RULES = Rules(
    RoutineReader(POSES).read_folder(SHIPPED_ROUTINES),
    Choices("psoas-release", Side.RIGHT, 120, "en"),
    timing=Timing(repeat=0, after_advance=0, gate_unread=0),
)

#: Seconds that a station lives at most before it is killed, and a pause of its member at most.
LIFE, PAUSE = 0.8, 0.05


@dataclass(frozen=True, slots=True)
class Count:
    """What has come of it.

    Attributes:
        kills: How often the station was killed.
        restarts: How often the broker was restarted.
        sessions: Sessions that have ended, as the store has them.
        messages: Messages about ended sessions that have arrived.
        ids: Different ids in them.
        numbers: Different numbers of sessions in them.
    """

    kills: int
    restarts: int
    sessions: int
    messages: int
    ids: int
    numbers: int

    @property
    def missing(self) -> int:
        """Sessions of which nothing has arrived."""
        return self.sessions - self.numbers

    @property
    def doubles(self) -> int:
        """Sessions that would be there twice after their ids."""
        return self.ids - self.numbers


def hurry() -> None:
    """Make the waits short that are there for other people's sake; of this process alone."""
    conversation.SETTLED, conversation.SPREAD = 0.01, 0.1
    sender.APART, sender.HELD = 0.01, 0.1
    link.FIRST_WAIT, link.LONGEST_WAIT = 0.05, 0.1


def station(directory: Path, port: int) -> Linked:
    """The station."""
    return Linked(directory, RULES, FleetSection(broker="127.0.0.1", port=port, tls=False))


def live(directory: Path, port: int, seed: int) -> None:
    """A station with a member who never rests; it runs in a process of its own until killed."""
    hurry()
    dice = random.Random(seed)
    linked = station(directory, port)
    while True:
        linked.session()
        time.sleep(dice.uniform(0, PAUSE))


def rest(directory: Path, port: int, sent: threading.Event) -> None:
    """A station that nobody uses, until all is sent; it runs in a process of its own."""
    hurry()
    linked = station(directory, port)
    until(lambda: Outbox(directory / FILE).count() == 0, "all is sent", within=120)
    sent.set()
    linked.close()


def torment(folder: Path, rounds: int, seed: int) -> Count:
    """Kill a station `rounds` times, restart the broker in every fourth of them, and count."""
    dice = random.Random(seed)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.drivers.killed_link"])
    directory = folder / "data"
    broker = Broker(
        folder / "broker", "persistence true", f"persistence_location {folder / 'broker'}/"
    )
    archive = Ear(broker.port, "matside/+/session", client_id="archive", keep=True)
    restarts = 0
    try:
        for number in range(rounds):
            process = context.Process(target=live, args=(directory, broker.port, seed + number))
            process.start()
            time.sleep(dice.uniform(0, LIFE))
            if number % 4 == 3:
                restarts += 1
                broker.restart()
                time.sleep(dice.uniform(0, LIFE))
            process.kill()
            process.join()
            process.close()
        sent = context.Event()
        last = context.Process(target=rest, args=(directory, broker.port, sent))
        last.start()
        last.join()
        assert sent.is_set()
        with closing(Store(directory)) as store:
            ended = {one.number for one in store.sessions() if one.ended is not None}

        def arrived() -> list[tuple[str, int]]:
            said = [json.loads(each) for each in archive.on("/session")]
            return [(each["id"], each["number"]) for each in said]

        until(lambda: {number for _, number in arrived()} >= ended, "all has arrived", within=60)
        found = arrived()
    finally:
        archive.close()
        broker.kill()
    return Count(
        rounds,
        restarts,
        len(ended),
        len(found),
        len({id_ for id_, _ in found}),
        len({number for _, number in found}),
    )
