"""The screen that the button leads to next, sent ahead so that a page can make it ready."""

from kiosk.core.foresee import foresee
from kiosk.core.session import Rules
from kiosk.runner import Runner
from web.snapshot import Snapshots


class Foresight:
    """What one page is told of the screen that comes next.

    Args:
        runner: Has the session.
        rules: What sessions run by.
        snapshots: Renders the screens.
    """

    def __init__(self, runner: Runner, rules: Rules, snapshots: Snapshots) -> None:
        self._runner = runner
        self._rules = rules
        self._snapshots = snapshots
        self._last: tuple[str, str] | None = None

    def ahead(self) -> bytes | None:
        """The screen that the button leads to next, as JSON.

        None if the page has it: it is shown already, or it was the last one to be sent ahead and
        the same screen is still shown.
        """
        state = self._runner.state
        shown = self._snapshots.screen(state).key
        foreseen = foresee(state, self._runner.now(), self._rules)
        next_one = self._snapshots.screen(foreseen).key
        if next_one == shown or (shown, next_one) == self._last:
            return None
        self._last = (shown, next_one)
        return self._snapshots.foreseen(state, foreseen)
