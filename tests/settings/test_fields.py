"""The form's view of the settings comes from their shapes."""

import pytest

from kiosk.settings.fields import Field, FieldKind, Place, fields


def test_every_setting_is_there_in_the_order_of_the_file() -> None:
    assert list(fields())[:2] == [("station", "name"), ("station", "routine")]
    assert list(fields())[-1][0] == "metrics"


@pytest.mark.parametrize(
    "field",
    [
        Field(("station", "side"), FieldKind.CHOICE, options=("left", "right")),
        Field(("screen", "rotation"), FieldKind.CHOICE, options=(0, 90, 180, 270)),
        Field(("station", "breath_seconds"), FieldKind.NUMBER, low=4, high=8),
        Field(("screen", "viewing_distance_m"), FieldKind.NUMBER, low=0.5, high=5, whole=False),
        Field(("station", "seconds"), FieldKind.NUMBER, optional=True),
        Field(("records", "keep_sums_days"), FieldKind.NUMBER, low=1, high=36_500, optional=True),
        Field(("panel", "quiet"), FieldKind.SWITCH),
        Field(("panel", "button_pin"), FieldKind.NUMBER, low=0, high=27),
        Field(("screen", "off_from"), FieldKind.TIME, optional=True),
        Field(("station", "offered"), FieldKind.LIST, optional=True),
        Field(("station", "language"), FieldKind.TEXT),
    ],
    ids=lambda field: ".".join(field.place),
)
def test_a_field_has_the_kind_and_the_range_of_its_shape(field: Field) -> None:
    assert fields()[field.place] == field


def test_a_name_names_one_setting() -> None:
    places: list[Place] = list(fields())
    assert len(places) == len(set(places))
