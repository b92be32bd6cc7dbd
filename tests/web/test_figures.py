"""The figures as a page gets them: without inline styles, and mirrored but for their text."""

import re
from xml.etree import ElementTree as ET

import pytest

from kiosk.core.errors import FigureError
from web.figures import FIGURES_CSS, POSES, beat_classes, figure_html, movement_css, moves
from web.figures.drawing import Sketch
from web.figures.motion import stances
from web.figures.poses import BODY_POSES

TEXTS = dict.fromkeys(POSES["torso"], "Rippen & <Becken>")


def parse(pose: str, *, mirrored: bool, label: str = "") -> ET.Element:
    markup = figure_html(pose, mirrored=mirrored, label=label, texts=TEXTS)
    return ET.fromstring(markup)  # noqa: S314 - our own markup


@pytest.fixture(params=sorted(POSES))
def pose(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("mirrored", [False, True])
def test_every_pose_is_well_formed_and_fits_a_strict_page(pose: str, *, mirrored: bool) -> None:
    for element in parse(pose, mirrored=mirrored).iter():
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)
        assert element.tag not in {"style", "script", "image", "foreignObject"}


def test_a_mirrored_figure_is_the_same_drawing_flipped(pose: str) -> None:
    drawing, mirrored = parse(pose, mirrored=False)[0], parse(pose, mirrored=True)[0]
    assert mirrored.attrib.pop("transform") == "matrix(-1 0 0 1 186 0)"
    assert ET.tostring(mirrored) == ET.tostring(drawing)


def test_no_text_is_ever_mirrored(pose: str) -> None:
    flipped = parse(pose, mirrored=True)[0]
    assert not [element for element in flipped.iter() if element.tag.endswith("text")]


def test_the_torso_s_labels_change_sides_with_the_spot() -> None:
    here = list(parse("torso", mirrored=False).iter("text"))
    there = list(parse("torso", mirrored=True).iter("text"))
    assert len(here) == len(POSES["torso"])
    for one, other in zip(here, there, strict=True):
        assert {one.attrib["text-anchor"], other.attrib["text-anchor"]} == {"start", "end"}
        for line, mirrored in zip(one, other, strict=True):
            assert float(line.attrib["x"]) + float(mirrored.attrib["x"]) == pytest.approx(186)


def test_a_label_without_a_text_is_left_out() -> None:
    markup = figure_html("torso", mirrored=False, texts={"navel": "navel"})
    drawing = ET.fromstring(markup)  # noqa: S314 - our own markup
    assert ["".join(text.itertext()) for text in drawing.iter("text")] == ["navel"]


@pytest.mark.parametrize("name", sorted(BODY_POSES))
def test_a_still_picture_tells_by_an_arrow_where_a_leg_goes_that_it_does_not_show_there(
    name: str,
) -> None:
    pose = BODY_POSES[name]
    if not pose.ghost:
        assert pose.arrows
        assert "ghost" not in figure_html(name, mirrored=False)


@pytest.mark.parametrize("name", sorted(BODY_POSES))
def test_a_frame_leaves_no_part_of_the_movement_out(name: str) -> None:
    pose = BODY_POSES[name]
    top = Sketch(name, pose).frame.top
    for stance in stances(pose, 4):
        knee = pose.viewpoint.put(stance.near_leg.knee)
        hand = pose.viewpoint.put(stance.near_arm.wrist)
        assert top < min(knee.y, hand.y)


def test_a_figure_without_a_label_is_hidden_from_screen_readers(pose: str) -> None:
    assert parse(pose, mirrored=False).attrib["aria-hidden"] == "true"
    named = parse(pose, mirrored=False, label='Leg "long" & back').attrib
    assert (named["role"], named["aria-label"]) == ("img", 'Leg "long" & back')
    assert "aria-hidden" not in named


def test_an_unknown_pose_is_told_with_those_there_are() -> None:
    with pytest.raises(FigureError, match=r"'headstand'.*add-bell.*weight-off"):
        figure_html("headstand", mirrored=False)


def test_keyframes_animate_nothing_but_transform_and_opacity() -> None:
    sheets = FIGURES_CSS + "".join(map(movement_css, POSES))
    frames = re.findall(r"@keyframes \w+\{((?:[^{}]+\{[^{}]*\})+)\}", sheets)
    assert len(frames) == sheets.count("@keyframes")
    animated = {name for frame in frames for name in re.findall(r"[{;]([\w-]+):", frame)}
    assert animated == {"transform", "opacity"}


def test_every_movement_is_in_the_figure_s_own_sheet_and_none_is_left_over(pose: str) -> None:
    used = set(re.findall(r"\b[tu][0-9a-f]{4}\b", figure_html(pose, mirrored=False)))
    assert used == set(re.findall(r"\.([tu][0-9a-f]{4})\{", movement_css(pose)))
    assert bool(used) is moves(pose)


def test_what_a_figure_does_wins_over_the_time_that_another_s_sheet_gives_again(pose: str) -> None:
    for rule in re.findall(r"^.*\.u[0-9a-f]{4}\{", movement_css(pose), re.MULTILINE):
        assert rule.startswith(".figure .u")


def test_every_class_of_the_markup_has_a_rule() -> None:
    markup = "".join(figure_html(pose, mirrored=False, texts=TEXTS) for pose in POSES)
    classes = {name for value in re.findall(r'class="([^"]+)"', markup) for name in value.split()}
    ruled = set(re.findall(r"\.([a-z][\w-]*)", FIGURES_CSS + "".join(map(movement_css, POSES))))
    assert classes <= ruled


def test_ids_are_unique_within_a_figure_and_every_reference_leads_somewhere(pose: str) -> None:
    markup = figure_html(pose, mirrored=False)
    ids = re.findall(r'\bid="([^"]+)"', markup)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"#([\w-]+)", markup)) <= set(ids)
    assert all(name.startswith(f"{pose}-") for name in ids)


def test_figures_are_light(pose: str) -> None:
    assert len(figure_html(pose, mirrored=True)) <= 12_000
    assert len(movement_css(pose)) <= 5_000


def test_the_sheet_that_comes_first_has_the_movements_of_no_figure() -> None:
    assert re.findall(r"@keyframes (\w+)", FIGURES_CSS) == ["halo"]
    assert len(FIGURES_CSS) <= 3_000


def test_the_words_of_a_hold_change_with_its_movement() -> None:
    classes = beat_classes("squeeze")
    assert classes is not None
    for name, opacity in zip(classes, "10", strict=True):
        assert f".{name}{{animation:{name} 10s step-end infinite}}" in movement_css("squeeze")
        assert f"@keyframes {name}{{0%{{opacity:{opacity}}}50%" in movement_css("squeeze")
    settle = beat_classes("settle")
    assert settle is not None
    assert f"@keyframes {settle[1]}{{0%{{opacity:0}}40%{{opacity:1}}}}" in movement_css("settle")


def test_poses_that_are_not_told_in_time_have_no_words() -> None:
    assert beat_classes("weight-off") is None
    assert beat_classes("kit") is None
