"""A press counts once, at once, whatever the contact does."""

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hardware.debounce import ContactGlitch, ContactOutcome, ContactPress, ContactRelease, Debouncer
from tests.drivers.trains import TimedEdge, Train, button_trains

FILTER = 0.002
QUIET = 0.03


def outcomes_of(
    edges: Iterable[TimedEdge], *, until: float = 1_000.0, debouncer: Debouncer | None = None
) -> list[ContactOutcome]:
    """All outcomes of `edges`, with `expire` called at each deadline as a timer would."""
    debouncer = debouncer or Debouncer(FILTER, QUIET)
    outcomes: list[ContactOutcome] = []
    level = False
    for at, down in [*edges, (until, None)]:
        while debouncer.deadline is not None and debouncer.deadline < at:
            outcomes += debouncer.expire(debouncer.deadline, down=level)
        if down is not None:
            outcomes += debouncer.edge(at, down=down)
            level = down
    return outcomes


def presses(outcomes: Iterable[ContactOutcome]) -> list[ContactPress]:
    return [outcome for outcome in outcomes if isinstance(outcome, ContactPress)]


def releases(outcomes: Iterable[ContactOutcome]) -> list[ContactRelease]:
    return [outcome for outcome in outcomes if isinstance(outcome, ContactRelease)]


def glitches(outcomes: Iterable[ContactOutcome]) -> list[ContactGlitch]:
    return [outcome for outcome in outcomes if isinstance(outcome, ContactGlitch)]


def test_the_trains_that_are_drawn_for_readers_are_told_as_the_text_says() -> None:
    press = [(0.0, True), (0.0004, False), (0.0008, True)]
    release = [(0.1, False), (0.1005, True), (0.101, False)]
    assert outcomes_of([*press, *release]) == [
        ContactPress(at=0.0),
        ContactRelease(at=0.101, held=0.101, extra_edges=4, counted=True),
    ]
    pulse = [(0.0, True), (0.001, False)]
    assert outcomes_of(pulse, until=0.0309) == []
    assert outcomes_of(pulse, until=0.0311) == [ContactGlitch(at=0.0)]


def test_a_press_counts_on_its_first_edge() -> None:
    debouncer = Debouncer(FILTER, QUIET)
    assert debouncer.edge(1.0, down=True) == []
    assert debouncer.deadline == pytest.approx(1.002)
    assert debouncer.expire(1.002, down=True) == [ContactPress(1.0)]


def test_without_a_filter_the_edge_itself_counts() -> None:
    assert Debouncer(0.0, QUIET).edge(1.0, down=True) == [ContactPress(1.0)]


def test_chatter_within_the_filter_does_not_delay_the_press() -> None:
    debouncer = Debouncer(FILTER, QUIET)
    for at, down in [(1.0, True), (1.0004, False), (1.0009, True)]:
        assert debouncer.edge(at, down=down) == []
    assert debouncer.deadline == pytest.approx(1.002)


def test_a_contact_that_is_open_at_the_look_is_looked_at_again_when_it_closes() -> None:
    edges = [(1.0, True), (1.001, False), (1.006, True), (1.2, False)]
    first, second = outcomes_of(edges)
    assert first == ContactPress(1.0)
    assert isinstance(second, ContactRelease)
    assert second.extra_edges == 2


def test_a_pulse_shorter_than_the_filter_is_a_glitch() -> None:
    assert outcomes_of([(1.0, True), (1.0019, False)]) == [ContactGlitch(1.0)]


def test_a_pulse_as_long_as_the_filter_is_a_press() -> None:
    assert presses(outcomes_of([(1.0, True), (1.0 + FILTER, False)])) == [ContactPress(1.0)]


def test_glitches_in_a_row_stay_glitches() -> None:
    edges = [edge for n in range(20) for edge in ((1 + n * 0.05, True), (1.001 + n * 0.05, False))]
    outcomes = outcomes_of(edges)
    assert len(glitches(outcomes)) == 20
    assert not presses(outcomes)


def test_a_release_is_timed_at_its_last_opening_edge() -> None:
    edges = [(1.0, True), (1.5, False), (1.504, True), (1.51, False)]
    (release,) = releases(outcomes_of(edges))
    assert release.at == 1.51
    assert release.held == pytest.approx(0.51)
    assert release.extra_edges == 2


def test_a_contact_that_opens_for_a_moment_in_a_hold_is_still_held() -> None:
    edges = [(1.0, True), (1.8, False), (1.82, True), (3.0, False)]
    outcomes = outcomes_of(edges)
    assert presses(outcomes) == [ContactPress(1.0)]
    assert [release.held for release in releases(outcomes)] == [2.0]


def test_a_second_tap_counts_as_soon_as_the_line_has_been_quiet() -> None:
    released = 1.06
    edges = [(1.0, True), (released, False), (released + QUIET, True), (1.3, False)]
    assert presses(outcomes_of(edges)) == [ContactPress(1.0), ContactPress(released + QUIET)]


