"""A real PostgreSQL with a cluster of its own, which tests start, crash and end."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

#: With this variable set, nothing is skipped because the server is missing.
REQUIRED = "MATSIDE_POSTGRES_REQUIRED"


def programs() -> Path:
    """The folder with the server's programs; without it the test is skipped, or fails."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        if os.environ.get(REQUIRED):
            pytest.fail("PostgreSQL is missing: apt-get install postgresql")
        pytest.skip("PostgreSQL is missing: apt-get install postgresql")
    return found[-1].parent


class Postgres:
    """A server that listens on a socket in its own folder alone.

    It refuses to run as root, so then it runs as nobody.

    Args:
        folder: Where all of it is.
    """

    def __init__(self, folder: Path) -> None:
        self._programs = programs()
        self._folder = folder
        self._as: list[str] = []
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            who = (f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups")
            self._as = ["setpriv", *who]
        self._run("initdb", "--auth=trust", "--username=gym", "--no-sync", "--encoding=UTF8")
        self.start()

    @property
    def url(self) -> str:
        """Where an archive finds it."""
        return f"postgresql://gym@/postgres?host={self._folder}"

    def start(self) -> None:
        """Start it; it answers when this returns."""
        options = f"-c listen_addresses= -c unix_socket_directories={self._folder} -c fsync=off"
        self._run("pg_ctl", "start", "--wait", "-o", options, "-l", str(self._folder / "log"))

    def crash(self) -> None:
        """End it as a power cut does: nothing is finished, and it has to recover."""
        self._run("pg_ctl", "stop", "--wait", "-m", "immediate")

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """What it answers to a query."""
        with psycopg.connect(self.url, autocommit=True) as db:
            cursor = db.execute(query.encode())
            return cursor.fetchall() if cursor.description else []

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*self._as, self._programs / program, "-D", self._folder / "cluster", *arguments],
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, (self._folder / "log").read_text()


@contextlib.contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server that runs meanwhile. Its folder is short and open, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="matside-pg-"))
    try:
        server = Postgres(folder)
        try:
            yield server
        finally:
            with contextlib.suppress(AssertionError, OSError):
                server.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
