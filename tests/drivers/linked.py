"""A station that is linked to a broker: a real session, store and link, and no panel or page."""

from dataclasses import dataclass, field
from pathlib import Path

from kiosk.core.session import Back, ButtonDown, ButtonUp, Rules, Status
from kiosk.fleet.commands import Hands
from kiosk.fleet.link import Link
from kiosk.fleet.linked import LinkedStation
from kiosk.ports.clock import SystemClock
from kiosk.ports.health import MachineNumbers
from kiosk.ports.panel import PanelHealth, PartStatus
from kiosk.records.keeper import KeeperThread, SessionKeeper
from kiosk.records.store import Keeping, Store, count_ended_on
from kiosk.records.unwritten import Unwritten
from kiosk.runner import Runner
from kiosk.settings.shapes import FleetSection
from tests.drivers.clocks import WallClock

#: The panel of a station on which all is well.
WELL = PanelHealth("mock", PartStatus.OK, PartStatus.OK, PartStatus.OK)

#: The numbers of its machine.
NUMBERS = MachineNumbers(1234, 48, low_voltage=False)


@dataclass
class Linked:
    """The station. It is started when it is made.

    Attributes:
        directory: The data directory.
        rules: What sessions run by.
        section: The settings of the fleet.
        name: What the gym calls it.
        panel: The panel's health.
        numbers: Those of the machine.
        latest: The newer version that lies ready to be installed.
        done: What commands have done.
    """

    directory: Path
    rules: Rules
    section: FleetSection
    name: str | None = None
    panel: PanelHealth = WELL
    numbers: MachineNumbers = NUMBERS
    latest: str | None = None
    done: list[str] = field(default_factory=list)
    wall: WallClock = field(default_factory=WallClock)

    def __post_init__(self) -> None:
        clock = SystemClock()
        keeper = SessionKeeper(
            lambda: Store(self.directory, Keeping(outbox=True)),
            self.rules,
            clock,
            wall=self.wall,
            unwritten=Unwritten(),
        )
        self.runner = Runner(keeper.recover(), self.rules, clock)
        self.keeping = KeeperThread(keeper)
        station = LinkedStation(
            section=self.section,
            name=self.name,
            directory=self.directory,
            rules=self.rules,
            languages=("en",),
            clock=clock,
            wall=self.wall,
            panel=lambda: self.panel,
            saving_problem=lambda: keeper.problem,
            setup_problems=(),
            machine=lambda: self.numbers,
            sessions_on=lambda day: count_ended_on(self.directory, day),
            hands=Hands(
                at_rest=lambda: self.runner.state.status is Status.ATTRACT,
                identify=lambda: self.done.append("identify"),
                silence=lambda quiet: self.done.append(f"quiet {quiet}"),
                restart_browser=lambda: self.done.append("restart"),
            ),
            quiet=False,
            latest=lambda: self.latest,
        )
        self.link = Link(station, self.runner.state)
        self.runner.listen(self.keeping)
        self.runner.listen(self.link.newest)
        self.link.start()

    def press(self) -> None:
        """Press the button."""
        self.runner.post(ButtonDown())
        self.runner.post(ButtonUp())

    def session(self) -> None:
        """A session that ends as soon as it has begun."""
        self.press()
        self.runner.post(Back())
        assert self.runner.state.status is Status.ATTRACT

    def close(self) -> None:
        """Stop it, as systemd does."""
        self.link.close()
        self.keeping.close()
