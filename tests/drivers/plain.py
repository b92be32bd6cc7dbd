"""Small routines of every kind: with sides in turn or both at once, with sets, with breaths."""

from pathlib import Path

from hypothesis import strategies as st

from kiosk.core.routine import Kind, Routine, RoutineStep, Side, Sides
from kiosk.core.session import Choices, Rules
from kiosk.library.routine_files import RoutineReader
from web.figures import POSES

_HEAD = """
id = "plain"
language = "en"

[text]
title = "Plain stretch"
invitation = "A stretch."
equipment = ["A mat"]
facts = ["It may help."]
skip_if = ["Sore"]
skip_advice = "Ask."
stop_if = ["Pain"]
emergency = "Call staff."
always = "Breathe."

[weight_off]
pose = "both-knees"
headline = "Stopped"
detail = "Let go."
press = "Press to go on"

[[prepare]]
id = "lie"
kind = "setup"
pose = "both-knees"
headline = "Lie down"
detail = "On the mat."

[[each_side]]
id = "bend"
kind = "setup"
pose = "both-knees"
headline = "Bend"
detail = "A little."

[[finish]]
id = "up"
kind = "finish"
pose = "both-knees"
seconds = 10
headline = "Get up"
detail = "Slowly."
"""

_HOLD = """
[[each_side]]
id = "{id}"
kind = "hold"
pose = "both-knees"
{length}
headline = "Hold"
detail = "Breathe."
"""

SWITCH = """
[[switch]]
id = "change"
kind = "switch"
pose = "both-knees"
headline = "Change sides"
detail = "Slowly."
"""


def plain_text(top: str = "", *holds: str, switch: bool = True) -> str:
    """The text of a routine's file.

    Args:
        top: Its lines above the tables, such as ``sets = 2``.
        holds: The length of each hold, such as ``breaths = 5``; one of 30 seconds without any.
        switch: Whether it has a step from side to side.
    """
    tables = [
        _HOLD.format(id=f"hold-{number}", length=length)
        for number, length in enumerate(holds or ("seconds = 30",), start=1)
    ]
    return "\n".join([top, _HEAD, *tables, SWITCH if switch else ""])


def plain_rules(folder: Path, text: str, breath_seconds: int = 6) -> Rules:
    """The rules of a station whose only routine has a file with `text`; right side first.

    Args:
        folder: Where the file is put.
        text: The file's text.
        breath_seconds: Seconds of a breath.
    """
    path = folder / "plain.toml"
    path.write_text(text, encoding="utf-8")
    routine = RoutineReader(POSES, breath_seconds).read(path)
    return Rules(
        {routine.id: routine}, Choices(routine.id, Side.RIGHT, routine.default_seconds, "en")
    )


def _steps(draw: st.DrawFn, section: str, kinds: list[Kind]) -> tuple[RoutineStep, ...]:
    return tuple(
        RoutineStep(
            id=f"{section}-{number}",
            kind=kind,
            pose="both-knees",
            sided=section == "each_side" or draw(st.booleans()),
            loaded=draw(st.booleans()),
            seconds=draw(st.integers(1, 60)) if kind.timed else None,
        )
        for number, kind in enumerate(kinds)
    )


@st.composite
def any_routine(draw: st.DrawFn) -> Routine:
    """Any routine that a file could be for, without its words."""
    kinds = draw(st.lists(st.sampled_from((Kind.SETUP, Kind.HOLD)), max_size=4))
    if Kind.HOLD not in kinds:
        kinds.append(Kind.HOLD)
    sides = draw(st.sampled_from(Sides))
    some = st.integers(1, 3)
    each_side = _steps(draw, "each_side", kinds)
    sets = draw(some)
    breath = draw(st.none() | st.integers(4, 8))
    shares = sum(step.seconds or 0 for step in each_side)
    return Routine(
        id="any",
        prepare=_steps(draw, "prepare", [Kind.GATE] + [Kind.SETUP] * draw(some)),
        each_side=each_side,
        switch=_steps(draw, "switch", [Kind.SWITCH] * draw(some)),
        finish=_steps(draw, "finish", [Kind.FINISH] * draw(some)),
        side_seconds=tuple(length * sets * shares * (breath or 1) for length in (1, 2)),
        default_seconds=sets * shares * (breath or 1),
        poster="both-knees",
        weight_off_pose="both-knees",
        alternative=None,
        texts={},
        sides=sides,
        sets=sets,
        breath_seconds=breath,
    )
