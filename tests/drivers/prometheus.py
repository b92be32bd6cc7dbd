"""The tool of Prometheus, which Debian has in its package ``prometheus``."""

import os
import shutil

import pytest

#: With this variable set, nothing is skipped because the tool is missing.
REQUIRED = "MATSIDE_PROMTOOL_REQUIRED"


def promtool() -> str:
    """The path of promtool; without it the test is skipped, or fails where it must not be."""
    path = shutil.which("promtool")
    if path is None:
        if os.environ.get(REQUIRED):
            pytest.fail("promtool is missing: apt-get install prometheus")
        pytest.skip("promtool is missing: apt-get install prometheus")
    return path
