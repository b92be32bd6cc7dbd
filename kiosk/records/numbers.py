"""How sessions are numbered: by this run of the station, and by the store."""


class SessionNumbers:
    """Turns a session's number in this run of the station into its number in the store, and back.

    This run counts its sessions from 1; the store counts all sessions that the station ever had. If
    it has 41 from before this run, session 1 of this run is session 42 in the store, and session 41
    of the store, should it be offered again, is session 0 of this run.

    Both are needed, since sessions may begin before the store can be opened: the keeper works with
    the numbers of this run, and turns them into those of the store only when it writes.

    Args:
        before: How many sessions earlier runs in this process had that the store may not know of.
        earlier: How many sessions the store has from before those; None while it has not told.
    """

    def __init__(self, before: int = 0, earlier: int | None = None) -> None:
        self._before = before
        self._earlier = earlier

    @property
    def known(self) -> bool:
        """Whether the store has told how many sessions it has from before."""
        return self._earlier is not None

    def learn(self, earlier: int) -> None:
        """Take down how many sessions the store has from before."""
        self._earlier = earlier

    def in_store(self, session: int) -> int:
        """The store's number of session `session` of this run.

        Until the store could be opened, nothing is added for what it has; then the number is fit
        for the log only.
        """
        return session + self._before + (self._earlier or 0)

    def in_run(self, number: int) -> int:
        """This run's number of session `number` of the store."""
        return number - self._before - (self._earlier or 0)

    def of_next_run(self, sessions: int) -> "SessionNumbers":
        """The numbers of the run that follows in this process, when this one had `sessions`."""
        return SessionNumbers(self._before + sessions, self._earlier)
