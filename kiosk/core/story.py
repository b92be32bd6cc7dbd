"""The story of a session: what has happened in it, for whoever looks back at many sessions."""

from dataclasses import dataclass, replace

from kiosk.core.plan import Step
from kiosk.core.routine import Kind


@dataclass(frozen=True, slots=True)
class Story:
    """What has happened in a session so far.

    Times are clock seconds since the session began, to a tenth. The time in which a station had no
    power does not count.

    Attributes:
        reached: When each step of the plan was first entered, in the order of the plan. Steps that
            have not been entered yet are missing, so its length tells how far the session has come.
        furthest: Id of the last of these steps, None before the first.
        ready_after: When the first hold began, which is how long the member took to get ready;
            None before that.
        weight_offs: Ids of the steps in which weight off was called, in order; a step is there as
            often as that happened in it.
        finished_with: Seconds held on both sides together when the session was first finished and
            missing seconds began to be made up; None if none are or were.
    """

    reached: tuple[float, ...] = ()
    furthest: str | None = None
    ready_after: float | None = None
    weight_offs: tuple[str, ...] = ()
    finished_with: float | None = None

    def entered(self, index: int, step: Step, after: float) -> "Story":
        """The story once `step`, which is at `index` of the plan, has been entered.

        Args:
            index: Its index in the plan.
            step: The step.
            after: Clock seconds since the session began.
        """
        if index != len(self.reached):
            return self  # it has been there before
        first_hold = step.kind is Kind.HOLD and self.ready_after is None
        return replace(
            self,
            reached=(*self.reached, round(after, 1)),
            furthest=step.id,
            ready_after=round(after, 1) if first_hold else self.ready_after,
        )

    def begun_anew(self, first: Step) -> "Story":
        """The story once another routine has been chosen, whose first step is `first`."""
        return replace(self, reached=self.reached[:1], furthest=first.id)

    def weight_off_in(self, step: Step) -> "Story":
        """The story once weight off has been called in `step`."""
        return replace(self, weight_offs=(*self.weight_offs, step.id))

    def made_up(self, held: float) -> float:
        """How many of the seconds `held` on both sides together were made up at the end."""
        return 0.0 if self.finished_with is None else max(0.0, held - self.finished_with)
