"""What each state shows."""

from dataclasses import replace

from kiosk.core.ledger import Ledger
from kiosk.core.routine import Side
from kiosk.core.screen import Place, View, asks_for_press, numbers_of, screen_of, view_of
from tests.drivers.mat import Mat


def test_every_status_and_kind_of_step_has_its_view(mat: Mat) -> None:
    views = [view_of(mat.state)]
    for _ in range(24):
        mat.press()
        if (view := view_of(mat.state)) not in views:
            views.append(view)
    mat = Mat(mat.rules)
    mat.press_until("settle")
    mat.hold()
    views.append(view_of(mat.state))
    mat.press()
    views.append(view_of(mat.state))
    mat.press_until("switch")
    mat.wait(95)
    views.append(view_of(mat.state))
    mat = Mat(mat.rules)
    mat.show_routines()
    views.append(view_of(mat.state))
    mat = Mat(replace(mat.rules, choose_by_button=True))
    mat.press()
    views.append(view_of(mat.state))
    mat = Mat(replace(mat.rules, languages=("en", "de")))
    mat.show_languages()
    views.append(view_of(mat.state))
    assert set(views) == set(View) - {View.RESUME}


def test_the_strip_shows_what_is_done_what_is_now_and_what_is_to_come(mat: Mat) -> None:
    mat.press_until("equipment")
    places = [segment.place for segment in screen_of(mat.state, mat.rules).progress]
    assert places[:3] == [Place.DONE, Place.NOW, Place.TODO]
    assert set(places[3:]) == {Place.TODO}


def test_the_steps_are_numbered_from_1_to_the_last_one(mat: Mat) -> None:
    assert screen_of(mat.state, mat.rules).step_number == 0
    mat.press()
    first = screen_of(mat.state, mat.rules)
    assert first.step_number == 1
    mat.press_until("stand-up")
    last = screen_of(mat.state, mat.rules)
    assert last.step_number == len(last.progress)
    mat.press()
    assert view_of(mat.state) is View.SUMMARY
    assert screen_of(mat.state, mat.rules).step_number == len(last.progress)


def test_only_the_attract_screen_tells_how_long_it_takes(mat: Mat) -> None:
    assert screen_of(mat.state, mat.rules).minutes == 6
    mat.press()
    assert screen_of(mat.state, mat.rules).minutes is None


def test_side_and_seconds_are_chosen_at_the_equipment_only(mat: Mat) -> None:
    told = {}
    for _ in range(8):
        mat.press()
        screen = screen_of(mat.state, mat.rules)
        told[mat.step_id] = (screen.choosable_sides, screen.choosable_seconds)
    assert told.pop("equipment") == ((Side.LEFT, Side.RIGHT), (60, 90, 120, 180))
    assert set(told.values()) == {((), ())}


def test_nothing_can_be_chosen_while_asked_whether_anybody_is_there(mat: Mat) -> None:
    mat.press_until("equipment")
    mat.wait(90)
    screen = screen_of(mat.state, mat.rules)
    assert screen.view is View.ASKING
    assert (screen.choosable_sides, screen.choosable_seconds) == ((), ())


def test_the_attract_screen_knows_about_how_long_a_session_takes(mat: Mat) -> None:
    told = {}
    for seconds in (60, 90, 120, 180):
        mat.choose(seconds=seconds)
        told[seconds] = screen_of(mat.state, mat.rules).minutes
    assert told == {60: 4, 90: 5, 120: 6, 180: 8}


def test_the_summary_shows_what_can_be_made_up(mat: Mat) -> None:
    mat.press_until("switch")
    mat.press_until("stand-up")
    mat.press()
    screen = screen_of(mat.state, mat.rules)
    assert set(screen.missing) == {Side.LEFT, Side.RIGHT}
    assert {segment.place for segment in screen.progress} == {Place.DONE}
    assert screen.next_step is None


def test_the_numbers_count_a_hold_and_its_side(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(9.9)
    numbers = numbers_of(mat.state, mat.now, mat.rules)
    assert (numbers.total, numbers.running, numbers.counting) == (30, True, (Side.RIGHT,))
    assert round(numbers.ledger.right, 6) == 10


def test_the_numbers_count_getting_ready_by_its_own_seconds(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold()
    assert not numbers_of(mat.state, mat.now, mat.rules).running
    mat.press()
    numbers = numbers_of(mat.state, mat.now, mat.rules)
    assert (numbers.total, numbers.running, numbers.counting) == (5, True, ())


def test_nothing_is_counted_in_attract(mat: Mat) -> None:
    numbers = numbers_of(mat.state, mat.now, mat.rules)
    assert (numbers.remaining, numbers.total, numbers.running) == (None, None, False)


def test_the_numbers_say_how_long_the_button_has_been_down(mat: Mat) -> None:
    mat.press_until("find-spot")
    mat.wait(1)
    mat.down()
    mat.wait(0.5)
    pressed = numbers_of(mat.state, mat.now, mat.rules).pressed
    assert pressed is not None
    assert round(pressed, 6) == 0.5


def test_the_button_is_lit_when_only_a_press_goes_on(mat: Mat) -> None:
    assert asks_for_press(mat.state)
    mat.press_until("settle")
    assert not asks_for_press(mat.state)
    mat.hold()
    assert asks_for_press(mat.state)
    mat.press()
    assert not asks_for_press(mat.state)


def test_the_ledger_adds_to_one_side_only() -> None:
    ledger = Ledger().add(Side.LEFT, 2).add(Side.RIGHT, 3)
    assert (ledger.of(Side.LEFT), ledger.of(Side.RIGHT), ledger.total) == (2, 3, 5)
