"""The pictures of statistics: right, harmless and each with its table."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    Statistics,
    StepCount,
    WeightOffs,
)
from web.charts.heat import LEVELS, level
from web.charts.pictures import Chart, Names, pictures
from web.charts.scale import bin_names, days_name, ticks
from web.charts.svg import WIDTH

#: A Thursday.
TODAY = dt.date(2026, 11, 26)
WEEK = Period(TODAY - dt.timedelta(days=6), TODAY)
BINS = tuple(WEEK.bins())
NO_HOURS = Hours(((0,) * 24,) * 7)

NOTHING = Statistics(
    period=WEEK,
    ended=tuple(Ended(days) for days in BINS),
    hours=NO_HOURS,
    funnel=None,
    evenness=Evenness(0, 0, 0, 0, 0, 0, 0),
    weight_offs=WeightOffs(0, ()),
    made_up=tuple(MadeUp(days) for days in BINS),
    ready=(),
    routines=(),
    languages=(),
    button=tuple(ButtonDays(days) for days in BINS),
    unplaced=0,
    first_day=None,
)

MUCH = replace(
    NOTHING,
    ended=(*NOTHING.ended[:-1], Ended(BINS[-1], 6, 3, 1)),
    hours=Hours(((0,) * 18 + (10, 0, 0, 0, 0, 0), *NO_HOURS.sessions[1:])),
    funnel=Funnel(
        "psoas",
        (
            FunnelStep(0, "check", 10),
            FunnelStep(1, None, 4),
            FunnelStep(2, None, 4),
            FunnelStep(3, "check", 4),
        ),
    ),
    evenness=Evenness(1, 0, 4, 1, 0, 540, 600),
    weight_offs=WeightOffs(200, (StepCount("psoas", "settle", 3), StepCount("other", "settle", 1))),
    made_up=(*NOTHING.made_up[:-1], MadeUp(BINS[-1], 2, 90)),
    ready=(Ready("psoas", 10, 30.2, 47.4, 80.0),),
    routines=(Chosen("psoas", 9), Chosen("gone", 1)),
    languages=(Chosen("en", 9), Chosen("", 1)),
    button=(*NOTHING.button[:-1], ButtonDays(BINS[-1], 200, 4, 1, 3, 7)),
)

NAMES = Names(
    {"psoas": "Psoas <release>"}, {"en": "English"}, {"psoas": ["check", "find-spot", "settle"]}
)


def picture(name: str, statistics: Statistics = MUCH) -> Chart:
    (found,) = (one for one in pictures(statistics, NAMES) if one.name == name)
    # A share stays in one line; to a test it may have any space in it.
    return replace(found, says=found.says.replace("\N{NO-BREAK SPACE}", " "))


def drawn(name: str, statistics: Statistics = MUCH) -> ET.Element:
    svg = picture(name, statistics).drawn
    assert svg is not None
    return ET.fromstring(svg)  # noqa: S314 - our own


def words(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter("text")]


def widths(svg: ET.Element, kind: str) -> list[float]:
    return [float(one.get("width", "0")) for one in svg.iter("rect") if one.get("class") == kind]


def test_a_station_without_a_session_says_so_in_place_of_pictures() -> None:
    for one in pictures(NOTHING, NAMES):
        assert one.drawn is None
        assert one.says.startswith(("No ", "Nobody ", "The button has not"))


@pytest.mark.parametrize("one", pictures(MUCH, NAMES), ids=lambda one: one.name)
def test_a_picture_is_svg_that_obeys_the_content_policy_and_says_what_it_shows(
    one: Chart,
) -> None:
    svg = ET.fromstring(one.drawn or "")  # noqa: S314 - our own
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == one.says
    for element in svg.iter():
        assert element.tag in {"svg", "rect", "line", "polyline", "text"}
        assert not {"style", "fill", "href", "onload"} & {*element.keys()}
    assert "nan" not in str(one.drawn)


@pytest.mark.parametrize("one", pictures(MUCH, NAMES), ids=lambda one: one.name)
def test_nothing_of_a_picture_lies_outside_of_it(one: Chart) -> None:
    svg = ET.fromstring(one.drawn or "")  # noqa: S314 - our own
    height = float((svg.get("viewBox") or "").split()[3])
    for rect in svg.iter("rect"):
        x, y, wide, high = (float(rect.get(key, "0")) for key in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= WIDTH + 0.1
        assert 0 <= y <= y + high <= height + 0.1
    for text in svg.iter("text"):
        assert 8 <= float(text.get("y", "0")) <= height


@pytest.mark.parametrize("one", pictures(MUCH, NAMES), ids=lambda one: one.name)
def test_a_picture_has_a_table_with_as_many_cells_in_each_row_as_names_above(
    one: Chart,
) -> None:
    assert one.rows
    assert {len(row) for row in one.rows} == {len(one.columns)}


def test_columns_stand_for_sessions_by_how_they_ended() -> None:
    assert picture("endings").heading == "Sessions a day, by how they ended"
    assert picture("endings").says == "10 sessions, of which 60 % were finished."
    assert picture("endings").rows[-1] == ("26 Nov 2026", 6, 3, 1, 10)
    svg = drawn("endings")
    heights = {
        one.get("class"): float(one.get("height", "0"))
        for one in svg.iter("rect")
        if float(one.get("y", "0")) > 20
    }
    assert heights["finished"] == pytest.approx(2 * heights["stopped"])
    assert heights["stopped"] == pytest.approx(3 * heights["abandoned"], abs=0.2)


def test_the_busiest_hour_is_told_and_has_the_strongest_colour() -> None:
    assert picture("hours").says == "Most sessions begin on Monday from 18:00 on."
    assert len(widths(drawn("hours"), "heat-0")) == 7 * 24 - 1
    assert picture("hours").rows[18] == ("18:00", 10, 0, 0, 0, 0, 0, 0)


def test_the_funnel_names_steps_in_words_and_those_that_come_again_with_a_number() -> None:
    funnel = picture("funnel")
    assert [row[0] for row in funnel.rows] == ["Check", "Find spot", "Settle", "Check 2"]
    assert [row[1] for row in funnel.rows] == [10, 4, 4, 4]
    assert "40 % of 10 reached the last step. Most stop at “Check” (6)." in funnel.says
    assert widths(drawn("funnel"), "main")[1] == pytest.approx(
        0.4 * widths(drawn("funnel"), "main")[0], abs=0.1
    )


def test_a_step_that_nobody_knows_any_more_has_its_number() -> None:
    statistics = replace(MUCH, funnel=Funnel("gone", (FunnelStep(0, None, 1),)))
    assert picture("funnel", statistics).rows == (("Step 1", 1, "100\N{NO-BREAK SPACE}%"),)
    assert "Most stop" not in picture("funnel", statistics).says


def test_weight_off_is_told_in_a_hundred_sessions_and_by_step() -> None:
    weight_offs = picture("weight-offs")
    assert weight_offs.says == "Weight off was called 4 times in 200 sessions: 2.0 in a hundred."
    assert weight_offs.rows == (("Psoas <release>", "Settle", 3), ("other", "Settle", 1))
    assert words(drawn("weight-offs")) == ["Settle", "4"]
    calm = replace(MUCH, weight_offs=WeightOffs(1, (StepCount("psoas", "settle", 1),)))
    assert picture("weight-offs", calm).says.startswith("Weight off was called once in 1 session:")


def test_evenness_is_told_with_both_averages() -> None:
    assert picture("evenness").says == (
        "67 % of 6 finished sessions were even to within 5 %. On average: left 90 s, right 100 s."
    )
    assert len(widths(drawn("evenness"), "left")) == 1


def test_made_up_seconds_are_told_for_each_member() -> None:
    assert picture("made-up").says == ("2 members made up what a side was short by, 45 s each.")
    one = replace(MUCH, made_up=(MadeUp(WEEK, 1, 20),))
    assert picture("made-up", one).says.startswith("1 member made up")


def test_getting_ready_is_told_by_its_median() -> None:
    assert picture("ready").rows == (("Psoas <release>", 10, 30, 47, 80),)
    assert "no longer than 47 s" in picture("ready").says


def test_what_has_no_name_is_called_by_its_id_or_said_to_be_unknown() -> None:
    assert [row[0] for row in picture("routines").rows] == ["Psoas <release>", "gone"]
    assert [row[0] for row in picture("languages").rows] == ["English", "not noted"]
    assert picture("routines").columns[0] == "Routine"
    assert picture("languages").columns[0] == "Language"


def test_the_button_is_told_in_a_hundred_presses() -> None:
    assert "200 presses: the contact bounced at 2 %" in picture("button").says
    assert "1 glitch." in picture("button").says
    assert picture("button").rows[-1] == ("26 Nov 2026", 200, 3, 7, 4, 1)
    assert len(list(drawn("button").iter("polyline"))) == 1


def test_a_name_with_markup_is_only_a_name() -> None:
    svg = picture("routines").drawn
    assert "Psoas &lt;release&gt;" in str(svg)
    assert "<release>" not in str(svg)


def test_a_long_name_is_cut_in_the_picture_and_whole_in_the_table() -> None:
    long = "A routine with a very long title"
    statistics = replace(MUCH, routines=(Chosen(long, 3),))
    assert words(drawn("routines", statistics))[0] == "A routine with a…"
    assert picture("routines", statistics).rows[0][0] == long


@pytest.mark.parametrize(
    ("part", "whole", "says"),
    [(0, 5, "0 %"), (1, 1000, "0.1 %"), (1, 3, "33 %"), (5, 5, "100 %")],
)
def test_shares_are_whole_per_cent_unless_they_are_small(part: int, whole: int, says: str) -> None:
    ended = (Ended(TODAY_ONLY, finished=part, stopped=whole - part),)
    assert f"of which {says} were finished" in picture("endings", replace(MUCH, ended=ended)).says


TODAY_ONLY = Period(TODAY, TODAY)


@settings(deadline=None)
@given(st.one_of(st.integers(0, 10_000_000), st.floats(0, 1e7)))
def test_an_axis_has_few_round_numbers_that_reach_far_enough(most: float) -> None:
    marks = ticks(most)
    assert marks[0] == 0
    assert marks[-1] >= most
    assert 2 <= len(marks) <= 4
    assert len({*marks}) == len(marks)
    step = marks[1]
    assert re.fullmatch("[125]0*", str(step))
    assert marks == [step * number for number in range(len(marks))]


@settings(deadline=None)
@given(st.integers(1, 5000), st.data())
def test_colours_go_from_the_few_to_the_many(most: int, data: st.DataObject) -> None:
    sessions = data.draw(st.integers(0, most))
    assert level(0, most) == 0
    assert level(most, most) == LEVELS
    assert 0 <= level(sessions, most) <= LEVELS
    assert (level(sessions, most) == 0) == (sessions == 0)


@pytest.mark.parametrize(
    ("period", "names"),
    [
        (TODAY_ONLY, ["26 Nov"]),
        (Period.month_of(TODAY), ["2 Nov", "9 Nov", "16 Nov", "23 Nov", "30 Nov"]),
        (Period.weeks_until(TODAY), ["5 Oct", "19 Oct", "2 Nov", "16 Nov"]),
        (Period.year_of(TODAY), ["Jan", "Mar", "May", "Jul", "Sep", "Nov"]),
    ],
)
def test_an_axis_of_days_has_as_many_names_as_there_is_room_for(
    period: Period, names: Sequence[str]
) -> None:
    assert list(bin_names(list(period.bins()), period.unit).values()) == names


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ("2026-11-26", "26 Nov 2026"),
        ("2026-11-23", "23 to 26 Nov 2026"),
        ("2026-10-05", "5 Oct to 26 Nov 2026"),
        ("2025-12-29", "29 Dec 2025 to 26 Nov 2026"),
    ],
)
def test_days_are_told_as_shortly_as_can_be(first: str, name: str) -> None:
    assert days_name(Period(dt.date.fromisoformat(first), TODAY)) == name
