"""The questions that statistics ask the sums, one for each picture.

Each takes a database that is open to read, and the days that it is about.
"""

import datetime as dt
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from kiosk.records.placing import NO_DAY, date_of, day_number
from kiosk.records.sums import READY_STEPS
from kiosk.statistics.period import Period
from kiosk.statistics.shapes import (
    ButtonDays,
    Chosen,
    Ended,
    Evenness,
    Funnel,
    FunnelStep,
    Hours,
    MadeUp,
    Ready,
    StepCount,
    WeightOffs,
)

_Row = tuple[int, ...]
_T = TypeVar("_T")


def ended(db: sqlite3.Connection, period: Period) -> tuple[Ended, ...]:
    """Sessions by how they ended, for each bin of `period`."""
    rows = db.execute(
        "SELECT day, sum(sessions) FILTER (WHERE ended = 'finished'), "
        "sum(sessions) FILTER (WHERE ended = 'stopped'), "
        "sum(sessions) FILTER (WHERE ended = 'abandoned') "
        "FROM day_sum WHERE day BETWEEN ? AND ? GROUP BY day",
        _span(period),
    )
    return tuple(_binned(period, rows, Ended, 3))


def hours(db: sqlite3.Connection, period: Period) -> Hours:
    """Sessions by the hour and the day of the week in which they began."""
    rows = db.execute(
        # 1970-01-01 was a Thursday; Monday is 0 here.
        "SELECT (day + 3) % 7, hour, sum(sessions) FROM hour_sum "
        "WHERE day BETWEEN ? AND ? GROUP BY 1, 2",
        _span(period),
    )
    table = [[0] * 24 for _ in range(7)]
    for weekday, hour, sessions in rows:
        table[weekday][hour] = sessions
    return Hours(tuple(map(tuple, table)))


def funnel(db: sqlite3.Connection, period: Period, routine: str) -> Funnel:
    """How many sessions of `routine` reached each of its steps."""
    rows = db.execute(
        "SELECT place, step, sum(sessions) FROM step_sum "
        "WHERE routine = ? AND day BETWEEN ? AND ? GROUP BY 1, 2",
        (routine, *_span(period)),
    )
    ended_at: dict[int, Counter[str]] = defaultdict(Counter)
    for place, step, sessions in rows:
        ended_at[place][step] += sessions
    steps, reached = [], 0
    for place in range(max(ended_at, default=-1), -1, -1):
        here = +ended_at[place]
        reached += here.total()
        # A routine's file may have changed, and then two steps had the same place.
        step = max(here, key=lambda name: (here[name], name), default=None)
        steps.append(FunnelStep(place, step or None, reached))
    return Funnel(routine, tuple(reversed(steps)))


def evenness(db: sqlite3.Connection, period: Period) -> Evenness:
    """How even both sides of finished sessions were."""
    rows = db.execute(
        "SELECT lean, sum(sessions) FROM even_sum WHERE day BETWEEN ? AND ? GROUP BY 1",
        _span(period),
    )
    leans: dict[int, int] = dict(rows.fetchall())
    left, right = db.execute(
        "SELECT ifnull(sum(left_seconds), 0), ifnull(sum(right_seconds), 0) FROM day_sum "
        "WHERE day BETWEEN ? AND ? AND ended = 'finished'",
        _span(period),
    ).fetchone()
    return Evenness(
        left_far_shorter=leans.get(-2, 0),
        left_shorter=leans.get(-1, 0),
        even=leans.get(0, 0),
        right_shorter=leans.get(1, 0),
        right_far_shorter=leans.get(2, 0),
        left_seconds=left,
        right_seconds=right,
    )


def weight_offs(db: sqlite3.Connection, period: Period) -> WeightOffs:
    """How often weight off was called, and in which steps."""
    rows = db.execute(
        "SELECT routine, step, sum(times) FROM weight_off_sum "
        "WHERE day BETWEEN ? AND ? GROUP BY 1, 2 HAVING sum(times) > 0 ORDER BY 3 DESC, 1, 2",
        _span(period),
    )
    steps = tuple(StepCount(*row) for row in rows)
    (sessions,) = db.execute(
        "SELECT ifnull(sum(sessions_told), 0) FROM choice_sum WHERE day BETWEEN ? AND ?",
        _span(period),
    ).fetchone()
    return WeightOffs(sessions, steps)


