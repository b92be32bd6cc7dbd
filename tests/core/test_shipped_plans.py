"""The plans of the two oldest routines, step by step: whatever the plan learns, they stay."""

import pytest

from kiosk.core.plan import Step, plan_make_up, plan_session
from kiosk.core.routine import Side
from kiosk.core.session import Rules

PSOAS_SIDE = """
find-spot setup {side} tick
test-spot setup {side} tick
place-ball setup {side} tick
add-bell setup {side} loaded tick
settle hold {side} loaded 30 s tick
straighten hold {side} loaded 30 s tick
knee-out hold {side} loaded 30 s halfway
squeeze hold {side} loaded 30 s tick countdown at 3 countdown at 2 countdown at 1
"""

GENTLE_SIDE = """
hug-knee setup {side} tick
leg-long hold {side} 45 s tick halfway at 22.5 countdown at 3 countdown at 2 countdown at 1
"""

PLANS = {
    "psoas-release": f"""
check gate tick
equipment setup right tick
lie-down setup right tick
{PSOAS_SIDE.format(side="right")}
switch switch left switch
{PSOAS_SIDE.format(side="left")}
unload finish left 15 s finished
stand-up finish 20 s tick
""",
    "no-pressure-psoas": f"""
check gate tick
lie-down setup right tick
{GENTLE_SIDE.format(side="right")}
switch switch left switch
{GENTLE_SIDE.format(side="left")}
both-knees finish 15 s finished
stand-up finish 20 s tick
""",
}

MAKE_UP = """
find-spot setup left tick
test-spot setup left tick
place-ball setup left tick
add-bell setup left loaded tick
settle hold left loaded 12 s tick
straighten hold left loaded 13 s tick halfway at 12.5 countdown at 3 countdown at 2 countdown at 1
unload finish left 15 s finished
stand-up finish 20 s tick
"""


def told(step: Step) -> str:
    """One step of a plan in a line."""
    words = [step.id, step.kind.value]
    if step.side is not None:
        words.append(step.side.value)
    if step.loaded:
        words.append("loaded")
    if step.seconds is not None:
        words.append(f"{step.seconds} s")
    words.append(step.cue.value)
    heard = [(mark.cue, mark.remaining) for mark in step.marks if mark.cue is not None]
    words += [f"{cue.value} at {remaining:g}" for cue, remaining in heard]
    return " ".join(words)


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


@pytest.mark.parametrize("name", PLANS)
def test_the_plan_is_what_it_always_was(rules: Rules, name: str) -> None:
    routine = rules.routines[name]
    plan = plan_session(routine, Side.RIGHT, routine.default_seconds)
    assert [told(step) for step in plan] == lines(PLANS[name])
    assert {step.set_count for step in plan} == {1}


def test_a_make_up_is_what_it_always_was(rules: Rules) -> None:
    plan = plan_make_up(rules.routines["psoas-release"], Side.RIGHT, {Side.LEFT: 25}, 120)
    halfway = [told(step) for step in plan]
    assert halfway == lines(MAKE_UP)
