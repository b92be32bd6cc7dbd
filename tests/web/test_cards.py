"""The printed cards as a browser gets them: what is on them, and for whom there is none."""

import contextlib
import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.core.session import Rules
from kiosk.main.commands.routine.card import SIZES
from kiosk.main.setup import Setup
from kiosk.main.station import build
from kiosk.settings.shapes import PanelSection, Settings, StationSection
from tests.drivers.clocks import FakeClock
from web.cards import PaperSize


def card_of(client: FlaskClient, name: str, query: str = "") -> str:
    answer = client.get(f"/card/{name}{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def said_on(page: str) -> str:
    """The words of a page, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_every_routine_has_a_card_with_all_that_keeps_a_member_safe(
    client: FlaskClient, rules: Rules
) -> None:
    for routine in rules.routines.values():
        text = routine.texts["en"]
        said = said_on(card_of(client, routine.id))
        for sentence in (text.title, *text.equipment, *text.skip_if, *text.stop_if, text.emergency):
            assert sentence in said, (routine.id, sentence)
        assert text.skip_advice in said
        assert text.always in said
        assert text.weight_off.detail in said


def test_a_card_shows_both_sides_the_other_one_mirrored(client: FlaskClient) -> None:
    _, right, left = re.split(r'<h2 class="side">', card_of(client, "figure-four"))
    assert "matrix(-1 0 0 1" not in right.partition("</section>")[0]
    other = left.partition("</section>")[0]
    assert other.count('<li class="step">') == other.count("matrix(-1 0 0 1") == 2


def test_a_card_tells_sets_turns_and_breaths(client: FlaskClient) -> None:
    assert "2 \N{MULTIPLICATION SIGN} 0:30" in card_of(client, "figure-four")
    turns = re.findall(r"\d\. <b>(\w+)</b>", card_of(client, "figure-four"))
    assert turns == ["Right", "Left", "Right", "Left"]
    assert '<b class="length">5 breaths</b>' in card_of(client, "ninety-ninety")


def test_steps_are_numbered_without_a_gap(client: FlaskClient, rules: Rules) -> None:
    for name in rules.routines:
        numbers = re.findall(r'<b class="number">(\d+)</b>', card_of(client, name))
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_a_card_keeps_to_the_strict_policy(client: FlaskClient) -> None:
    card = card_of(client, "psoas-release")
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", card)
    assert 'lang="en" dir="ltr"' in card


def test_a_card_in_arabic_runs_from_right_to_left_with_its_own_plurals(client: FlaskClient) -> None:
    card = card_of(client, "ninety-ninety", "?language=ar")
    assert 'lang="ar" dir="rtl"' in card
    assert "5 أنفاس" in said_on(card)


def test_a_long_routine_shows_each_side_in_full_on_a_page_of_its_own(client: FlaskClient) -> None:
    below, overleaf = (card_of(client, name) for name in ("foot-ball", "kettlebell-calf"))
    assert 'class="part left again"' in below
    assert " turn" not in below
    before, after = overleaf.split('class="part turn"')
    assert (before.count('class="step"'), after.count('class="step"')) == (1 + 6, 1 + 6 + 1)
    assert ' again"' not in overleaf


def test_a_longer_one_goes_on_overleaf_and_shows_the_spot_on_both_sides(
    client: FlaskClient,
) -> None:
    card = card_of(client, "psoas-release")
    assert 'class="card a4 onward"' in card
    assert 'class="part left"' in card
    assert " turn" not in card
    assert card.count('class="where"') == 2


def test_on_small_paper_the_longest_routine_is_small(client: FlaskClient) -> None:
    card = card_of(client, "psoas-release", "?size=a5")
    assert 'class="card a5 dense"' in card
    assert 'class="part left again"' in card


@pytest.mark.parametrize(("size", "page"), [("a5", "A5"), ("a4", "A4"), ("letter", "letter")])
def test_the_sheet_says_the_size_of_the_paper(client: FlaskClient, size: str, page: str) -> None:
    assert f"/card.css?size={size}" in card_of(client, "foot-ball", f"?size={size}")
    sheet = client.get(f"/card.css?size={size}")
    assert f"@page{{size:{page} portrait;" in sheet.text
    assert sheet.mimetype == "text/css"


def test_a_card_that_there_is_not_names_those_that_there_are(
    client: FlaskClient, rules: Rules
) -> None:
    answer = client.get("/card/<b>yoga")
    assert answer.status_code == 404
    assert "There is no routine &lt;b&gt;yoga" in answer.text
    for name in rules.routines:
        assert f'href="/card/{name}?' in answer.text


def test_a_missing_card_is_told_in_the_stations_language(
    tmp_path: Path, rules: Rules, clock: FakeClock
) -> None:
    settings = Settings(
        station=StationSection(data=str(tmp_path)), panel=PanelSection(hardware="mock")
    )
    arabic = replace(rules, defaults=replace(rules.defaults, language="ar"))
    with contextlib.ExitStack() as stack:
        client = build(Setup(settings, arabic), stack, clock).app.test_client()
        page = client.get("/card/yoga").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "لا يوجد تمرين باسم" in page
    assert "تحرير البسواس" in page


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/card/foot-ball?size=a3", "size: found 'a3'. It must be one of: a5, a4, letter."),
        ("/card.css?size=a3", "size: found 'a3'. It must be one of: a5, a4, letter."),
        ("/card/foot-ball?language=tlh", "language: found 'tlh'. It must be one of: en"),
    ],
)
def test_a_wrong_size_or_language_is_refused(client: FlaskClient, address: str, says: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert says in str(answer.json)


def test_the_command_offers_the_papers_that_the_cards_know() -> None:
    assert [size.value for size in PaperSize] == list(SIZES)
