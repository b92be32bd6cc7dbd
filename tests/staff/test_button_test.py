"""The test of the button: what it sees, what passes, and that no press of a member gets lost."""

from dataclasses import replace

import pytest

from kiosk.core.moves import attract
from kiosk.core.session import ButtonDown, Rules, Source, Status
from kiosk.ports.panel import ButtonHealth, Edge
from kiosk.runner import Runner
from kiosk.staff.panel_test.button import LONGEST, SILENCE, ButtonTest
from kiosk.staff.panel_test.presses import (
    MOST_BOUNCES,
    ButtonReport,
    Presses,
    faults,
    in_words,
    missing,
    passes,
    report,
)
from tests.drivers.clocks import FakeClock

HELD = 1.2

#: What a sound button has shown at the end of its test.
SOUND = ButtonReport(presses=4, too_soon=0, longest=1.3, is_down=False, bounces=4, glitches=0)


class Bench:
    """A station at rest with the test of its button; `health` has the counts of the button."""

    def __init__(self, rules: Rules) -> None:
        self.clock = FakeClock()
        self.runner = Runner(attract(self.clock.now(), rules), rules, self.clock)
        self.health = ButtonHealth()
        self.test = ButtonTest(self.runner, self.clock, lambda: self.health)
        self.runner.listen(self.test)

    def press(self, seconds: float = 0.1) -> tuple[bool, bool]:
        """Press the button; says whether the test took the press, and whether the release."""
        down = self.test.takes(Edge.DOWN)
        self.clock.advance(seconds)
        return down, self.test.takes(Edge.UP)

    def keep_looking(self, seconds: float) -> None:
        """Let time pass while the page asks how it goes, as it does."""
        for _ in range(round(seconds)):
            self.clock.advance(1)
            self.test.look()


@pytest.fixture
def bench(rules: Rules) -> Bench:
    return Bench(rules)


def test_three_presses_and_one_that_is_held_pass() -> None:
    presses = Presses()
    for at, seconds in ((10.0, 0.1), (11.0, 0.2), (12.0, HELD)):
        presses = presses.down(at).up(at + seconds)
    seen = report(presses, ButtonHealth(), ButtonHealth(bounces=(1, 0, 2)), 20.0)
    assert seen.longest == pytest.approx(HELD)
    assert replace(seen, longest=HELD) == ButtonReport(
        presses=3, too_soon=0, longest=HELD, is_down=False, bounces=2, glitches=0
    )
    assert passes(replace(seen, longest=HELD), HELD)


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        (replace(SOUND, presses=0, longest=0.0), "No press was seen."),
        (replace(SOUND, presses=2), "2 of 3 presses were seen."),
        (replace(SOUND, longest=1.1), "None was held for 1.2 s"),
        (replace(SOUND, is_down=True), "The button is down."),
        (replace(SOUND, too_soon=1), "One press counted twice"),
        (replace(SOUND, bounces=MOST_BOUNCES + 1), "A press bounced 11 times"),
        (replace(SOUND, glitches=2), "2 pulses were too short"),
    ],
)
def test_what_is_wrong_or_missing_does_not_pass_and_is_said(seen: ButtonReport, says: str) -> None:
    assert passes(SOUND, HELD)
    assert not passes(seen, HELD)
    told = faults(seen) + missing(seen, HELD)
    assert [text for text in told if text.startswith(says)], told
    assert in_words(seen, HELD).startswith(says)


def test_the_numbers_of_a_test_that_passes_are_told() -> None:
    expected = "4 presses, the longest 1.3 s, up to 4 bounces a press, 0 glitches."
    assert in_words(SOUND, HELD) == expected


def test_bounces_and_glitches_from_before_the_test_are_left_out() -> None:
    before = ButtonHealth(presses=9, glitches=5, bounces=(3, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))
    after = replace(before, glitches=6, bounces=(4, 0, 5, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1))
    seen = report(Presses(), before, after, 1.0)
    assert (seen.bounces, seen.glitches) == (4, 1)


