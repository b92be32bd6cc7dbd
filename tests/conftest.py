"""Fixtures: the rules of the shipped routines, and a mat to lie on."""

import pytest

from kiosk.core.routine import Side
from kiosk.core.session import Choices, Rules
from kiosk.routine_files import SHIPPED, load_routines
from tests.mat import Mat
from web.figures import POSES


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The shipped routines with the station's defaults: right side first, 120 s a side."""
    choices = Choices("psoas-release", Side.RIGHT, 120, "en")
    return Rules(load_routines(SHIPPED, POSES), choices)


@pytest.fixture
def mat(rules: Rules) -> Mat:
    """A mat with a station beside it, on a fake clock."""
    return Mat(rules)
