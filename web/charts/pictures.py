"""The pictures of a page of statistics, each with the table that says the same."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kiosk.statistics.shapes import (
    ButtonDays,
    Chosen,
    Ended,
    Evenness,
    Funnel,
    Hours,
    MadeUp,
    Ready,
    Statistics,
    StepCount,
    WeightOffs,
)
from web.charts.columns import Series, columns
from web.charts.heat import DAYS, heat_map
from web.charts.rows import Bar, Span, bars, spans
from web.charts.scale import days_name
from web.charts.wording import counted, often, percent

#: Of many steps in which weight off was called, this many are drawn; the table has all.
MOST_STEPS = 8

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and its table.

    Attributes:
        name: Its name in addresses.
        heading: What stands above it.
        says: The most important of it in a sentence or two.
        drawn: The picture as SVG; None if there is nothing to draw yet.
        columns: The names of the table's columns.
        rows: The table's rows.
    """

    name: str
    heading: str
    says: str
    drawn: Markup | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What routines and languages are called on the page.

    Attributes:
        routines: Titles of routines by their ids; one that is gone is called by its id.
        languages: Names of languages by their codes.
        steps: Ids of a routine's steps by the routine's id, in the order of its plan.
    """

    routines: Mapping[str, str]
    languages: Mapping[str, str]
    steps: Mapping[str, Sequence[str]]

    def routine(self, routine: str) -> str:
        """The title of a routine."""
        return self.routines.get(routine, routine)

    def language(self, code: str) -> str:
        """The name of a language; an earlier version did not note it."""
        return self.languages.get(code, code) or "not noted"


def pictures(statistics: Statistics, names: Names) -> list[Chart]:
    """All pictures of a page, in order."""
    unit = statistics.period.unit
    return [
        _ended(statistics.ended, unit),
        _hours(statistics.hours),
        _funnel(statistics.funnel, names),
        _weight_offs(statistics.weight_offs, names),
        _evenness(statistics.evenness),
        _made_up(statistics.made_up, unit),
        _ready(statistics.ready, names),
        _chosen("routines", "Routines chosen", statistics.routines, names.routine),
        _chosen("languages", "Languages chosen", statistics.languages, names.language),
        _button(statistics.button, unit),
    ]


def _ended(ended: Sequence[Ended], unit: str) -> Chart:
    total = sum(days.total for days in ended)
    finished = sum(days.finished for days in ended)
    says = f"{counted(total, 'session')}, of which {percent(finished, total)} were finished."
    stack = [
        Series("finished", "finished", [days.finished for days in ended]),
        Series("stopped", "stopped", [days.stopped for days in ended]),
        Series("abandoned", "abandoned", [days.abandoned for days in ended]),
    ]
    return Chart(
        name="endings",
        heading=f"Sessions a {unit}, by how they ended",
        says=says if total else "No session yet.",
        drawn=columns([days.days for days in ended], unit, stack, says) if total else None,
        columns=(unit.capitalize(), "Finished", "Stopped", "Abandoned", "All"),
        rows=tuple(
            (days_name(days.days), days.finished, days.stopped, days.abandoned, days.total)
            for days in ended
        ),
    )


def _hours(hours: Hours) -> Chart:
    busiest = max(
        ((day, hour) for day in range(7) for hour in range(24)),
        key=lambda slot: hours.sessions[slot[0]][slot[1]],
    )
    says = f"Most sessions begin on {_DAY_NAMES[busiest[0]]} from {busiest[1]}:00 on."
    return Chart(
        name="hours",
        heading="Hours of the week",
        says=says if hours.most else "No session yet.",
        drawn=heat_map(hours, says) if hours.most else None,
        columns=("Hour", *DAYS),
        rows=tuple(
            (f"{hour}:00", *(hours.sessions[day][hour] for day in range(7))) for hour in range(24)
        ),
    )


_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _funnel(funnel: Funnel | None, names: Names) -> Chart:
    if funnel is None or not funnel.steps:
        return Chart("funnel", "Where people stop", "No session yet.", None, _FUNNEL, ())
    steps = _numbered(_step_ids(funnel, names))
    title, begun = names.routine(funnel.routine), funnel.sessions
    lost = [
        (before.reached - after.reached, step)
        for before, after, step in zip(funnel.steps, funnel.steps[1:], steps, strict=False)
    ]
    says = f"{title}: {percent(funnel.steps[-1].reached, begun)} of {begun} reached the last step."
    if lost and max(lost)[0] > 0:
        most, step = max(lost, key=lambda one: one[0])
        says += f" Most stop at “{step}” ({most})."
    rows = [
        Bar(name, step.reached, percent(step.reached, begun))
        for name, step in zip(steps, funnel.steps, strict=True)
    ]
    return Chart(
        name="funnel",
        heading="Where people stop",
        says=says,
        drawn=bars(rows, says),
        columns=_FUNNEL,
        rows=tuple(
            (name, step.reached, percent(step.reached, begun))
            for name, step in zip(steps, funnel.steps, strict=True)
        ),
    )


_FUNNEL = ("Step", "Sessions that reached it", "Of those begun")


def _weight_offs(weight_offs: WeightOffs, names: Names) -> Chart:
    rate = weight_offs.per_hundred
    says = "No session yet."
    if rate is not None:
        says = (
            f"Weight off was called {often(weight_offs.times)} in "
            f"{counted(weight_offs.sessions, 'session')}: {rate:.1f} in a hundred."
        )
    drawn = [
        Bar(_plain(step.step), step.times, f"{step.times}", "stop")
        for step in _by_step(weight_offs.steps)[:MOST_STEPS]
    ]
    return Chart(
        name="weight-offs",
        heading="Weight off, and in which steps",
        says=says,
        drawn=bars(drawn, says) if drawn else None,
        columns=("Routine", "Step", "Times"),
        rows=tuple(
            (names.routine(step.routine), _plain(step.step), step.times)
            for step in weight_offs.steps
        ),
    )


def _by_step(steps: Sequence[StepCount]) -> list[StepCount]:
    """Steps of the same name in several routines as one, the most frequent first."""
    times: Counter[str] = Counter()
    for step in steps:
        times[step.step] += step.times
    return [StepCount("", step, count) for step, count in times.most_common()]


def _evenness(evenness: Evenness) -> Chart:
    total = evenness.sessions
    says = "No finished session yet."
    if total:
        says = (
            f"{percent(evenness.even, total)} of {counted(total, 'finished session')} were even to "
            f"within 5 %. On average: left {evenness.left_seconds / total:.0f} s, "
            f"right {evenness.right_seconds / total:.0f} s."
        )
    kinds = ("left", "left", "main", "right", "right")
    counts = evenness.counts
    drawn = [
        Bar(name, count, percent(count, total), kind)
        for (name, _), kind, count in zip(_LEANS, kinds, counts, strict=True)
    ]
    return Chart(
        name="evenness",
        heading="Both sides, how even",
        says=says,
        drawn=bars(drawn, says) if total else None,
        columns=("Sides", "Sessions", "Share"),
        rows=tuple(
            (name, count, percent(count, total))
            for (_, name), count in zip(_LEANS, counts, strict=True)
        ),
    )


#: What the chart and the table call how even a session was.
_LEANS = (
    ("left far shorter", "Left shorter by more than 25 %"),
    ("left shorter", "Left shorter by 5 to 25 %"),
    ("even", "Even to within 5 %"),
    ("right shorter", "Right shorter by 5 to 25 %"),
    ("right far shorter", "Right shorter by more than 25 %"),
)


def _made_up(made_up: Sequence[MadeUp], unit: str) -> Chart:
    seconds, sessions = (sum(days.seconds for days in made_up), sum(d.sessions for d in made_up))
    says = "Nobody has made up seconds of a short side."
    if sessions:
        says = (
            f"{counted(sessions, 'member')} made up what a side was short by, "
            f"{seconds / sessions:.0f} s each."
        )
    bins = [days.days for days in made_up]
    minutes = Series("minutes made up", "main", [days.seconds / 60 for days in made_up])
    return Chart(
        name="made-up",
        heading=f"Minutes made up a {unit}",
        says=says,
        drawn=columns(bins, unit, [minutes], says) if sessions else None,
        columns=(unit.capitalize(), "Sessions", "Seconds"),
        rows=tuple((days_name(days.days), days.sessions, days.seconds) for days in made_up),
    )


def _ready(ready: Sequence[Ready], names: Names) -> Chart:
    says = "No hold yet."
    if ready:
        says = (
            f"{names.routine(ready[0].routine)}: half of the members take no longer than "
            f"{ready[0].median:.0f} s from the first press to the first hold. A bar is the middle "
            f"half, with the median in it."
        )
    rows = [
        Span(
            names.routine(one.routine),
            one.quarter,
            one.median,
            one.three_quarters,
            f"{one.median:.0f} s",
        )
        for one in ready
    ]
    return Chart(
        name="ready",
        heading="Seconds to get ready",
        says=says,
        drawn=spans(rows, says) if ready else None,
        columns=("Routine", "Sessions", "A quarter within", "Half within", "Three quarters within"),
        rows=tuple(
            (
                names.routine(one.routine),
                one.sessions,
                round(one.quarter),
                round(one.median),
                round(one.three_quarters),
            )
            for one in ready
        ),
    )


def _chosen(
    name: str, heading: str, chosen: Sequence[Chosen], called: Callable[[str], str]
) -> Chart:
    total = sum(one.sessions for one in chosen)
    says = "No session yet."
    if total:
        says = f"{called(chosen[0].name)}: {percent(chosen[0].sessions, total)} of {total}."
    rows = [Bar(called(one.name), one.sessions, percent(one.sessions, total)) for one in chosen]
    return Chart(
        name=name,
        heading=heading,
        says=says,
        drawn=bars(rows, says) if total else None,
        columns=(heading.partition(" ")[0].removesuffix("s"), "Sessions", "Share"),
        rows=tuple(
            (called(one.name), one.sessions, percent(one.sessions, total)) for one in chosen
        ),
    )


def _button(button: Sequence[ButtonDays], unit: str) -> Chart:
    presses = sum(days.presses for days in button)
    bounced = sum(days.bounced for days in button)
    ignored = sum(days.ignored for days in button)
    glitches = sum(days.glitches for days in button)
    says = "The button has not been pressed."
    if presses:
        says = (
            f"{counted(presses, 'press', 'es')}: the contact bounced at "
            f"{percent(bounced, presses)}, {percent(ignored, presses)} came too soon and were "
            f"ignored; {counted(glitches, 'glitch', 'es')}. A worn button bounces more and more."
        )
    bins = [days.days for days in button]
    rates = [
        Series(
            name,
            kind,
            [
                100 * value / days.presses if days.presses else 0.0
                for days, value in zip(button, values, strict=True)
            ],
        )
        for name, kind, values in (
            ("bounced", "stopped", [days.bounced for days in button]),
            ("ignored", "finished", [days.ignored for days in button]),
        )
    ]
    return Chart(
        name="button",
        heading=f"The button: in a hundred presses, by {unit}",
        says=says,
        drawn=columns(bins, unit, [rates[0]], says, rates[1]) if presses else None,
        columns=(unit.capitalize(), "Presses", "Bounced", "Extra edges", "Ignored", "Glitches"),
        rows=tuple(
            (
                days_name(days.days),
                days.presses,
                days.bounced,
                days.extra_edges,
                days.ignored,
                days.glitches,
            )
            for days in button
        ),
    )


def _step_ids(funnel: Funnel, names: Names) -> list[str]:
    """The id of each step of the funnel: as sessions noted it, else as the routine has it now."""
    plan = names.steps.get(funnel.routine, ())
    return [
        step.step or (plan[step.place] if step.place < len(plan) else f"step {step.place + 1}")
        for step in funnel.steps
    ]


def _numbered(steps: Sequence[str]) -> list[str]:
    """Names of steps; one that comes again has a number behind it."""
    seen: Counter[str] = Counter()
    named = []
    for step in steps:
        seen[step] += 1
        again = f" {seen[step]}" if seen[step] > 1 else ""
        named.append(_plain(step) + again)
    return named


def _plain(step: str) -> str:
    """A step's id as words, such as ``Find spot``."""
    return step.replace("-", " ").capitalize()