def test_a_press_that_no_finger_can_have_made_is_seen() -> None:
    presses = Presses().down(1.0).up(1.5).down(1.52).up(1.6).down(1.7).up(1.8)
    assert (presses.count, presses.too_soon) == (3, 1)


def test_a_press_that_goes_on_counts_as_held_so_far() -> None:
    seen = report(Presses().down(5.0), ButtonHealth(), ButtonHealth(), 6.5)
    assert (seen.longest, seen.is_down) == (1.5, True)


def test_a_button_that_is_down_since_before_the_test_is_told() -> None:
    seen = report(Presses(), ButtonHealth(), ButtonHealth(down=True), 6.5)
    assert missing(seen, HELD)[-1] == "The button is down."


def test_without_a_test_every_press_is_a_members(bench: Bench) -> None:
    assert bench.press() == (False, False)
    assert bench.test.look() is None
    assert bench.test.end() is None


def test_while_it_runs_presses_are_only_counted(bench: Bench) -> None:
    assert bench.test.begin()
    bench.health = ButtonHealth(glitches=1)
    assert [bench.press(), bench.press(1.3)] == [(True, True)] * 2
    look = bench.test.look()
    assert look is not None
    assert (look.seen.presses, look.seen.longest) == (2, pytest.approx(1.3))
    assert look.seen.glitches == 1
    assert look.left == pytest.approx(LONGEST - 1.4)
    seen = bench.test.end()
    assert seen == look.seen
    assert bench.test.look() is None
    assert bench.press() == (False, False)
    assert bench.runner.state.status is Status.ATTRACT


def test_the_release_of_a_press_that_it_took_is_its_own_after_its_end(bench: Bench) -> None:
    bench.test.begin()
    assert bench.test.takes(Edge.DOWN)
    bench.test.end()
    assert bench.test.takes(Edge.UP)
    assert bench.press() == (False, False)


def test_the_release_of_a_press_from_before_goes_on_to_the_session(bench: Bench) -> None:
    assert not bench.test.takes(Edge.DOWN)
    bench.test.begin()
    assert not bench.test.takes(Edge.UP)
    assert bench.press() == (True, True)
    look = bench.test.look()
    assert look is not None
    assert look.seen.presses == 1


def test_it_ends_after_a_minute_and_its_numbers_can_still_be_kept(bench: Bench) -> None:
    bench.test.begin()
    bench.press()
    bench.keep_looking(LONGEST - 1)
    assert bench.press() == (True, True)
    bench.clock.advance(1)
    look = bench.test.look()
    assert look is not None
    assert (look.left, look.seen.presses) == (0, 2)
    assert bench.press() == (False, False)
    seen = bench.test.end()
    assert seen is not None
    assert seen.presses == 2


def test_it_ends_when_its_page_does_not_ask_any_more(bench: Bench) -> None:
    bench.test.begin()
    bench.clock.advance(SILENCE - 0.1)
    assert bench.press(0.05) == (True, True)
    bench.clock.advance(0.1)
    assert bench.press() == (False, False)
    look = bench.test.look()
    assert look is not None
    assert look.left == 0
    assert bench.press() == (False, False)


def test_a_session_that_begins_by_touch_ends_it_at_once(bench: Bench) -> None:
    bench.test.begin()
    bench.runner.post(ButtonDown(Source.SCREEN))
    assert bench.runner.state.status is Status.RUNNING
    assert bench.press() == (False, False)
    assert bench.test.look() is None


def test_it_does_not_begin_in_a_session(bench: Bench) -> None:
    bench.runner.post(ButtonDown(Source.SCREEN))
    assert not bench.test.begin()
    assert bench.press() == (False, False)


def test_a_new_test_begins_at_nothing(bench: Bench) -> None:
    bench.test.begin()
    bench.press()
    bench.test.takes(Edge.DOWN)
    bench.health = ButtonHealth(glitches=3, bounces=(0, 0, 2))
    bench.test.begin()
    assert bench.test.takes(Edge.UP)
    look = bench.test.look()
    assert look is not None
    assert look.seen == ButtonReport(0, 0, 0.0, is_down=False, bounces=0, glitches=0)
