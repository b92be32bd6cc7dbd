"""A mat whose session is saved on disk, on clocks that the test moves; for tests of the keeper."""

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.core.errors import StoreError
from kiosk.core.saved import Saved
from kiosk.core.session import Event, Outcome, Rules
from kiosk.ports.panel import ButtonHealth
from kiosk.records.keeper import SessionKeeper
from kiosk.records.record import NOT_USED, ButtonUse, SessionRecord
from kiosk.records.store import Store, read_sessions
from kiosk.records.unwritten import Unwritten
from kiosk.runner import Change
from tests.drivers.clocks import FakeClock, WallClock
from tests.drivers.mat import Mat


@dataclass
class Disk:
    """A disk that can fail.

    Attributes:
        problem: The text of the error that opening and writing raise; None while all is well.
        error: The class of that error.
        tries: How often it has failed.
    """

    problem: str | None = None
    error: type[StoreError] = StoreError
    tries: int = 0

    def check(self) -> None:
        """Fail if there is a problem."""
        if self.problem is not None:
            self.tries += 1
            raise self.error(self.problem)


class StoreOnDisk(Store):
    """A store that fails as its disk does."""

    def __init__(self, directory: Path, disk: Disk) -> None:
        disk.check()
        super().__init__(directory)
        self._disk = disk

    def save_running(self, record: SessionRecord, saved: Saved) -> None:
        self._disk.check()
        super().save_running(record, saved)

    def finish(self, record: SessionRecord, use: ButtonUse = NOT_USED) -> None:
        self._disk.check()
        super().finish(record, use)

    def abandon_running(self) -> None:
        self._disk.check()
        super().abandon_running()

    def count_button(self, day: int | None, use: ButtonUse) -> None:
        self._disk.check()
        super().count_button(day, use)


@dataclass
class KeptMat(Mat):
    """A mat beside a station that has just been switched on, with a keeper without a thread.

    Attributes:
        directory: The data directory.
        wall: The wall clock.
        disk: What is wrong with the disk.
        unwritten: What the keeper before could not write, if the process has stayed.
        keeper: The keeper, which writes at once whatever happens.
        healths: The problem that the keeper had each time that it reported a change of it.
        button: What the panel has counted of the button.
    """

    directory: Path = Path()
    wall: WallClock = field(default_factory=WallClock)
    disk: Disk = field(default_factory=Disk)
    unwritten: Unwritten = field(default_factory=Unwritten)
    healths: list[str | None] = field(default_factory=list)
    button: ButtonHealth = field(default_factory=ButtonHealth)
    keeper: SessionKeeper = field(init=False)

    def __post_init__(self) -> None:
        self.keeper = SessionKeeper(
            lambda: StoreOnDisk(self.directory, self.disk),
            self.rules,
            self.clock,
            wall=self.wall,
            unwritten=self.unwritten,
            on_health=lambda: self.healths.append(self.keeper.problem),
            button=lambda: self.button,
        )
        self.state = self.keeper.recover()

    def post(self, event: Event) -> Outcome:
        """Apply `event` now, and let the keeper save what changed."""
        before = self.state
        outcome = super().post(event)
        if self.state is not before:
            self.keeper.note(
                Change(before, self.state, self.now, outcome.cue, outcome.ending),
            )
            self.keeper.save()
        return outcome

    def wait(self, seconds: float) -> None:
        """Let clock seconds pass; the keeper saves when it wants to."""
        end = self.now + seconds
        while (
            patience := self.keeper.seconds_until_save()
        ) is not None and self.now + patience < end:
            super().wait(patience)
            self.keeper.save()
        super().wait(end - self.now)

    def stored(self) -> Store:
        """The store as a station would find it that is switched on now. The caller closes it."""
        return Store(self.directory)


@dataclass
class Gym:
    """Switches stations on, one after the other, with one data directory and one wall clock.

    Attributes:
        directory: The data directory.
        rules: What each station runs by.
        wall: The wall clock.
        stations: All that were switched on.
    """

    directory: Path
    rules: Rules
    wall: WallClock = field(default_factory=WallClock)
    stations: list[KeptMat] = field(default_factory=list)

    def switch_on(self, rules: Rules | None = None, problem: str | None = None) -> KeptMat:
        """Start a station, whose monotonic clock begins anew; its disk fails with `problem`."""
        mat = KeptMat(
            rules or self.rules,
            FakeClock(5.0),
            directory=self.directory,
            wall=self.wall,
            disk=Disk(problem),
        )
        self.stations.append(mat)
        return mat

    def take_anew(self, problem: str | None = None) -> KeptMat:
        """Make the newest station anew in the same process; its disk fails with `problem`."""
        before = self.stations[-1]
        before.keeper.close()
        mat = KeptMat(
            self.rules,
            before.clock,
            directory=self.directory,
            wall=self.wall,
            disk=Disk(problem),
            unwritten=before.unwritten,
        )
        self.stations.append(mat)
        return mat

    def close(self) -> None:
        """Close the stores of all stations; in a test no plug is really pulled."""
        for mat in self.stations:
            mat.keeper.close()


def running_in(mat: KeptMat) -> tuple[int, Saved] | None:
    """Number and data of the session that the store of `mat` has as running; None without one."""
    with closing(mat.stored()) as store:
        return store.running()


def ended(mat: KeptMat) -> list[tuple[int, str | None, str | None]]:
    """Number, end and last step of every session in the store, the oldest first."""
    records = reversed(read_sessions(mat.directory))
    return [(record.number, record.ended, record.step) for record in records]


def in_a_hold(mat: KeptMat) -> None:
    """Go on to the second hold, and 17 s into it."""
    mat.press_until("straighten")
    mat.wait(17)
