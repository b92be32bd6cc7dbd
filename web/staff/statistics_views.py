"""Statistics for staff: how the station is used, as pictures, as tables and as files.

Only the routes of statistics load this, when somebody looks at them.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import NoReturn

from flask import Response, abort, render_template, request

from kiosk.core.errors import PeriodError, StoreError
from kiosk.core.plan import plan_session
from kiosk.csv_text import table_as_csv
from kiosk.statistics.period import Period
from kiosk.statistics.shapes import Statistics
from web.charts.pictures import Names, pictures
from web.charts.scale import days_name, month_name
from web.context import Context

#: The period that is shown unless another is asked for: the last eight weeks.
WEEKS = "weeks"

#: What is asked for a file of sessions in place of a picture's table.
_SESSIONS = "sessions"


def page(context: Context) -> str | tuple[str, int]:
    """The page with all pictures of the period that is asked for."""
    asked, period = _asked(context)
    routine = request.args.get("routine")
    try:
        statistics = context.past().statistics(period, routine)
    except StoreError as problem:
        told = render_template("staff/statistics.html", problem=str(problem), statistics=None)
        return told, HTTPStatus.SERVICE_UNAVAILABLE
    return render_template(
        "staff/statistics.html",
        problem=None,
        statistics=statistics,
        days=days_name(period),
        asked=asked,
        periods=_periods(asked, context.past().today(), statistics.first_day),
        names=_names(context),
        pictures=pictures(statistics, _names(context)),
    )


def table(context: Context, name: str) -> Response:
    """The table behind the picture `name`, or the sessions of the period, as CSV."""
    _, period = _asked(context)
    if name == _SESSIONS:
        return _file(context.past().as_csv(period), "text/csv", "sessions.csv")
    drawn = pictures(_statistics(context, period), _names(context))
    found = next((picture for picture in drawn if picture.name == name), None)
    if found is None:
        abort(HTTPStatus.NOT_FOUND, f"There is no picture {name!r}.")
    lines = table_as_csv(found.columns, found.rows, byte_order_mark=True)
    return _file(lines, "text/csv", f"{name}.csv")


def sessions(context: Context) -> Response:
    """The sessions of the period that is asked for, as JSON."""
    _, period = _asked(context)
    return _file(context.past().as_json(period), "application/json", "sessions.json")


def _statistics(context: Context, period: Period) -> Statistics:
    try:
        return context.past().statistics(period, request.args.get("routine"))
    except StoreError as problem:
        _unavailable(problem)


def _file(lines: Iterator[str], kind: str, name: str) -> Response:
    """A file to be kept, sent line by line; what is wrong with the database is told before that."""
    try:
        first = next(lines, "")
    except StoreError as problem:
        _unavailable(problem)
    answer = Response(_and_then(first, lines), content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="matside-{name}"'
    return answer


def _and_then(first: str, lines: Iterable[str]) -> Iterator[str]:
    yield first
    yield from lines


def _unavailable(problem: StoreError) -> NoReturn:
    abort(HTTPStatus.SERVICE_UNAVAILABLE, str(problem))


def _asked(context: Context) -> tuple[str, Period]:
    """The period that is asked for, as it is asked for and as days."""
    asked = request.args.get("period", WEEKS)
    try:
        return asked, period_of(asked, context.past().today())
    except PeriodError as problem:
        abort(HTTPStatus.BAD_REQUEST, f"period: {problem}")


def period_of(asked: str, today: dt.date) -> Period:
    """The days of the period `asked` for, up to today.

    Raises:
        PeriodError: There is no such period.
    """
    if asked == WEEKS:
        return Period.weeks_until(today)
    try:
        if re.fullmatch(r"\d{4}-\d{2}", asked, re.ASCII):
            return _so_far(Period.month_of(dt.date.fromisoformat(f"{asked}-01")), today)
        if re.fullmatch(r"\d{4}", asked, re.ASCII):
            return _so_far(Period.year_of(dt.date(int(asked), 1, 1)), today)
    except ValueError:
        """Month 13, or year 0."""
    raise PeriodError(
        f"found {asked!r}. It must be {WEEKS}, a month such as 2026-11, or a year such as 2026."
    )


def _so_far(period: Period, today: dt.date) -> Period:
    """`period` without the days that are still to come, unless all of it is."""
    return Period(period.first, today) if period.first <= today <= period.last else period


def _periods(asked: str, today: dt.date, first: dt.date | None) -> Mapping[str, str]:
    """The periods to choose from, as they are asked for, and their names.

    They are the last weeks; the month that is shown, or today's, with the one before and after it;
    and the years in which there was a session.
    """
    first = min(first or today, today)
    month = dt.date.fromisoformat(f"{asked}-01") if len(asked) == len("2026-11") else today
    months = (
        month.replace(day=1) - dt.timedelta(days=1),
        month,
        month.replace(day=28) + dt.timedelta(days=4),
    )
    periods = {WEEKS: "8 weeks"}
    for day in months:
        if (first.year, first.month) <= (day.year, day.month) <= (today.year, today.month):
            periods[f"{day:%Y-%m}"] = month_name(day)
    for year in range(max(first.year, today.year - 4), today.year + 1):
        periods[f"{year}"] = f"{year}"
    return periods


def _names(context: Context) -> Names:
    """What routines, languages and steps are called, as far as the station knows them."""
    rules = context.rules
    return Names(
        routines={
            routine.id: (routine.texts.get("en") or next(iter(routine.texts.values()))).title
            for routine in rules.routines.values()
        },
        languages={code: words.name for code, words in context.languages.items()},
        steps={
            routine.id: [
                step.id
                for step in plan_session(routine, rules.defaults.side, routine.default_seconds)
            ]
            for routine in rules.routines.values()
        },
    )
