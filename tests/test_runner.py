"""The runner: one lock, a ticker that sleeps, and changes handed out in order."""

import threading
from dataclasses import replace
from itertools import pairwise

import pytest

from kiosk.core.cues import Cue
from kiosk.core.moves import attract
from kiosk.core.session import (
    Back,
    ButtonDown,
    ButtonHeld,
    ButtonUp,
    Event,
    Rules,
    Source,
    Status,
    Timing,
)
from kiosk.ports.clock import SystemClock
from kiosk.runner import Change, Runner, start_ticker
from tests.drivers.clocks import FakeClock

#: A button without windows in which presses are ignored, so that a test can press at once.
PROMPT = Timing(repeat=0.0, after_advance=0.0)


def runner_of(rules: Rules, **timing: float) -> Runner:
    clock = SystemClock()
    rules = replace(rules, timing=replace(PROMPT, **timing))
    return Runner(attract(clock.now(), rules), rules, clock)


def test_many_threads_may_post_and_every_change_comes_out_once_in_order(rules: Rules) -> None:
    runner = runner_of(rules)
    changes: list[Change] = []
    runner.listen(changes.append)
    ticker = start_ticker(runner)
    deeds: list[Event] = [
        ButtonDown(Source.PIN),
        ButtonUp(Source.PIN),
        ButtonDown(Source.SCREEN),
        ButtonUp(Source.SCREEN),
        ButtonHeld(Source.SCREEN),
        Back(),
    ]

    def post_many(shift: int) -> None:
        for number in range(300):
            runner.post(deeds[(number * 7 + shift) % len(deeds)])

    threads = [threading.Thread(target=post_many, args=(shift,)) for shift in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    runner.close()
    ticker.join(5)
    assert not ticker.is_alive()
    versions = [change.state.version for change in changes]
    assert versions == list(range(1, len(versions) + 1))
    assert all(earlier.state is later.before for earlier, later in pairwise(changes))
    assert runner.state is changes[-1].state


def test_the_ticker_does_what_falls_due_without_being_asked(rules: Rules) -> None:
    runner = runner_of(rules, asking_after=0.02, asking_ends_after=0.02)
    abandoned = threading.Event()
    runner.listen(lambda change: abandoned.set() if change.ending else None)
    ticker = start_ticker(runner)
    runner.post(ButtonDown())
    runner.post(ButtonUp())
    assert abandoned.wait(5)
    assert runner.state.status is Status.ATTRACT
    runner.close()
    ticker.join(5)


def test_the_ticker_sleeps_while_nothing_is_due(rules: Rules) -> None:
    runner = runner_of(rules)
    assert runner.next_deadline() is None
    clock = FakeClock()
    idle = Runner(runner.state, runner.rules, clock)
    ticker = start_ticker(idle)
    idle.close()
    ticker.join(5)
    assert clock.readings == 0


def test_a_listener_that_fails_does_not_keep_the_change_from_the_others(
    rules: Rules, caplog: pytest.LogCaptureFixture
) -> None:
    runner = runner_of(rules)
    heard: list[Cue | None] = []

    def broken(_change: Change) -> None:
        raise ValueError("broken")

    runner.listen(broken)
    runner.listen(lambda change: heard.append(change.cue))
    runner.post(ButtonDown())
    assert heard == [Cue.TICK]
    assert "a listener failed on version 1" in caplog.text
