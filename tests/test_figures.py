"""The figures: markup that a strict page takes, and drawings of bodies that could be."""

import xml.etree.ElementTree as ET  # nosec - our own markup

import pytest

from web.figures import POSES, figure_html, figures_css


@pytest.mark.parametrize("pose", sorted(POSES))
@pytest.mark.parametrize("mirrored", [False, True])
def test_every_pose_is_well_formed_without_style_attributes(pose: str, *, mirrored: bool) -> None:
    root = ET.fromstring(figure_html(pose, mirrored=mirrored))  # noqa: S314 - our own markup
    assert root.attrib["aria-hidden"] == "true"
    assert not any("style" in element.attrib for element in root.iter())


def test_keyframes_animate_nothing_but_transform_and_opacity() -> None:
    for frames in figures_css().split("@keyframes")[1:]:
        inside = frames[frames.index("{") : frames.index("}}")]
        for block in inside.split("{")[2:]:
            names = {item.split(":")[0] for item in block.split("}")[0].split(";") if item}
            assert names <= {"transform", "opacity"}
