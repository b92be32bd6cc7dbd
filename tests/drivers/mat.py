"""A driver for tests: what a member on the mat does, on a clock that the test moves."""

from dataclasses import dataclass, field

from kiosk.core.cues import Cue
from kiosk.core.moves import attract
from kiosk.core.remaining import remaining_at
from kiosk.core.session import (
    Back,
    ButtonDown,
    ButtonUp,
    Choose,
    Ending,
    Event,
    Outcome,
    Rules,
    ShowLanguages,
    ShowRoutines,
    Source,
    State,
    Status,
    Tick,
    ledger_at,
)
from kiosk.core.transitions import advance, next_deadline
from tests.drivers.clocks import FakeClock
from tests.drivers.sessions import Standing, press_until, standing_of


@dataclass
class Mat:
    """A station's session without threads; every event is applied at `now`.

    Attributes:
        rules: The rules of the station.
        clock: The station's clock.
        state: The session.
        cues: Every cue so far, with the clock seconds when it sounded.
        endings: Every ending so far.
    """

    rules: Rules
    clock: FakeClock = field(default_factory=lambda: FakeClock(1000.0))
    state: State = field(init=False)
    cues: list[tuple[float, Cue]] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = attract(self.now, self.rules)

    @property
    def now(self) -> float:
        """Clock seconds."""
        return self.clock.time

    @now.setter
    def now(self, seconds: float) -> None:
        self.clock.time = seconds

    def post(self, event: Event) -> Outcome:
        """Apply `event` now."""
        outcome = advance(self.state, event, self.now, self.rules)
        self.state = outcome.state
        if outcome.cue is not None:
            self.cues.append((self.now, outcome.cue))
        if outcome.ending is not None:
            self.endings.append(outcome.ending)
        return outcome

    def wait(self, seconds: float) -> None:
        """Let clock seconds pass, with a tick at every deadline on the way."""
        end = self.now + seconds
        while (due := next_deadline(self.state, self.rules)) is not None and due <= end:
            self.now = max(self.now, due)
            self.post(Tick())
        self.now = end

    def oversleep(self, seconds: float) -> None:
        """Let clock seconds pass with one late tick at their end."""
        self.now += seconds
        self.post(Tick())

    def down(self, source: Source = Source.PIN) -> None:
        """Push the button, and keep it down."""
        self.post(ButtonDown(source))

    def up(self, source: Source = Source.PIN) -> None:
        """Let the button go."""
        self.post(ButtonUp(source))

    def press(self, after: float = 1.0) -> None:
        """Wait `after` seconds, then press shortly."""
        self.wait(after)
        self.down()
        self.wait(0.1)
        self.up()

    def hold(self, after: float = 1.0) -> None:
        """Wait `after` seconds, then hold the button until it is taken as held."""
        self.wait(after)
        self.down()
        self.wait(self.rules.timing.held)
        self.up()

    def back(self) -> None:
        """Go back by the keyboard."""
        self.post(Back())

    def choose(self, **choice: object) -> Outcome:
        """Choose by touch."""
        return self.post(Choose(**choice))  # type: ignore[arg-type] # a test says what it likes

    def show_routines(self, page: int = 0) -> Outcome:
        """Ask by touch for the pictures of the routines."""
        return self.post(ShowRoutines(page))

    def show_languages(self) -> Outcome:
        """Ask by touch for the names of the languages."""
        return self.post(ShowLanguages())

    def press_until(self, step: str) -> None:
        """Press until the step with the id `step` has come."""
        press_until(self, step)

    def standing(self) -> Standing:
        """Where the session stands."""
        return standing_of(self.state)

    @property
    def status(self) -> Status:
        """What the station is doing."""
        return self.state.status

    @property
    def step_id(self) -> str | None:
        """The id of the step, None outside of a session."""
        return None if self.state.step is None else self.state.step.id

    @property
    def remaining(self) -> float | None:
        """Routine seconds remaining of what is counted down."""
        return remaining_at(self.state, self.now, self.rules)

    @property
    def held(self) -> tuple[float, float]:
        """Seconds held on the left and on the right, to the millisecond."""
        ledger = ledger_at(self.state, self.now, self.rules)
        return round(ledger.left, 3), round(ledger.right, 3)

    def heard(self) -> list[Cue]:
        """The cues so far, in order."""
        return [cue for _, cue in self.cues]
