"""The page of statistics: which days, which files, and what it says when it cannot say anything."""

import csv
import datetime as dt
import io
import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.core.errors import PeriodError
from kiosk.core.session import ButtonDown, ButtonHeld, ButtonUp
from kiosk.main.station import Station
from kiosk.records.store import FILE, Keeping, Store
from kiosk.statistics.period import Period
from tests.drivers.clocks import FakeClock
from tests.drivers.made_up_past import ZONE, MadeUpPast
from tests.drivers.past import released
from tests.drivers.staff import PIN, at_the_panel, in_the_network
from tests.drivers.threads import until
from web.staff.statistics_views import period_of

TODAY = dt.date(2026, 11, 26)


@pytest.fixture
def phone(station: Station) -> FlaskClient:
    client = in_the_network(station)
    assert client.post("/staff/sign-in", json={"pin": PIN}).status_code == 200
    return client


@pytest.fixture
def month(tmp_path: Path) -> dt.date:
    """A made-up month until today; its first day."""
    first = dt.datetime.now(ZONE).date() - dt.timedelta(days=29)
    for file in tmp_path.glob(f"{FILE}*"):
        file.unlink()
    MadeUpPast(tmp_path, first, 30, 600).make()
    return first


def test_nobody_sees_it_without_the_pin(station: Station) -> None:
    for path in ("", "/endings.csv", "/sessions.csv", "/sessions.json"):
        answer = in_the_network(station).get(f"/staff/statistics{path}")
        assert answer.status_code in (303, 401)
        assert "Sessions" not in answer.text


def test_a_station_that_has_had_no_session_says_so(phone: FlaskClient) -> None:
    page = phone.get("/staff/statistics").text
    assert "No session yet." in page
    assert "<svg" not in page


@pytest.mark.usefixtures("month")
def test_every_picture_has_its_table_and_its_file(phone: FlaskClient) -> None:
    page = phone.get("/staff/statistics").text
    assert page.count("<svg") == page.count("<table>") == 10
    files = re.findall(r'href="(/staff/statistics/[\w-]+\.csv\?[^"]*)"', page)
    assert len(files) == 11, "one for each picture, and the sessions"
    for file in files:
        answer = phone.get(file.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        names, *rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
        assert rows
        assert {len(row) for row in rows} == {len(names)}


@pytest.mark.usefixtures("month")
def test_the_page_has_no_style_and_no_script_of_its_own(phone: FlaskClient) -> None:
    page = phone.get("/staff/statistics").text
    assert "style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?! type=\"module\" src=\"/)", page)


def test_sessions_are_had_by_their_days_for_a_spreadsheet_and_a_program(
    phone: FlaskClient, month: dt.date
) -> None:
    asked = f"?period={month:%Y-%m}"
    text = phone.get(f"/staff/statistics/sessions.csv{asked}").text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert rows
    assert all(row["day"].startswith(f"{month:%Y-%m}") for row in rows)
    told = json.loads(phone.get(f"/staff/statistics/sessions.json{asked}").text)
    assert len(told) == len(rows)


def test_months_and_years_of_the_past_can_be_chosen(phone: FlaskClient, month: dt.date) -> None:
    page = phone.get(f"/staff/statistics?period={month:%Y-%m}").text
    assert f"period={month:%Y-%m}" in page
    assert f"period={month.year}" in page
    before = month.replace(day=1) - dt.timedelta(days=1)
    assert f"period={before:%Y-%m}" not in page, "there was no session yet"
    assert phone.get(f"/staff/statistics?period={month.year}").status_code == 200


@pytest.mark.usefixtures("month")
def test_another_routine_can_be_looked_into(phone: FlaskClient) -> None:
    page = phone.get("/staff/statistics?routine=couch-stretch").text
    assert "<p>Couch stretch:" in page
    assert "<p>Psoas release: half" in page


@pytest.mark.parametrize("period", ["", "2026-13", "0000", "2026-1", "yesterday", "٢٠٢٦"])
def test_a_period_that_there_is_not_is_refused(phone: FlaskClient, period: str) -> None:
    answer = phone.get("/staff/statistics", query_string={"period": period})
    assert answer.status_code == 400
    assert "It must be weeks, a month such as 2026-11" in answer.get_json()["error"]


def test_a_period_is_made_of_whole_days() -> None:
    assert period_of("2026-02", TODAY) == Period(dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    assert period_of("2026-11", TODAY) == Period(dt.date(2026, 11, 1), TODAY)
    assert period_of("2026", TODAY) == Period(dt.date(2026, 1, 1), TODAY)
    assert period_of("2027", TODAY).days == 365
    with pytest.raises(PeriodError):
        period_of("2026-00", TODAY)
    assert period_of("weeks", TODAY) == Period.weeks_until(TODAY)


def test_a_picture_that_there_is_not_is_told(phone: FlaskClient) -> None:
    assert phone.get("/staff/statistics/yoga.csv").status_code == 404


def test_a_database_that_cannot_be_read_is_explained(phone: FlaskClient, tmp_path: Path) -> None:
    for file in tmp_path.glob(f"{FILE}*"):
        file.unlink()
    for path in ("", "/endings.csv", "/sessions.csv", "/sessions.json"):
        answer = phone.get(f"/staff/statistics{path}")
        assert answer.status_code == 503
        assert "there is no database yet" in answer.text
    released(tmp_path)
    assert "kept no sums" in phone.get("/staff/statistics").text


@pytest.mark.usefixtures("month")
def test_at_the_panel_there_are_no_files(station: Station) -> None:
    panel = at_the_panel(station)
    assert panel.post("/staff/sign-in", json={"pin": PIN}).status_code == 200
    page = panel.get("/staff/statistics").text
    assert ".csv" not in page
    assert "from a phone or a computer" in page
    assert page.count("<svg") == 10


def test_a_session_that_ends_is_in_the_statistics_at_once(
    phone: FlaskClient, station: Station, clock: FakeClock
) -> None:
    station.runner.post(ButtonDown())
    station.runner.post(ButtonUp())
    clock.advance(3)
    station.runner.post(ButtonHeld())
    # A machine whose clock nobody has set counts it, but has no day for it.
    told = re.compile("1 session, of which 0.% were finished|these, 1 session of")
    assert until(lambda: told.search(phone.get("/staff/statistics").text))


@pytest.fixture
def _unset(tmp_path: Path) -> None:
    with closing(Store(tmp_path, Keeping(ZONE))) as store:
        db = store._db
        db.execute("INSERT INTO day_sum (day, ended, sessions) VALUES (-1, 'finished', 3)")


@pytest.mark.usefixtures("_unset")
def test_sessions_of_an_unset_clock_are_told_apart(phone: FlaskClient) -> None:
    page = phone.get("/staff/statistics").text
    assert "Besides these, 3 sessions of all that there were began while the clock was not" in page