def made_up(db: sqlite3.Connection, period: Period) -> tuple[MadeUp, ...]:
    """Seconds that were made up, for each bin of `period`."""
    rows = db.execute(
        "SELECT day, sum(made_up_sessions), sum(made_up_seconds) FROM day_sum "
        "WHERE day BETWEEN ? AND ? GROUP BY day",
        _span(period),
    )
    return tuple(_binned(period, rows, MadeUp, 2))


def ready(db: sqlite3.Connection, period: Period) -> tuple[Ready, ...]:
    """How long getting ready took, for each routine, the most frequent first."""
    rows = db.execute(
        "SELECT routine, seconds, sum(sessions) FROM ready_sum "
        "WHERE day BETWEEN ? AND ? GROUP BY 1, 2 HAVING sum(sessions) > 0 ORDER BY 1, 2",
        _span(period),
    )
    counted: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for routine, seconds, sessions in rows:
        counted[routine].append((seconds, sessions))
    told = [
        Ready(
            routine, sum(n for _, n in steps), *(_share(steps, part) for part in (0.25, 0.5, 0.75))
        )
        for routine, steps in counted.items()
    ]
    return tuple(sorted(told, key=lambda one: (-one.sessions, one.routine)))


def chosen(db: sqlite3.Connection, period: Period) -> tuple[tuple[Chosen, ...], tuple[Chosen, ...]]:
    """The routines and the languages that were chosen, the most frequent of each first."""
    routines: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for routine, language, sessions in db.execute(
        "SELECT routine, language, sum(sessions) FROM choice_sum "
        "WHERE day BETWEEN ? AND ? GROUP BY 1, 2",
        _span(period),
    ):
        routines[routine] += sessions
        languages[language] += sessions
    return _ranked(routines), _ranked(languages)


def button(db: sqlite3.Connection, period: Period) -> tuple[ButtonDays, ...]:
    """What the button went through, for each bin of `period`."""
    rows = db.execute(
        "SELECT day, presses, ignored, glitches, bounced, extra_edges FROM button_sum "
        "WHERE day BETWEEN ? AND ?",
        _span(period),
    )
    return tuple(_binned(period, rows, ButtonDays, 5))


def unplaced(db: sqlite3.Connection) -> int:
    """Sessions that have no day, since the clock was not set when they began."""
    (sessions,) = db.execute(
        "SELECT ifnull(sum(sessions), 0) FROM day_sum WHERE day = ?", (NO_DAY,)
    ).fetchone()
    return int(sessions)


def first_day(db: sqlite3.Connection) -> dt.date | None:
    """The first day that a session is placed on, None without one."""
    (first,) = db.execute(
        "SELECT min(day) FROM day_sum WHERE day > ? AND sessions > 0", (NO_DAY,)
    ).fetchone()
    return None if first is None else date_of(first)


def _span(period: Period) -> tuple[int, int]:
    return day_number(period.first), day_number(period.last)


def _binned(
    period: Period, rows: Iterable[Sequence[int | None]], shape: Callable[..., _T], counts: int
) -> Iterable[_T]:
    """Rows of a day and some counts, added up for each bin of `period`.

    Args:
        period: The period.
        rows: The rows; a count may be None for nothing.
        shape: Makes the result of a bin, of its days and its counts.
        counts: How many counts there are.
    """
    by_day = {row[0]: row[1:] for row in rows}
    for days in period.bins():
        sums = [0] * counts
        for day in range(day_number(days.first), day_number(days.last) + 1):
            for number, count in enumerate(by_day.get(day, ())):
                sums[number] += count or 0
        yield shape(days, *sums)


def _share(steps: Sequence[tuple[int, int]], share: float) -> float:
    """The seconds that `share` (0 to 1) of the sessions did not exceed.

    Args:
        steps: Seconds at which each step of the count begins, and its sessions, in order. Within a
            step the sessions are taken to lie at equal distances.
        share: The share.
    """
    (fine, coarse_from), (coarse, most) = READY_STEPS
    wanted = share * sum(sessions for _, sessions in steps)
    for seconds, sessions in steps:
        if wanted <= sessions:
            width = fine if seconds < coarse_from else coarse if seconds < most else 0
            return seconds + width * wanted / sessions
        wanted -= sessions
    return float(steps[-1][0])


def _ranked(counts: Counter[str]) -> tuple[Chosen, ...]:
    named = [Chosen(name, sessions) for name, sessions in counts.items() if sessions]
    return tuple(sorted(named, key=lambda one: (-one.sessions, one.name)))