def test_a_button_held_at_the_start_counts_nothing_until_it_is_pressed_anew() -> None:
    debouncer = Debouncer(FILTER, QUIET, down=True, at=0.5)
    assert debouncer.down_since == 0.5
    edges = [(2.0, False), (2.004, True), (2.01, False), (3.0, True), (3.2, False)]
    first, *rest = outcomes_of(edges, debouncer=debouncer)
    assert isinstance(first, ContactRelease)
    assert not first.counted
    assert presses(rest) == [ContactPress(3.0)]


def test_an_edge_that_is_still_on_its_way_decides_about_the_look() -> None:
    debouncer = Debouncer(FILTER, QUIET)
    debouncer.edge(1.0, down=True)
    assert debouncer.expire(1.0021, down=False) == []  # already up, but the edge is not here yet
    assert debouncer.edge(1.001, down=False) == []
    assert debouncer.expire(1.1, down=False) == [ContactGlitch(1.0)]


def test_an_edge_that_is_still_on_its_way_does_not_lose_a_quick_second_press() -> None:
    debouncer = Debouncer(FILTER, QUIET)
    outcomes_of([(1.0, True), (1.1, False)], until=1.11, debouncer=debouncer)
    assert debouncer.expire(1.14, down=True) == []
    (release,) = debouncer.edge(1.135, down=True)
    assert isinstance(release, ContactRelease)
    assert debouncer.expire(1.138, down=True) == [ContactPress(1.135)]


def test_chatter_delivered_after_the_release_counts_nothing() -> None:
    debouncer = Debouncer(FILTER, QUIET)
    outcomes = outcomes_of([(1.0, True), (1.1, False)], until=1.14, debouncer=debouncer)
    assert len(releases(outcomes)) == 1
    late = [(1.104, True), (1.11, False)]
    outcomes = outcomes_of(late, debouncer=debouncer)
    assert not presses(outcomes)
    assert [release.counted for release in releases(outcomes)] == [False]


def test_an_edge_that_never_comes_is_taken_from_the_level() -> None:
    debouncer = Debouncer(FILTER, QUIET)
    outcomes_of([(1.0, True), (1.1, False)], until=1.11, debouncer=debouncer)
    assert debouncer.expire(1.131, down=True) == []
    assert debouncer.deadline == pytest.approx(1.161)
    (release,) = debouncer.expire(1.161, down=True)
    assert isinstance(release, ContactRelease)
    assert debouncer.expire(1.164, down=True) == [ContactPress(1.161)]


def test_at_rest_nothing_is_due() -> None:
    debouncer = Debouncer(FILTER, QUIET)
    assert debouncer.deadline is None
    outcomes_of([(1.0, True), (1.1, False), (2.0, True)], until=3.0, debouncer=debouncer)
    assert debouncer.deadline is None  # held: only an edge can end it


@given(button_trains())
@example(Train(((1.0, True), (1.001, False), (1.031, True), (1.08, False)), 1, 1))
def test_presses_counted_are_presses_made(train: Train) -> None:
    outcomes = outcomes_of(train.edges)
    assert len(presses(outcomes)) == train.presses
    assert len(releases(outcomes)) == train.presses
    assert len(glitches(outcomes)) == train.glitches


@given(button_trains(filter_seconds=0.0))
def test_presses_counted_are_presses_made_without_a_filter(train: Train) -> None:
    outcomes = outcomes_of(train.edges, debouncer=Debouncer(0.0, QUIET))
    assert len(presses(outcomes)) == train.presses + train.glitches


@given(button_trains(filter_seconds=0.003, quiet_seconds=0.05))
def test_a_press_is_told_within_the_chatter_and_the_filter(train: Train) -> None:
    debouncer = Debouncer(0.003, 0.05)
    level = False
    for at, down in [*train.edges, (1_000.0, False)]:
        while debouncer.deadline is not None and debouncer.deadline < at:
            now = debouncer.deadline
            for press in presses(debouncer.expire(now, down=level)):
                assert now - press.at <= 0.02 + 0.003 + 1e-9
        debouncer.edge(at, down=down)
        level = down


@given(button_trains())
def test_edges_alone_tell_the_same_as_edges_and_a_timer(train: Train) -> None:
    alone = Debouncer(FILTER, QUIET)
    outcomes = [outcome for at, down in train.edges for outcome in alone.edge(at, down=down)]
    outcomes += alone.expire(1_000.0, down=False)
    outcomes += alone.expire(1_000.0, down=False)
    assert outcomes == outcomes_of(train.edges)


@given(st.lists(st.tuples(st.floats(0, 0.1), st.booleans(), st.booleans()), max_size=40))
def test_whatever_comes_presses_and_releases_alternate(
    steps: list[tuple[float, bool, bool]],
) -> None:
    debouncer = Debouncer(FILTER, QUIET)
    now, told = 0.0, []
    for gap, down, is_edge in steps:
        now += gap
        told += debouncer.edge(now, down=down) if is_edge else debouncer.expire(now, down=down)
    held = False
    for outcome in told:
        if isinstance(outcome, ContactPress):
            assert not held
            held = True
        elif isinstance(outcome, ContactRelease) and outcome.counted:
            assert held
            held = False
