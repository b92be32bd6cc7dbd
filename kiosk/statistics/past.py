"""The past of a station, as its pages ask for it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from kiosk.core.errors import StoreError
from kiosk.ports.clock import WallClock
from kiosk.records.export import as_csv, as_json
from kiosk.records.layout import SCHEMA
from kiosk.records.placing import day_number
from kiosk.records.record import records
from kiosk.records.store import reading
from kiosk.statistics import queries
from kiosk.statistics.period import Period
from kiosk.statistics.shapes import Statistics


class Past:
    """Reads what the station has kept.

    It reads beside the station, on connections of its own, so no session ever waits for it. Any
    thread may use it.

    Args:
        directory: The data directory.
        wall: The wall clock.
    """

    def __init__(self, directory: Path, wall: WallClock) -> None:
        self._directory = directory
        self._wall = wall

    def today(self) -> dt.date:
        """The day in the gym's time zone; a clock that is not set may be years off."""
        return self._wall().at.date()

    def statistics(self, period: Period, routine: str | None = None) -> Statistics:
        """Everything that a page of statistics shows.

        Args:
            period: The days that it is about.
            routine: The routine whose funnel is told; None for the most frequent one.

        Raises:
            StoreError: There is no database, it cannot be read, or it is of an earlier layout.
        """
        with reading(self._directory, check=False) as db:
            if db.execute("PRAGMA user_version").fetchone()[0] < SCHEMA:
                raise StoreError(
                    "The database is from an earlier Matside, which kept no sums. They are made "
                    "when the station is started; if it runs, its log says why it could not make "
                    "them."
                )
            routines, languages = queries.chosen(db, period)
            of_funnel = routine or (routines[0].name if routines else None)
            return Statistics(
                period=period,
                ended=queries.ended(db, period),
                hours=queries.hours(db, period),
                funnel=None if of_funnel is None else queries.funnel(db, period, of_funnel),
                evenness=queries.evenness(db, period),
                weight_offs=queries.weight_offs(db, period),
                made_up=queries.made_up(db, period),
                ready=queries.ready(db, period),
                routines=routines,
                languages=languages,
                button=queries.button(db, period),
                unplaced=queries.unplaced(db),
                first_day=queries.first_day(db),
            )

    def as_csv(self, period: Period) -> Iterator[str]:
        """The sessions of `period` as CSV, line by line, for a spreadsheet.

        Raises:
            StoreError: There is no database, or it cannot be read.
        """
        with reading(self._directory, check=False) as db:
            yield from as_csv(records(db, *_span(period)), byte_order_mark=True)

    def as_json(self, period: Period) -> Iterator[str]:
        """The sessions of `period` as JSON, line by line.

        Raises:
            StoreError: There is no database, or it cannot be read.
        """
        with reading(self._directory, check=False) as db:
            yield from as_json(records(db, *_span(period)))


def _span(period: Period) -> tuple[int, int]:
    return day_number(period.first), day_number(period.last)
