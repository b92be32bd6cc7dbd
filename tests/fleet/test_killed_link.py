"""A station that is killed, and a broker that restarts, at any moment: no session is lost."""

from pathlib import Path

import pytest

from tests.drivers.killed_link import torment


@pytest.mark.process
def test_no_session_is_missing_or_double_however_often_they_are_killed(tmp_path: Path) -> None:
    count = torment(tmp_path, rounds=8, seed=20_261_126)
    assert count.sessions > 8
    assert (count.missing, count.doubles) == (0, 0)
