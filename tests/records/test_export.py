"""The sessions for other programs: every row, no formula, and no more memory for more of them."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.errors import StoreError
from kiosk.csv_text import harmless
from kiosk.records.export import COLUMNS, as_csv, as_json
from kiosk.records.record import SessionRecord, records
from kiosk.records.store import Keeping, Store, reading
from tests.drivers.past import BERLIN, days, released

OLD = SessionRecord(
    1, "2026-05-04T18:30:00+00:00", "psoas-release", 120, 0.0, 42.5, None, "straighten"
)
NEW = SessionRecord(
    number=2,
    started="2026-05-04T22:30:00+00:00",
    routine="psoas-release",
    side_seconds=120,
    left=120.0,
    right=42.5,
    ended="finished",
    step="stand-up",
    language="de",
    clock_known=True,
    day=days("2026-05-05"),
    hour=0,
    place=2,
    furthest="stand-up",
    ready_after=47.3,
    made_up=0.0,
    weight_offs=("settle", "squeeze"),
    step_seconds=(0.0, 3.4, 60.0),
)


def test_json_has_an_object_for_each_session() -> None:
    new, old = json.loads("".join(as_json([NEW, OLD])))
    assert tuple(new) == COLUMNS
    assert new["day"] == "2026-05-05"
    assert new["weight_offs"] == ["settle", "squeeze"]
    assert (old["day"], old["weight_offs"], old["clock_known"]) == (None, None, None)


def test_csv_has_a_line_for_each_session_below_the_names() -> None:
    assert "".join(as_csv([NEW, OLD])).splitlines() == [
        ",".join(COLUMNS),
        (
            "2,2026-05-04T22:30:00+00:00,psoas-release,120,120.0,42.5,finished,stand-up,de,yes,"
            "2026-05-05,0,stand-up,47.3,0.0,settle squeeze,0.0 3.4 60.0"
        ),
        "1,2026-05-04T18:30:00+00:00,psoas-release,120,0.0,42.5,,straighten,,,,,,,,,",
    ]


def test_nothing_is_still_valid_json_and_csv() -> None:
    assert json.loads("".join(as_json([]))) == []
    assert "".join(as_csv([])).count("\n") == 1


def test_a_byte_order_mark_comes_first_and_only_if_it_is_asked_for() -> None:
    assert "".join(as_csv([OLD], byte_order_mark=True)).startswith("\ufeffnumber,")
    assert "".join(as_csv([OLD])).startswith("number,")


@settings(deadline=None)
@given(st.text())
def test_no_cell_is_a_formula_and_nothing_is_lost(text: str) -> None:
    record = replace(OLD, routine=text, step=f"={text}", weight_offs=(f"@{text}",))
    lines = "".join(as_csv([record]))
    _, row = csv.reader(io.StringIO(lines, newline=""))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert row[2].removeprefix("'") == text.removeprefix("'")
    assert row[7] == f"'={text}"


def test_a_number_below_zero_is_no_formula() -> None:
    assert harmless(-3) == -3


def test_days_are_chosen_by_the_gyms_clock(tmp_path: Path) -> None:
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        for number in range(10):
            store.finish(replace(NEW, number=number + 1, day=days("2026-05-05") + number))
        store.finish(replace(NEW, number=11, day=None, hour=None, clock_known=False))
    first, last = days("2026-05-07"), days("2026-05-09")
    with reading(tmp_path) as db:
        assert [one.number for one in records(db, first, last)] == [5, 4, 3]
        assert [one.number for one in records(db, first=days("2026-05-13"))] == [10, 9]
        assert [one.number for one in records(db, last=days("2026-05-05"))] == [1]
        assert len(list(records(db))) == 11, "with all days come those that have none"


def test_days_of_a_database_that_knows_none_are_refused_with_a_way_out(tmp_path: Path) -> None:
    released(tmp_path)
    with reading(tmp_path) as db:
        assert len(list(records(db))) == 10
        with pytest.raises(StoreError, match="Start the station once"):
            list(records(db, first=0))


def most_memory(lines: Iterator[str]) -> int:
    """Bytes that are in use at most while `lines` are made."""
    tracemalloc.start()
    for _ in lines:
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_more_sessions_take_no_more_memory(tmp_path: Path) -> None:
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        db = store._db
        store.finish(replace(NEW, number=1))
        db.execute("BEGIN")
        columns = "number, started, routine, side_seconds, ended, weight_offs, step_seconds"
        db.execute(
            f"WITH RECURSIVE more(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM more WHERE n < 20000)"  # noqa: S608 - names of our own
            f"INSERT INTO session ({columns}) SELECT n, {columns.partition(', ')[2]} "
            f"FROM session, more"
        )
        db.execute("COMMIT")
    for form in (as_csv, as_json):
        with reading(tmp_path) as db:
            assert most_memory(form(records(db))) < 300_000
