"""What Linux tells about a process in /proc."""

from pathlib import Path


def status(path: Path) -> dict[str, str]:
    """The fields of a ``status`` or ``smaps_rollup`` file of /proc."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {
        name: value.strip() for name, found, value in (x.partition(":") for x in lines) if found
    }


def megabytes(value: str) -> float:
    """A size of /proc, such as ``1234 kB``, in MB of 1,000,000 bytes."""
    return int(value.split(maxsplit=1)[0]) * 1024 / 1e6


def wakeups(pid: int) -> int:
    """How often the threads of `pid` have gone to sleep of their own accord so far."""
    return sum(
        int(status(task / "status")["voluntary_ctxt_switches"])
        for task in Path(f"/proc/{pid}/task").iterdir()
    )
