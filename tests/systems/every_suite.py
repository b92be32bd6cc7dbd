"""A plugin for pytest: a run fails if a file of tests skipped all of its tests, or none ran at all.

Where all that tests need is installed, a file that skips itself hides that something is missing.
Switched on by ``-p tests.systems.every_suite``.
"""

import pytest

_PLUGIN = "every_suite"


class EverySuite:
    """Notes for each file of tests whether one of its tests has run.

    Attributes:
        silent: Files with a test that was skipped and none that ran, each with the reason.
    """

    def __init__(self) -> None:
        self._ran: set[str] = set()
        self._skipped: dict[str, str] = {}

    @property
    def silent(self) -> dict[str, str]:
        return {file: why for file, why in self._skipped.items() if file not in self._ran}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and not report.skipped:
            self._ran.add(report.nodeid.split("::")[0])
        self._note(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.exitstatus == pytest.ExitCode.OK and self.silent:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for file, why in self.silent.items():
            terminalreporter.write_line(f"FAILED {file}: all of it was skipped ({why})", red=True)

    def _note(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
            self._skipped.setdefault(report.nodeid.split("::")[0], reason)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(EverySuite(), _PLUGIN)
